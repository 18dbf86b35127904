// Workflows: what runs by itself, whether it may, and how its last runs went.
import { part, plain } from "./call";
import type { RunBrief } from "./sync";
import type { Asked } from "./system";

export interface Schedule {
  text: string; // "every 5 minutes"
  kind: "interval" | "daily" | "by_person";
  interval_minutes: number | null;
  daily_at: string | null;
  business_hours: boolean;
}

export interface Workflow {
  name: string;
  description: string;
  state: "on" | "off" | "not_set_up";
  enabled: boolean;
  reason: string | null;
  changed_at: string | null;
  changed_by: string | null;
  effect_of_off: string | null;
  schedule: Schedule;
  warning?: string | null; // a schedule that is not allowed and therefore not used
  next_run_at: string | null;
  missed: { ticks: number; last_at: string | null };
  running_job_id: number | string | null;
  p95_ms: number | null;
  last_run: RunBrief | null;
  runs: RunBrief[]; // newest last
}

export const workflowCalls = {
  workflows: () => plain<{ items: Workflow[] }>("GET", "/workflows"),
  enableWorkflow: (name: string, reason: string) =>
    plain<Workflow>("POST", `/workflows/${part(name)}/enable`, reason ? { reason } : {}),
  disableWorkflow: (name: string, reason: string) =>
    plain<Workflow>("POST", `/workflows/${part(name)}/disable`, { reason }),
  runWorkflow: (name: string) => plain<Asked>("POST", `/workflows/${part(name)}/runs`, {}),
};
