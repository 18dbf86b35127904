// Notices that the server was replaced by another build than the one these pages came from.
import { useSyncExternalStore } from "react";

let first: string | null = null;
let other = false;
const listeners = new Set<() => void>();

export function learnBuild(build: string): void {
  if (!build || build === "undefined") return;
  first ??= build;
  if (other || build === first) return;
  other = true;
  for (const changed of listeners) changed();
}

export function useNewVersion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => other,
  );
}
