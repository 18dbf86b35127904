// Runs of the workflows, and how the sync with ShipStation stands.
import { server, taken } from "./call";
import type { Schema } from "./schema";

export type Run = Schema<"Run">;
export type RunPage = Schema<"RunPage">;
export type RunBrief = Schema<"RunBrief">;
export type SyncStatus = Schema<"SyncStatus">;
export type SyncStarted = Schema<"SyncAsked">;
export type Outcome = Run["outcome"];
export type SyncState = SyncStatus["state"];

export const syncCalls = {
  runs: (signal?: AbortSignal) =>
    taken(server.GET("/api/v1/runs", { params: { query: { limit: 30 } }, signal })),
  run: (run_id: string, signal?: AbortSignal) =>
    taken(server.GET("/api/v1/runs/{run_id}", { params: { path: { run_id } }, signal })),
  syncStatus: (signal?: AbortSignal) => taken(server.GET("/api/v1/sync/status", { signal })),
  startSync: () => taken(server.POST("/api/v1/sync/runs")),
};
