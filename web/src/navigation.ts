// The pages that exist, in the order and groups of the navigation. What is not built is not here.
import type { Role } from "./api";
import type { IconName } from "./components/icon";
import { pageLetters } from "./shortcuts";

export interface PageEntry {
  href: string;
  word: string;
  short?: string; // the beginning of the word that is enough in the bar of a phone
  icon: IconName;
  group: "" | "Operations" | "System";
  letter?: string;
  need?: Role;
}

const entries: Omit<PageEntry, "letter">[] = [
  { href: "/", word: "Today", icon: "today", group: "" },
  { href: "/orders", word: "Orders", icon: "orders", group: "" },
  { href: "/alerts", word: "Alerts", icon: "alert", group: "" },
  { href: "/sync", word: "Sync monitor", short: "Sync", icon: "sync", group: "Operations" },
  { href: "/jobs", word: "Jobs", icon: "jobs", group: "Operations" },
  { href: "/imports", word: "Import", icon: "import", group: "Operations" },
  { href: "/bundles", word: "Bundles", icon: "bundle", group: "Operations" },
  { href: "/workflows", word: "Workflows", icon: "workflow", group: "System" },
  { href: "/settings", word: "Settings", icon: "settings", group: "System" },
];

const below: Omit<PageEntry, "letter">[] = [
  {
    href: "/settings/users",
    word: "Users and tokens",
    icon: "person",
    group: "System",
    need: "admin",
  },
  { href: "/settings/audit", word: "Audit log", icon: "jobs", group: "System", need: "admin" },
];

const withLetter = (entry: Omit<PageEntry, "letter">): PageEntry => ({
  ...entry,
  letter: pageLetters.find(({ href }) => href === entry.href)?.letter,
});

export const mainPages: PageEntry[] = entries.map(withLetter);
export const allPages: PageEntry[] = [...mainPages, ...below];
export const phonePages = ["/", "/orders", "/alerts", "/sync"]; // the fifth place says "More"

export function isAt(path: string, href: string): boolean {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}
