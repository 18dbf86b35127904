// How states are worded and coloured. ShipStation's own words and order, so that nobody translates.
import type {
  BreakerState,
  Count,
  FindingKind,
  FlagKind,
  Import,
  JobState,
  OrderEvent,
  Outcome,
  Role,
  Severity,
  SyncState,
  Workflow,
} from "./api";
import type { IconName } from "./components/icon";
import { plural } from "./format";

export type Tone = "ok" | "run" | "warn" | "bad" | "hold" | "idle";

export interface Look {
  tone: Tone;
  icon: IconName;
  word: string;
}

const statuses: Record<string, Look> = {
  awaiting_payment: { tone: "idle", icon: "dashed", word: "Awaiting payment" },
  awaiting_shipment: { tone: "run", icon: "dashed", word: "Awaiting shipment" },
  pending_fulfillment: { tone: "run", icon: "dashed", word: "Pending fulfillment" },
  shipped: { tone: "ok", icon: "check", word: "Shipped" },
  on_hold: { tone: "hold", icon: "pause", word: "On hold" },
  cancelled: { tone: "idle", icon: "slash", word: "Cancelled" },
  rejected_fulfillment: { tone: "bad", icon: "octagon", word: "Rejected" },
  pending: { tone: "run", icon: "dashed", word: "To upload" },
  uploaded: { tone: "run", icon: "dashed", word: "Uploaded" },
  failed: { tone: "bad", icon: "octagon", word: "Failed" },
};

// A word we do not know is shown as it came, and marked.
export function statusLook(status: string): Look {
  return statuses[status] ?? { tone: "warn", icon: "triangle", word: status };
}

export const tabs: { key: string; word: string }[] = [
  { key: "awaiting_shipment", word: "Awaiting shipment" },
  { key: "on_hold", word: "On hold" },
  { key: "awaiting_payment", word: "Awaiting payment" },
  { key: "shipped", word: "Shipped" },
  { key: "cancelled", word: "Cancelled" },
  { key: "needs_attention", word: "Needs attention" },
  { key: "all", word: "All" },
];

// The count of a tab. "All" is the sum of the statuses where the server does not count it itself.
export function countOf(counts: Record<string, Count>, tab: string): Count | undefined {
  if (tab !== "all" || counts.all) return counts[tab];
  const statuses = Object.entries(counts).filter(([key]) => key !== "needs_attention");
  return statuses.reduce(
    (sum, [, of]) => ({ orders: sum.orders + of.orders, units: sum.units + (of.units ?? 0) }),
    { orders: 0, units: 0 },
  );
}

// "84 units in 31 orders"
export function unitsInOrders(of: Count): string {
  const orders = plural(of.orders, "order");
  return of.units === undefined ? orders : `${plural(of.units, "unit")} in ${orders}`;
}

export const flagLooks: Record<FlagKind, Look> = {
  case: { tone: "warn", icon: "triangle", word: "Case" },
  quarantined: { tone: "bad", icon: "octagon", word: "Quarantined" },
  provisional: { tone: "idle", icon: "dashed", word: "Provisional" },
  unknown_status: { tone: "warn", icon: "triangle", word: "Unknown status" },
  ghost: { tone: "bad", icon: "octagon", word: "Ghost" },
};

export const outcomeLooks: Record<Outcome, Look> = {
  running: { tone: "run", icon: "dashed", word: "Running" },
  ok: { tone: "ok", icon: "check", word: "Done" },
  partial: { tone: "warn", icon: "triangle", word: "Partly" },
  failed: { tone: "bad", icon: "octagon", word: "Failed" },
  skipped: { tone: "idle", icon: "slash", word: "Skipped" },
};

export const importLooks: Record<Import["outcome"], Look> = {
  waiting: { tone: "run", icon: "dashed", word: "Being read" },
  ok: { tone: "ok", icon: "check", word: "Taken in" },
  partial: { tone: "warn", icon: "triangle", word: "Partly" },
  refused: { tone: "bad", icon: "octagon", word: "Refused" },
};

export const findingWords: Record<FindingKind, string> = {
  quarantined: "In quarantine",
  deferred: "Waits for a decision",
  not_taken: "Change not taken over",
  order_skipped: "Order left out",
  line_dropped: "Line dropped",
  element_ignored: "Not an order",
};

export const findingTabs: { key: FindingKind | ""; word: string }[] = [
  { key: "", word: "All" },
  { key: "quarantined", word: "In quarantine" },
  { key: "deferred", word: "Waiting" },
  { key: "not_taken", word: "Not taken over" },
  { key: "order_skipped", word: "Orders" },
  { key: "line_dropped", word: "Lines" },
];

export const syncLooks: Record<SyncState, Look> = {
  waiting: { tone: "ok", icon: "check", word: "Waiting" },
  running: { tone: "run", icon: "dashed", word: "Running" },
  disabled: { tone: "idle", icon: "slash", word: "Off" },
  failed: { tone: "bad", icon: "octagon", word: "Failed" },
  not_set_up: { tone: "warn", icon: "triangle", word: "Not set up" },
};

export const eventTones: Record<OrderEvent["tone"], string> = {
  ours: "Tallyman",
  elsewhere: "Elsewhere",
  problem: "Problem",
};

// Where an event of an order happened; a word that is not known is shown as it came.
export function eventSource(source: string): string {
  return { shipstation: "ShipStation", tallyman: "Tallyman", person: "A person" }[source] ?? source;
}

// Words of the sync that a warehouse does not use otherwise.
export const meanings = {
  watermark: "The newest change in ShipStation that is in Tallyman, together with all before it.",
  read_until: "The last sync read everything that ShipStation had up to this moment.",
  received: "Orders that ShipStation sent in this run.",
  applied: "Of these, written into Tallyman because something about them was new.",
  unchanged: "Of these, already here exactly so.",
  skipped: "Of these, not ours: for example without a SKU that is tracked.",
  quarantined: "Of these, not readable. They are kept and tried again with every sync.",
  deferred: "Of these, waiting until a person has decided something about them.",
};

// The name people use for where an order comes from.
export function sourceWord(source: string): string {
  return source === "ShipStation Manual" ? "Manual, ShipStation" : source;
}

// "tracking_number" → "tracking number"
export function fieldWord(field: string): string {
  return field.replaceAll("_", " ");
}

export const jobLooks: Record<JobState, Look> = {
  waiting: { tone: "idle", icon: "pause", word: "Waiting" },
  available: { tone: "idle", icon: "dashed", word: "Next in line" },
  running: { tone: "run", icon: "dashed", word: "Running" },
  done: { tone: "ok", icon: "check", word: "Done" },
  cancelled: { tone: "idle", icon: "slash", word: "Cancelled" },
  dead: { tone: "bad", icon: "octagon", word: "Failed" },
};

export const jobTabs: { key: JobState | ""; word: string }[] = [
  { key: "", word: "All" },
  { key: "running", word: "Running" },
  { key: "available", word: "Next in line" },
  { key: "waiting", word: "Waiting" },
  { key: "dead", word: "Failed" },
  { key: "done", word: "Done" },
  { key: "cancelled", word: "Cancelled" },
];

// How an attempt of a job ended; a word that is not known is shown as it came.
export function attemptLook(outcome: string | null): Look {
  if (outcome === null) return jobLooks.running;
  return (
    { ...jobLooks, ...outcomeLooks, done: jobLooks.done }[outcome as JobState] ?? {
      tone: "warn",
      icon: "triangle",
      word: outcome.replaceAll("_", " "),
    }
  );
}

export const severityLooks: Record<Severity, Look> = {
  critical: { tone: "bad", icon: "octagon", word: "Critical" },
  warning: { tone: "warn", icon: "triangle", word: "Warning" },
  info: { tone: "idle", icon: "dashed", word: "Note" },
};

export const workflowLooks: Record<Workflow["state"], Look> = {
  on: { tone: "ok", icon: "check", word: "On" },
  off: { tone: "idle", icon: "slash", word: "Off" },
  not_set_up: { tone: "warn", icon: "triangle", word: "Not set up" },
};

export const breakerLooks: Record<BreakerState, Look> = {
  closed: { tone: "ok", icon: "check", word: "Answering" },
  probing: { tone: "run", icon: "dashed", word: "Trying again" },
  open: { tone: "bad", icon: "octagon", word: "Not answering" },
};

export const roles: { value: Role; word: string; may: string }[] = [
  { value: "viewer", word: "Viewer", may: "sees everything, changes nothing" },
  { value: "operator", word: "Operator", may: "does the daily work: syncs, jobs, alerts" },
  { value: "admin", word: "Admin", may: "also switches workflows, settings and people" },
];

export function roleWord(role: Role): string {
  return roles.find(({ value }) => value === role)?.word ?? role;
}

// What these do says more than their names in the program.
const plainNames: Record<string, string> = { "kpi-snapshot": "Figures of the day" };

const properNames: Record<string, string> = {
  shipstation: "ShipStation",
  shopify: "Shopify",
  rms: "RMS",
  xml: "XML",
  sku: "SKU",
  smtp: "SMTP",
};

// "shipstation-sync" → "ShipStation sync", "mail.test" → "Mail test"
export function jobWord(kind: string): string {
  if (plainNames[kind]) return plainNames[kind];
  const words = kind.split(/[-_. ]+/).filter(Boolean);
  const text = words.map((word) => properNames[word] ?? word).join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// "user:ana" → "ana", "token:till" → "till (token)"
export function whoWord(who: string | null | undefined): string {
  if (!who) return "–";
  const [, kind, name] = /^(user|token|local|schedule|workflow):(.+)$/.exec(who) ?? [];
  if (who === "system" || who === "tallyman") return "Tallyman itself";
  if (who === "plain SQL") return "a script in the database";
  if (who === "local:open") return "this machine"; // its browser, while nobody has to sign in
  if (!kind || !name) return who === "schedule" ? "the schedule" : who;
  if (kind === "user") return name;
  return kind === "token"
    ? `${name} (token)`
    : `${name} (${kind === "local" ? "this machine" : kind})`;
}
