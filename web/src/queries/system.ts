// Today, workflows, alerts, settings and what the program tells of itself.
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { type Alert, api } from "../api";
import { rememberAsked } from "../asked_here";
import { learnServerTime } from "../clock";
import { pollEvery } from "../connection";
import { learnBuild } from "../new_version";
import { idleMs } from "./client";

export function useBootstrap() {
  return useQuery({
    queryKey: ["bootstrap"],
    queryFn: async ({ signal }) => {
      const answer = await api.bootstrap(signal);
      learnServerTime(answer.now);
      learnBuild(answer.build);
      return answer;
    },
    staleTime: 10 * 60_000,
    refetchInterval: (query) => (query.state.data ? 10 * 60_000 : idleMs),
  });
}

export const todayQuery = queryOptions({
  queryKey: ["today"],
  queryFn: ({ signal }) => api.today(signal),
});

export function useToday() {
  return useQuery({
    ...todayQuery,
    refetchInterval: () => pollEvery(2 * idleMs, 30_000), // the cut-off comes nearer without events
  });
}

export const workflowsQuery = queryOptions({
  queryKey: ["workflows"],
  queryFn: ({ signal }) => api.workflows(signal),
});

export function useWorkflows() {
  return useQuery({
    ...workflowsQuery,
    refetchInterval: () => pollEvery(idleMs, 30_000),
  });
}

export function useWorkflowActions() {
  const client = useQueryClient();
  const onSuccess = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["workflows"] }),
      client.invalidateQueries({ queryKey: ["sync-status"] }),
      client.invalidateQueries({ queryKey: ["jobs"] }),
    ]);
  return {
    set: useMutation({
      mutationFn: ({ name, on, reason }: { name: string; on: boolean; reason: string }) =>
        on ? api.enableWorkflow(name, reason) : api.disableWorkflow(name, reason),
      onSuccess,
    }),
    run: useMutation({
      mutationFn: api.runWorkflow,
      onSuccess: ({ job_id }) => {
        rememberAsked(job_id);
        return onSuccess();
      },
    }),
  };
}

export const alertsQuery = (state: string) =>
  infiniteQueryOptions({
    queryKey: ["alerts", state],
    queryFn: ({ pageParam, signal }) => api.alerts(state, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

export function useAlerts(state: string) {
  return useInfiniteQuery({
    ...alertsQuery(state),
    placeholderData: keepPreviousData,
    refetchInterval: () => pollEvery(2 * idleMs, 60_000),
  });
}

// For the number in the navigation: the counts of the open alerts, without asking twice.
export function useAlertCounts() {
  return useQuery({
    queryKey: ["alerts", "counts"],
    queryFn: async ({ signal }) => (await api.alerts("open", null, signal)).counts,
    refetchInterval: () => pollEvery(6 * idleMs, 60_000),
  });
}

export type AlertStep =
  | { do: "acknowledge"; owner: string }
  | { do: "snooze"; hours: number }
  | { do: "resolve"; reason: string };

export function useAlertStep(id: Alert["id"]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: AlertStep) => {
      if (step.do === "acknowledge") return api.acknowledge(id, step.owner);
      if (step.do === "snooze") return api.snooze(id, step.hours);
      return api.resolve(id, step.reason);
    },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["alerts"] }),
        client.invalidateQueries({ queryKey: ["today"] }),
      ]),
  });
}

export function useBudget() {
  return useQuery({
    queryKey: ["budget"],
    queryFn: ({ signal }) => api.budget(signal),
    refetchInterval: idleMs, // the window slides without events
  });
}

export function useBreakers() {
  return useQuery({
    queryKey: ["breakers"],
    queryFn: ({ signal }) => api.breakers(signal),
    refetchInterval: () => pollEvery(idleMs, 3 * idleMs),
  });
}

export function useNodes() {
  return useQuery({
    queryKey: ["nodes"],
    queryFn: ({ signal }) => api.nodes(signal),
    refetchInterval: 3 * idleMs,
  });
}

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: ({ signal }) => api.settings(signal),
});

export function useSettings() {
  return useQuery(settingsQuery);
}

export function useSettingHistory(key: string | null) {
  return useQuery({
    queryKey: ["setting-history", key],
    queryFn: ({ signal }) => api.settingHistory(key ?? "", signal),
    enabled: key !== null,
  });
}

export function useSaveSetting(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ value, reason }: { value: string | null; reason: string }) =>
      value === null ? api.resetSetting(key) : api.putSetting(key, value, reason),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["settings"] }),
        client.invalidateQueries({ queryKey: ["setting-history", key] }),
      ]),
  });
}

export function useCredentials() {
  return useQuery({
    queryKey: ["credentials"],
    queryFn: ({ signal }) => api.credentials(signal),
    refetchInterval: () => pollEvery(2 * idleMs, 60_000),
  });
}

export function useMail() {
  return useQuery({ queryKey: ["mail"], queryFn: ({ signal }) => api.mail(signal) });
}
