// Orders as the pages read them. Times are RFC 3339 in UTC, days are YYYY-MM-DD, money is whole cents.
import { server, taken } from "./call";
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

// Only what is set is asked for; "needs_attention" is no status of ShipStation.
export function orderQuery({ status, q, source, sku }: OrderFilter, cursor: string | null) {
  return {
    ...(status === "needs_attention" ? { needs_attention: 1 } : status !== "all" && { status }),
    ...(q && { q }),
    ...(source && { source }),
    ...(sku && { sku }),
    limit: pageSize,
    ...(cursor && { cursor }),
  };
}

export const orderCalls = {
  orders: (filter: OrderFilter, cursor: string | null, signal?: AbortSignal) =>
    taken(server.GET("/api/v1/orders", { params: { query: orderQuery(filter, cursor) }, signal })),
  order: (number: string, signal?: AbortSignal) =>
    taken(server.GET("/api/v1/orders/{number}", { params: { path: { number } }, signal })),
  payload: (number: string, signal?: AbortSignal) =>
    taken(server.GET("/api/v1/orders/{number}/payload", { params: { path: { number } }, signal })),
};
