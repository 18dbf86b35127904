// Alerts: what a person should look at, with their memory.
import { at, call, queryOf, write } from "./call";

export type Severity = "critical" | "warning" | "info";

export interface Alert {
  id: number | string;
  rule: string;
  subject: string | null;
  severity: Severity;
  state: "open" | "snoozed" | "resolved";
  title: string;
  detail: string | null;
  evidence: string | null; // path of a page
  owner: string | null;
  opened_at: string;
  last_seen_at: string;
  seen: number;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  snoozed_until: string | null;
  resolved_at: string | null;
  resolved_by: string | null;
  resolution: string | null;
  mailed_at: string | null;
}

export interface AlertCounts {
  open: number;
  critical: number;
  warning: number;
  info: number;
  snoozed: number;
  acknowledged: number;
}

export interface AlertPage {
  items: Alert[];
  next_cursor: string | null;
  counts: AlertCounts;
}

export const alertCalls = {
  alerts: (state: string, cursor: string | null, signal?: AbortSignal) =>
    call<AlertPage>(`/alerts${queryOf({ state, cursor, limit: 100 })}`, { signal }),
  acknowledge: (id: Alert["id"], owner: string) =>
    write<Alert>("POST", `/alerts/${at(id)}/ack`, owner ? { owner } : {}),
  snooze: (id: Alert["id"], hours: number) =>
    write<Alert>("POST", `/alerts/${at(id)}/snooze`, { hours }),
  resolve: (id: Alert["id"], reason: string) =>
    write<Alert>("POST", `/alerts/${at(id)}/resolve`, { reason }),
};
