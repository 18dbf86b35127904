// Runs of the workflows, and how the sync with ShipStation stands.
import { at, call, write } from "./call";

export type Outcome = "running" | "ok" | "failed" | "later" | "skipped" | "partial";

export interface Run {
  run_id: string;
  workflow: string;
  outcome: Outcome;
  why: string | null;
  asked_by?: string;
  job_id?: number | null;
  started_at: string;
  finished_at: string | null;
  duration_ms: number | null;
  message: string | null;
  manual_orders_imported: number;
  status_updates: number;
  received: number;
  applied: number;
  unchanged: number;
  skipped: Record<string, number>;
  quarantined: number;
  deferred: number;
  requests: number;
  source_total: number | null;
  watermark: { before: string | null; after: string | null } | null;
  read_until: string | null;
  progress?: { done: number; total: number | null; phase: string } | null; // while it runs
}

export interface RunPage {
  items: Run[];
  next_cursor: string | null;
}

export type SyncState = "waiting" | "running" | "disabled" | "failed" | "not_set_up";

export interface SyncStatus {
  workflow: string;
  state: SyncState;
  watermark: string | null;
  read_until: string | null;
  lag_seconds: number | null;
  last_run: Run | null;
  next_run_at: string | null;
  interval_seconds: number;
  lease: { held_by: string; until: string } | null;
  budget: { used: number; limit: number; window_seconds: number } | null;
  quarantine_open: number;
  warnings: string[];
  as_of: string;
}

export interface SyncStarted {
  job_id?: number | string;
  run_id: string;
  already_running?: boolean;
}

export const syncCalls = {
  runs: (signal?: AbortSignal) => call<RunPage>("/runs?limit=30", { signal }),
  run: (id: string, signal?: AbortSignal) => call<Run>(`/runs/${at(id)}`, { signal }),
  syncStatus: (signal?: AbortSignal) => call<SyncStatus>("/sync/status", { signal }),
  startSync: () => write<SyncStarted>("POST", "/sync/runs", {}),
};
