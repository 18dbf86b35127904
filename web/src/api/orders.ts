// Orders as the pages read them. Times are RFC 3339 in UTC, days are YYYY-MM-DD, money is whole cents.
import { at, call } from "./call";
import type { Proven } from "./proven";

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

export interface OrderFilter {
  status: string; // a status word, "needs_attention" or "all"
  q: string;
  source: string;
  sku: string;
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

export const orderCalls = {
  orders: (filter: OrderFilter, cursor: string | null, signal?: AbortSignal) =>
    call<OrderPage>(`/orders?${orderQuery(filter, cursor)}`, { signal }),
  order: (number: string, signal?: AbortSignal) =>
    call<OrderAnswer>(`/orders/${at(number)}`, { signal }),
  payload: (number: string, signal?: AbortSignal) =>
    call<PayloadAnswer>(`/orders/${at(number)}/payload`, { signal }),
};
