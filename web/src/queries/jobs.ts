// Jobs, their log, and what a person may do with them.
import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, type Job, type JobId, type JobState, type LogPage } from "../api";
import { rememberAsked } from "../asked_here";
import { pollEvery } from "../connection";
import { idleMs, runningMs } from "./client";

const moving: JobState[] = ["waiting", "available", "running"];
export const isMoving = (job: Job | undefined) => job !== undefined && moving.includes(job.state);

export const jobsQuery = (filter: { state: string; kind: string }) =>
  infiniteQueryOptions({
    queryKey: ["jobs", filter],
    queryFn: ({ pageParam, signal }) => api.jobs(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

export function useJobs(filter: { state: string; kind: string }) {
  return useInfiniteQuery({
    ...jobsQuery(filter),
    placeholderData: keepPreviousData,
    refetchInterval: () => pollEvery(idleMs),
  });
}

export function useJob(id: JobId | null) {
  return useQuery({
    queryKey: ["job", String(id)],
    queryFn: ({ signal }) => api.job(id ?? "", signal),
    enabled: id !== null,
    refetchInterval: (query) =>
      isMoving(query.state.data) ? pollEvery(runningMs, 5 * runningMs) : false,
  });
}

const mostLogPages = 20;

// Lines are only added: each question goes on after the last line that is known, until none is left.
export function useJobLog(id: JobId, follows: boolean) {
  const client = useQueryClient();
  const queryKey = ["job-log", String(id)];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<LogPage>(queryKey);
      const items = [...(known?.items ?? [])];
      let after = known?.next_after ?? null;
      for (let pages = 0; pages < mostLogPages; pages += 1) {
        const page = await api.jobLog(id, after, signal);
        items.push(...page.items);
        if (page.next_after === null || page.items.length === 0) break;
        after = page.next_after;
      }
      return { items, next_after: after };
    },
    refetchInterval: follows ? runningMs : false,
  });
}

export function useJobActions(id: JobId) {
  const client = useQueryClient();
  const settled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["job", String(id)] }),
      client.invalidateQueries({ queryKey: ["jobs"] }),
    ]);
  return {
    cancel: useMutation({ mutationFn: () => api.cancelJob(id), onSuccess: settled }),
    retry: useMutation({
      mutationFn: () => api.retryJob(id),
      onSuccess: (again) => {
        rememberAsked(again.job_id);
        return settled();
      },
    }),
  };
}
