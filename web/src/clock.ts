// The moment by the server's clock, so that a PC with a wrong clock still shows right ages, and the
// zone of the warehouse.
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";

let ahead = 0; // server minus browser, ms

export function learnServerTime(iso: string): void {
  const server = Date.parse(iso);
  if (Number.isFinite(server)) ahead = server - Date.now();
}

export function serverNow(): number {
  return Date.now() + ahead;
}

export function toServerTime(browserMs: number): number {
  return browserMs + ahead;
}

// The server's moment in steps, so that a page is drawn anew only when a step has passed.
export function useNow(stepMs: number): number {
  const subscribe = useCallback(
    (changed: () => void) => {
      const timer = setInterval(changed, stepMs);
      return () => clearInterval(timer);
    },
    [stepMs],
  );
  return useSyncExternalStore(subscribe, () => Math.floor(serverNow() / stepMs) * stepMs);
}

export const ZoneContext = createContext("UTC");

export function useZone(): string {
  return useContext(ZoneContext);
}
