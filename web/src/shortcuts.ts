// Keys that work on a page. None of them writes anything; they stay silent while someone types, in
// dialogs, together with Ctrl, Alt or the command key, and when switched off (WCAG 2.1.4).
import { useLayoutEffect, useRef } from "react";
import { singleKeysOn } from "./settings";

// Keys by name, "g o" for one after the other: { "/": focusSearch, "g o": openOrders }.
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

const sequenceMs = 2_000; // also for slow hands

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

// Arrow keys belong to whatever is focused, unless that is nothing or a table's row.
function arrowsAreFree(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  return target === document.body || target.closest("[role=grid]") !== null;
}

function silent(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return true;
  if (event.key.startsWith("Arrow")) return !arrowsAreFree(event.target);
  return event.key.length === 1 && !singleKeysOn();
}

export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  // Layout effects: the keys work as soon as the page can be seen.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useLayoutEffect(() => {
    let first = "";
    let firstAt = 0;
    const pressed = (event: KeyboardEvent) => {
      if (silent(event)) return;
      const inTime = event.timeStamp - firstAt < sequenceMs;
      const name = first && inTime ? `${first} ${event.key}` : event.key;
      first = event.key === "g" ? "g" : "";
      firstAt = event.timeStamp;
      const act = latest.current[name];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

export interface ShortcutHelp {
  keys: string[];
  does: string;
}

// The pages of the navigation, each with its letter after "g".
export const pageLetters: { letter: string; href: string; word: string }[] = [
  { letter: "t", href: "/", word: "Today" },
  { letter: "o", href: "/orders", word: "Orders" },
  { letter: "a", href: "/alerts", word: "Alerts" },
  { letter: "s", href: "/sync", word: "Sync monitor" },
  { letter: "j", href: "/jobs", word: "Jobs" },
  { letter: "i", href: "/imports", word: "Import" },
  { letter: "b", href: "/bundles", word: "Bundles" },
  { letter: "w", href: "/workflows", word: "Workflows" },
  { letter: "e", href: "/settings", word: "Settings" },
];

const everywhere: ShortcutHelp[] = [
  { keys: ["Ctrl", "K"], does: "Find a page, an action or an order" },
  ...pageLetters.map(({ letter, word }) => ({ keys: ["g", letter], does: `Go to ${word}` })),
  { keys: ["r"], does: "Refresh this page" },
  { keys: ["?"], does: "Show this help" },
  { keys: ["Esc"], does: "Close" },
  { keys: ["Ctrl", "Enter"], does: "Do what an open dialog asks" },
];

const rowKeys = (what: string, search = ""): ShortcutHelp[] => [
  ...(search ? [{ keys: ["/"], does: search }] : []),
  { keys: ["j"], does: `Next ${what} (also ↓)` },
  { keys: ["k"], does: `Previous ${what} (also ↑)` },
  { keys: ["Enter"], does: `Open the ${what}` },
];

const onPages: [RegExp, ShortcutHelp[]][] = [
  [/^\/orders$/, rowKeys("order", "Search the orders")],
  [
    /^\/orders\/./,
    [
      { keys: ["["], does: "Previous order of the list" },
      { keys: ["]"], does: "Next order of the list" },
      { keys: ["c"], does: "Copy the order number" },
    ],
  ],
  [/^\/jobs$/, rowKeys("job")],
  [/^\/imports$/, rowKeys("file")],
];

// What works on the page at this address, the page's own keys first.
export function shortcutsAt(path: string): { here: ShortcutHelp[]; everywhere: ShortcutHelp[] } {
  const here = onPages.find(([pattern]) => pattern.test(path))?.[1] ?? [];
  return { here, everywhere };
}
