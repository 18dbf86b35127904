// Alerts: what a person should look at, with their memory.
import { onlySet, part, plain } from "./call";

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
  alerts: (state: string, cursor: string | null) =>
    plain<AlertPage>(
      "GET",
      `/alerts?${new URLSearchParams(onlySet({ state, cursor, limit: "100" }))}`,
    ),
  acknowledge: (id: Alert["id"], owner: string) =>
    plain<Alert>("POST", `/alerts/${part(id)}/ack`, owner ? { owner } : {}),
  snooze: (id: Alert["id"], hours: number) =>
    plain<Alert>("POST", `/alerts/${part(id)}/snooze`, { hours }),
  resolve: (id: Alert["id"], reason: string) =>
    plain<Alert>("POST", `/alerts/${part(id)}/resolve`, { reason }),
};
