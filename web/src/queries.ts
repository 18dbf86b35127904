// What the pages ask the server, how often, and what stays on the screen meanwhile.
import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, type OrderFilter, type Run, type SyncStatus } from "./api";
import { learnServerTime } from "./clock";

const idleMs = 5_000;
const runningMs = 1_000;

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

export function useBootstrap() {
  return useQuery({
    queryKey: ["bootstrap"],
    queryFn: async ({ signal }) => {
      const answer = await api.bootstrap(signal);
      learnServerTime(answer.now);
      return answer;
    },
    staleTime: 10 * 60_000,
    refetchInterval: (query) => (query.state.data ? 10 * 60_000 : idleMs),
  });
}

const isRunning = (status: SyncStatus | undefined) => status?.state === "running";

export function useSyncStatus() {
  return useQuery({
    queryKey: ["sync-status"],
    queryFn: ({ signal }) => api.syncStatus(signal),
    refetchInterval: (query) => (isRunning(query.state.data) ? runningMs : idleMs),
  });
}

// Each page remembers the view it was asked for: while another one loads, the answer before it is
// still there. Rows stay where they are until the reader refreshes, hence no refetch on its own.
export function useOrders(filter: OrderFilter) {
  return useInfiniteQuery({
    queryKey: ["orders", filter],
    queryFn: async ({ pageParam, signal }) => {
      const page = await api.orders(filter, pageParam, signal);
      return { ...page, view: filter.status };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 15_000,
  });
}

export function useOrder(number: string) {
  return useQuery({
    queryKey: ["order", number],
    queryFn: ({ signal }) => api.order(number, signal),
    refetchInterval: 30_000,
  });
}

export function usePayload(number: string, wanted: boolean) {
  return useQuery({
    queryKey: ["payload", number],
    queryFn: ({ signal }) => api.payload(number, signal),
    enabled: wanted,
  });
}

// Asked again as soon as the status tells of another last run or of its end.
export function useRuns(last: Run | null) {
  return useQuery({
    queryKey: ["runs", last?.run_id, last?.outcome],
    queryFn: ({ signal }) => api.runs(signal),
    placeholderData: keepPreviousData,
    refetchInterval: last?.outcome === "running" ? runningMs : 2 * idleMs,
  });
}

export function useRun(id: string | null) {
  return useQuery({
    queryKey: ["run", id],
    queryFn: ({ signal }) => api.run(id ?? "", signal),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.outcome === "running" ? runningMs : false),
  });
}

export function useStartSync() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.startSync,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["sync-status"] }),
        client.invalidateQueries({ queryKey: ["runs"] }),
      ]),
  });
}
