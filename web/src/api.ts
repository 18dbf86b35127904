// The shapes of the HTTP interface that the pages read, and one fetch that turns every failure into
// a sentence for a person. Times are RFC 3339 in UTC, days are YYYY-MM-DD, money is whole cents.

export interface Bootstrap {
  name: string;
  version: string;
  build: string;
  zone: string;
  demo: boolean;
  now: string;
}

export interface Line {
  sku: string;
  lot: string | null;
  quantity: number;
}

export type FlagKind = "case" | "quarantined" | "provisional" | "unknown_status" | "ghost";

export interface Flag {
  kind: FlagKind;
  text: string;
}

export interface OrderRow {
  order_number: string;
  status: string;
  source_system: string;
  order_date: string | null;
  customer: string | null;
  total_items: number;
  lines: Line[];
  carrier: string | null;
  service: string | null;
  tracking_numbers: string[];
  flags: Flag[];
  shipstation_order_ids: string[];
  updated_at: string;
}

export interface Count {
  orders: number;
  units?: number; // not counted for every view
}

// Every number says when it was read and whether it is proven complete.
export interface Proven {
  as_of: string;
  proven: boolean;
  proof: string;
}

export interface OrderPage extends Proven {
  items: OrderRow[];
  next_cursor: string | null;
  counts: Record<string, Count>;
}

export interface Address {
  name?: string | null;
  company?: string | null;
  street1?: string | null;
  street2?: string | null;
  street3?: string | null;
  city?: string | null;
  state?: string | null;
  postal_code?: string | null;
  country?: string | null;
  phone?: string | null;
}

export interface OrderDetail extends OrderRow {
  ship_to: Address | null;
  bill_to: Address | null;
  customer_email: string | null;
  total_amount_cents: number | null;
  currency: string | null;
  ship_date: string | null;
}

export interface Item extends Line {
  name: string | null;
  unit_price_cents: number | null;
}

export interface Shipment {
  shipment_id: string;
  ship_date: string | null;
  carrier: string | null;
  service: string | null;
  tracking_number: string | null;
  voided: boolean;
  items: Line[];
  cost_cents: number | null;
}

export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

export interface OrderEvent {
  id: string | number;
  at: string;
  kind: string;
  title: string;
  detail: string | null;
  source: string | null;
  run_id: string | null;
  rule: string | null;
  by: string | null;
  changes: Change[];
  has_payload: boolean;
  tone: "ours" | "elsewhere" | "problem";
}

export interface OrderAnswer extends Proven {
  order: OrderDetail;
  why: string;
  items: Item[];
  shipments: Shipment[];
  timeline: OrderEvent[];
}

export interface PayloadAnswer {
  documents: { shipstation_order_id: string; seen_at: string; document: unknown }[];
}

export type Outcome = "running" | "ok" | "failed" | "later" | "skipped" | "partial";

export interface Run {
  run_id: string;
  workflow: string;
  outcome: Outcome;
  why: string | null;
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
  progress: { done: number; total: number | null; phase: string } | null;
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
  run_id: string;
  already_running?: boolean;
}

export interface OrderFilter {
  status: string; // a status word, "needs_attention" or "all"
  q: string;
  source: string;
  sku: string;
}

// What went wrong, for the reader: `message` is a sentence, `status` is 0 without an answer.
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly requestId: string | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

const timeoutMs = 10_000;

async function problemOf(response: Response): Promise<ApiError> {
  const requestId = response.headers.get("x-request-id");
  const isProblem = response.headers.get("content-type")?.includes("json") ?? false;
  if (isProblem) {
    const problem = (await response.json().catch(() => null)) as {
      title?: string;
      detail?: string;
    } | null;
    const words = problem?.detail ?? problem?.title;
    if (words) return new ApiError(words, response.status, requestId);
  }
  return new ApiError(`Tallyman answered ${response.status}`, response.status, requestId);
}

async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      ...init,
      signal,
      headers: { Accept: "application/json", ...init.headers },
    });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    const slow = limit.aborted;
    throw new ApiError(
      slow ? "Tallyman did not answer (timeout after 10 s)" : "Tallyman is not reachable",
      0,
    );
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

export const pageSize = 200;

export function orderQuery(filter: OrderFilter, cursor: string | null): string {
  const query = new URLSearchParams();
  if (filter.status === "needs_attention") query.set("needs_attention", "1");
  else if (filter.status !== "all") query.set("status", filter.status);
  if (filter.q) query.set("q", filter.q);
  if (filter.source) query.set("source", filter.source);
  if (filter.sku) query.set("sku", filter.sku);
  query.set("limit", String(pageSize));
  if (cursor) query.set("cursor", cursor);
  return query.toString();
}

// An idempotency key that also works on plain http, where crypto.randomUUID is missing.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const api = {
  bootstrap: (signal?: AbortSignal) => call<Bootstrap>("/bootstrap", { signal }),
  orders: (filter: OrderFilter, cursor: string | null, signal?: AbortSignal) =>
    call<OrderPage>(`/orders?${orderQuery(filter, cursor)}`, { signal }),
  order: (number: string, signal?: AbortSignal) =>
    call<OrderAnswer>(`/orders/${encodeURIComponent(number)}`, { signal }),
  payload: (number: string, signal?: AbortSignal) =>
    call<PayloadAnswer>(`/orders/${encodeURIComponent(number)}/payload`, { signal }),
  runs: (signal?: AbortSignal) => call<RunPage>("/runs?limit=30", { signal }),
  run: (id: string, signal?: AbortSignal) =>
    call<Run>(`/runs/${encodeURIComponent(id)}`, { signal }),
  syncStatus: (signal?: AbortSignal) => call<SyncStatus>("/sync/status", { signal }),
  startSync: () =>
    call<SyncStarted>("/sync/runs", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": newKey() },
      body: "{}",
    }),
};
