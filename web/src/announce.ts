// One short sentence for everybody: shown for a while at the edge, and read aloud politely.
import { useSyncExternalStore } from "react";

export interface Said {
  id: number;
  text: string;
  tone: "ok" | "warn";
}

const shownMs = 6_000;
const quietMs = 10_000; // news that nobody asked for are said at most this often

let said: Said | null = null;
let count = 0;
let lastNews = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function show(next: Said | null): void {
  said = next;
  for (const changed of listeners) changed();
}

// The answer to what the reader just did.
export function announce(text: string, tone: Said["tone"] = "ok"): void {
  clearTimeout(timer);
  count += 1;
  show({ id: count, text, tone });
  timer = setTimeout(() => show(null), shownMs);
}

// Something that happened by itself.
export function announceNews(text: string, tone: Said["tone"] = "ok"): void {
  const now = performance.now();
  if (now - lastNews < quietMs) return;
  lastNews = now;
  announce(text, tone);
}

export function dismiss(): void {
  clearTimeout(timer);
  show(null);
}

export function useSaid(): Said | null {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => said,
  );
}
