// Orders as the pages read them. Times are RFC 3339 in UTC, days are YYYY-MM-DD, money is whole cents.
import { at, call } from "./call";
import type { Schema } from "./schema";

export type Line = Schema<"OrderLine">;
export type Item = Schema<"OrderLine">;
export type Flag = Schema<"OrderFlag">;
export type OrderRow = Schema<"OrderRow">;
export type Count = Schema<"StatusCount">;
export type OrderPage = Schema<"OrderPage">;
export type Address = Schema<"Address">;
export type OrderDetail = Schema<"OrderDetail">;
export type Shipment = Schema<"Parcel">;
export type Change = Schema<"FieldChange">;
export type OrderEvent = Schema<"OrderEvent">;
export type OrderAnswer = Schema<"Order">;
export type PayloadAnswer = Schema<"OrderPayload">;
export type FlagKind = Flag["kind"];

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
