// Jobs: everything the engine does, one after the other or beside each other.
import { at, call, queryOf, write } from "./call";
import type { Schema } from "./schema";

export type Job = Schema<"Job">;
export type JobDetail = Schema<"JobDetail">;
export type Attempt = Schema<"JobAttempt">;
export type JobPage = Schema<"JobPage">;
export type LogLine = Schema<"JobLogLine">;
export type LogPage = Schema<"JobLog">;
export type JobState = Job["state"];
export type JobId = number | string; // a text where it comes from the address

export const jobCalls = {
  jobs: (filter: { state: string; kind: string }, cursor: string | null, signal?: AbortSignal) =>
    call<JobPage>(`/jobs${queryOf({ ...filter, cursor, limit: 100 })}`, { signal }),
  job: (id: JobId, signal?: AbortSignal) => call<JobDetail>(`/jobs/${at(id)}`, { signal }),
  jobLog: (id: JobId, after: number | null, signal?: AbortSignal) =>
    call<LogPage>(`/jobs/${at(id)}/log${queryOf({ after })}`, { signal }),
  cancelJob: (id: JobId) => write<Job>("POST", `/jobs/${at(id)}/cancel`, {}),
  retryJob: (id: JobId) => write<Job>("POST", `/jobs/${at(id)}/retry`, {}),
};
