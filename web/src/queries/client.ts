import { QueryClient } from "@tanstack/react-query";

export const idleMs = 5_000;
export const runningMs = 1_000;
export const watchMs = 10_000; // while events arrive: only to notice a line that died silently

// networkMode "always": a warehouse network without internet counts as offline for the browser.
export function newQueryClient(): QueryClient {
  const defaults = { retry: false, networkMode: "always" } as const;
  return new QueryClient({
    defaultOptions: {
      queries: { ...defaults, staleTime: 2_000, gcTime: 30 * 60_000 },
      mutations: defaults,
    },
  });
}
