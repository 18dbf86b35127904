// Jobs: everything the engine does, one after the other or beside each other.
import { onlySet, server, taken } from "./call";
import type { Schema } from "./schema";

export type Job = Schema<"Job">;
export type JobDetail = Schema<"JobDetail">;
export type Attempt = Schema<"JobAttempt">;
export type JobPage = Schema<"JobPage">;
export type LogLine = Schema<"JobLogLine">;
export type LogPage = Schema<"JobLog">;
export type JobState = Job["state"];
export type JobId = number | string; // a text where it comes from the address

const of = (id: JobId) => ({ path: { job_id: String(id) } });
const pageSize = 100;

export const jobCalls = {
  jobs: (filter: { state: string; kind: string }, cursor: string | null, signal?: AbortSignal) => {
    const query = onlySet({ ...filter, cursor, limit: pageSize });
    return taken(server.GET("/api/v1/jobs", { params: { query }, signal }));
  },
  job: (id: JobId, signal?: AbortSignal) =>
    taken(server.GET("/api/v1/jobs/{job_id}", { params: of(id), signal })),
  jobLog: (id: JobId, after: number | null, signal?: AbortSignal) => {
    const params = { ...of(id), query: onlySet({ after }) };
    return taken(server.GET("/api/v1/jobs/{job_id}/log", { params, signal }));
  },
  cancelJob: (id: JobId) => taken(server.POST("/api/v1/jobs/{job_id}/cancel", { params: of(id) })),
  retryJob: (id: JobId) => taken(server.POST("/api/v1/jobs/{job_id}/retry", { params: of(id) })),
};
