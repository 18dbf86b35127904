// What this browser remembers for its reader. Without storage (private window) nothing is kept and
// everything still works.
import { useSyncExternalStore } from "react";

type Name = "theme" | "single_keys" | "density";

const listeners = new Set<() => void>();
const prefix = "tallyman.";

function read(name: Name): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

function write(name: Name, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, value);
  } catch {}
  for (const changed of listeners) changed();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export type Theme = "system" | "light" | "dark";

export function useTheme(): [Theme, (theme: Theme) => void] {
  const stored = useSyncExternalStore(subscribe, () => read("theme"));
  const theme = stored === "light" || stored === "dark" ? stored : "system";
  return [
    theme,
    (chosen) => {
      if (chosen === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = chosen;
      write("theme", chosen === "system" ? null : chosen);
    },
  ];
}

export type Density = "compact" | "normal" | "comfortable";

export function useDensity(): [Density, (density: Density) => void] {
  const stored = useSyncExternalStore(subscribe, () => read("density"));
  const density = stored === "compact" || stored === "comfortable" ? stored : "normal";
  return [
    density,
    (chosen) => {
      if (chosen === "normal") delete document.documentElement.dataset.density;
      else document.documentElement.dataset.density = chosen;
      write("density", chosen === "normal" ? null : chosen);
    },
  ];
}

export function singleKeysOn(): boolean {
  return read("single_keys") !== "off";
}

export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, singleKeysOn);
  return [on, (wanted) => write("single_keys", wanted ? null : "off")];
}
