// Runs of the workflows, and how the sync with ShipStation stands.
import { at, call, write } from "./call";
import type { Schema } from "./schema";

export type Run = Schema<"Run">;
export type RunPage = Schema<"RunPage">;
export type RunBrief = Schema<"RunBrief">;
export type SyncStatus = Schema<"SyncStatus">;
export type SyncStarted = Schema<"SyncAsked">;
export type Outcome = Run["outcome"];
export type SyncState = SyncStatus["state"];

export const syncCalls = {
  runs: (signal?: AbortSignal) => call<RunPage>("/runs?limit=30", { signal }),
  run: (id: string, signal?: AbortSignal) => call<Run>(`/runs/${at(id)}`, { signal }),
  syncStatus: (signal?: AbortSignal) => call<SyncStatus>("/sync/status", { signal }),
  startSync: () => write<SyncStarted>("POST", "/sync/runs", {}),
};
