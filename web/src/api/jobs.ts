// Jobs: everything the engine does, one after the other or beside each other.
import { at, call, queryOf, write } from "./call";

export type JobState = "waiting" | "available" | "running" | "done" | "cancelled" | "dead";
export type JobId = number | string;

export interface Job {
  job_id: JobId;
  kind: string;
  state: JobState;
  priority: number;
  asked_by: string;
  why: string | null;
  enqueued_at: string;
  run_at: string;
  started_at: string | null;
  finished_at: string | null;
  duration_ms: number | null;
  attempt: number;
  max_attempts: number;
  node: string | null;
  run_id: string | null;
  phase: string | null;
  progress: { done: number; total: number | null } | null;
  outcome: string | null;
  message: string | null;
  cancel_requested: boolean;
  needs: JobId[];
  redrive_of: JobId | null;
}

export interface Attempt {
  attempt: number;
  run_id: string | null;
  node: string | null;
  started_at: string;
  ended_at: string | null;
  outcome: string | null;
  message: string | null;
}

export interface JobDetail extends Job {
  args: Record<string, unknown>;
  result: Record<string, unknown> | null;
  attempts: Attempt[];
}

export interface JobPage {
  items: Job[];
  next_cursor: string | null;
  counts: Record<JobState, number>;
}

export type LogLevel = "debug" | "info" | "warn" | "error";

export interface LogLine {
  id: number;
  at: string;
  level: string;
  text: string;
}

export interface LogPage {
  items: LogLine[];
  next_after: number | null;
}

export const jobCalls = {
  jobs: (filter: { state: string; kind: string }, cursor: string | null, signal?: AbortSignal) =>
    call<JobPage>(`/jobs${queryOf({ ...filter, cursor, limit: 100 })}`, { signal }),
  job: (id: JobId, signal?: AbortSignal) => call<JobDetail>(`/jobs/${at(id)}`, { signal }),
  jobLog: (id: JobId, after: number | null, signal?: AbortSignal) =>
    call<LogPage>(`/jobs/${at(id)}/log${queryOf({ after })}`, { signal }),
  cancelJob: (id: JobId) => write<Job>("POST", `/jobs/${at(id)}/cancel`, {}),
  retryJob: (id: JobId) => write<Job>("POST", `/jobs/${at(id)}/retry`, {}),
};
