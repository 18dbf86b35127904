import { describe, expect, it } from "vitest";
import { orderQuery } from "./api";
import { filterFromSearch, orderAddress, ordersAddress } from "./url";

describe("the address of the Orders page", () => {
  it("opens with what awaits shipment", () => {
    expect(filterFromSearch("").status).toBe("awaiting_shipment");
    expect(ordersAddress(filterFromSearch(""))).toBe("/orders");
  });
  it("restores every filter it wrote", () => {
    const filter = { status: "shipped", q: "10 & more", source: "X-Cart", sku: "17612" };
    const address = ordersAddress(filter);
    expect(filterFromSearch(address.split("?")[1] ?? "")).toEqual(filter);
  });
  it("keeps a number with a slash in one piece", () => {
    expect(orderAddress("10/28")).toBe("/orders/10%2F28");
  });
});

describe("the question to the server", () => {
  const none = { status: "all", q: "", source: "", sku: "" };
  it("asks all without a status", () => {
    expect(orderQuery(none, null)).toEqual({ limit: 200 });
  });
  it("asks for attention by its own member, not as a status", () => {
    expect(orderQuery({ ...none, status: "needs_attention" }, null)).toEqual({
      needs_attention: 1,
      limit: 200,
    });
  });
  it("goes on from a cursor", () => {
    expect(orderQuery({ ...none, status: "shipped" }, "abc")).toEqual({
      status: "shipped",
      limit: 200,
      cursor: "abc",
    });
  });
});
