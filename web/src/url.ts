// The address of the Orders page holds its whole state, so that reload, back and a sent link
// restore it.
import type { OrderFilter } from "./api";

const firstTab = "awaiting_shipment"; // what ShipStation opens with

export function filterFromSearch(search: string): OrderFilter {
  const query = new URLSearchParams(search);
  return {
    status: query.get("status") || firstTab,
    q: query.get("q") ?? "",
    source: query.get("source") ?? "",
    sku: query.get("sku") ?? "",
  };
}

// Only what differs from the plain page is written: "/orders", "/orders?status=shipped&q=1005".
export function ordersAddress(filter: OrderFilter): string {
  const query = new URLSearchParams();
  if (filter.status !== firstTab) query.set("status", filter.status);
  for (const name of ["q", "source", "sku"] as const) {
    if (filter[name]) query.set(name, filter[name]);
  }
  const text = query.toString();
  return text ? `/orders?${text}` : "/orders";
}

export function orderAddress(number: string): string {
  return `/orders/${encodeURIComponent(number)}`;
}

export function hasFilter(filter: OrderFilter): boolean {
  return filter.q !== "" || filter.source !== "" || filter.sku !== "";
}
