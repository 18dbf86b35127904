// Runs and the state of the sync.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Run, type SyncStatus } from "../api";
import { rememberAsked } from "../asked_here";
import { pollEvery } from "../connection";
import { idleMs, runningMs, watchMs } from "./client";

const isRunning = (status: SyncStatus | undefined) => status?.state === "running";

export function useSyncStatus() {
  return useQuery({
    queryKey: ["sync-status"],
    queryFn: ({ signal }) => api.syncStatus(signal),
    refetchInterval: (query) =>
      isRunning(query.state.data)
        ? pollEvery(runningMs, 3 * runningMs)
        : pollEvery(idleMs, watchMs),
  });
}

// Asked again as soon as the status tells of another last run or of its end.
export function useRuns(last: Run | null) {
  return useQuery({
    queryKey: ["runs", last?.run_id, last?.outcome],
    queryFn: ({ signal }) => api.runs(signal),
    placeholderData: keepPreviousData,
    refetchInterval: () =>
      last?.outcome === "running" ? pollEvery(runningMs, 3 * runningMs) : pollEvery(2 * idleMs),
  });
}

export function useRun(id: string | null) {
  return useQuery({
    queryKey: ["run", id],
    queryFn: ({ signal }) => api.run(id ?? "", signal),
    enabled: id !== null,
    refetchInterval: (query) =>
      query.state.data?.outcome === "running" ? pollEvery(runningMs, 3 * runningMs) : false,
  });
}

export function useStartSync() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.startSync,
    onSuccess: ({ job_id }) => {
      rememberAsked(job_id);
      return Promise.all([
        client.invalidateQueries({ queryKey: ["sync-status"] }),
        client.invalidateQueries({ queryKey: ["runs"] }),
        client.invalidateQueries({ queryKey: ["jobs"] }),
      ]);
    },
  });
}
