// The list of orders: tabs, search and filters in the address, two hundred rows at a time.
import { useCallback, useEffect, useRef, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import type { OrderFilter } from "../api";
import { toServerTime } from "../clock";
import { AsOf } from "../components/as_of";
import { Button } from "../components/button";
import { MoreRows } from "../components/more_rows";
import { OrderFilters } from "../components/order_filters";
import { OrderTable } from "../components/order_table";
import { OrderTabs } from "../components/order_tabs";
import { Problem } from "../components/problem";
import { count, plural } from "../format";
import { usePageTitle } from "../page_title";
import { useOrders, useSyncStatus } from "../queries";
import { useShortcuts } from "../shortcuts";
import { filterFromSearch, hasFilter, ordersAddress } from "../url";
import { rememberList } from "../visited";
import { countOf, tabs, unitsInOrders } from "../words";

// How many orders the sync changed since the list was read. While nobody is in the list it refreshes
// by itself; else a button waits, because rows must not move under a hand.
function useNews(readAt: number, refresh: () => void) {
  const { data } = useSyncStatus();
  const [news, setNews] = useState(0);
  const counted = useRef<string | null>(null);
  const last = data?.last_run;
  const finished = last?.finished_at;
  const changed = last?.applied ?? 0;
  useEffect(() => {
    if (!readAt || !finished || Date.parse(finished) <= toServerTime(readAt)) return setNews(0);
    if (changed === 0 || counted.current === finished) return;
    counted.current = finished;
    if (document.querySelector(".orders:hover, .orders:focus-within")) {
      setNews((before) => before + changed);
    } else refresh();
  }, [readAt, finished, changed, refresh]);
  return news;
}

function NoOrders({ filter, clear }: { filter: OrderFilter; clear: () => void }) {
  const { data } = useSyncStatus();
  if (hasFilter(filter)) {
    return (
      <p className="empty">
        No orders match.{" "}
        <button type="button" className="link" onClick={clear}>
          Clear filters
        </button>
      </p>
    );
  }
  if (data && !data.watermark) {
    return (
      <p className="empty">
        No orders yet. They appear here after the first sync with ShipStation.{" "}
        <Link href="/sync">Open Sync</Link>
      </p>
    );
  }
  const word = tabs.find((tab) => tab.key === filter.status)?.word.toLowerCase();
  if (filter.status === "needs_attention") {
    return <p className="empty">Nothing needs attention.</p>;
  }
  return (
    <p className="empty">
      No orders {filter.status === "all" ? "yet" : `in "${word ?? filter.status}"`}.
    </p>
  );
}

export function OrdersPage() {
  usePageTitle("Orders");
  const [, navigate] = useLocation();
  const search = useSearch();
  const filter = filterFromSearch(search);
  const orders = useOrders(filter);
  const searchBox = useRef<HTMLInputElement>(null);
  const { refetch } = orders;
  const refresh = useCallback(() => void refetch(), [refetch]);

  const pages = orders.data?.pages;
  const newest = pages?.[0];
  // Rows of another view would mislead, so only its counts stay while this one loads.
  const rows = pages && newest?.view === filter.status ? pages.flatMap((page) => page.items) : null;
  const counted = newest && countOf(newest.counts, filter.status);
  const total = rows && !orders.hasNextPage ? rows.length : null;
  const news = useNews(orders.dataUpdatedAt, refresh);

  const numbers = rows?.map((order) => order.order_number).join("\n");
  useEffect(() => {
    if (numbers !== undefined) {
      rememberList(search ? `/orders?${search}` : "/orders", numbers.split("\n"));
    }
  }, [numbers, search]);

  useShortcuts({
    "/": () => searchBox.current?.select(),
    r: refresh,
  });

  const change = (next: OrderFilter) => navigate(ordersAddress(next), { replace: true });
  const clear = () => change({ status: filter.status, q: "", source: "", sku: "" });
  const failed = orders.error && !orders.isFetchNextPageError ? orders.error : null;

  return (
    <>
      <div className="page-head">
        <h1>Orders</h1>
        {counted && <span className="muted">{unitsInOrders(counted)}</span>}
        <div className="push row">
          {newest && <AsOf of={newest} />}
          <Button small onClick={refresh} busy={orders.isFetching}>
            {news > 0 ? `Refresh +${count(news)}` : "Refresh"}
          </Button>
          <span role="status" className="visually-hidden">
            {news > 0 && `The sync changed ${plural(news, "order")}.`}
          </span>
        </div>
      </div>
      <OrderTabs filter={filter} counts={newest?.counts} />
      <OrderFilters filter={filter} change={change} searchBox={searchBox} />
      {failed && (
        <Problem
          error={failed}
          dataFrom={newest ? Date.parse(newest.as_of) : null}
          busy={orders.isFetching}
          retry={refresh}
        />
      )}
      {(rows || !failed) && (
        <section className="card flush list" aria-label="List of orders">
          {rows?.length === 0 && !orders.isPlaceholderData ? (
            <NoOrders filter={filter} clear={clear} />
          ) : (
            <OrderTable key={search} orders={rows} total={total} old={orders.isPlaceholderData} />
          )}
        </section>
      )}
      {orders.isFetchNextPageError && orders.error && (
        <Problem
          error={orders.error}
          busy={orders.isFetching}
          retry={() => orders.fetchNextPage()}
        />
      )}
      {rows && <MoreRows shown={rows.length} one="order" list={orders} />}
    </>
  );
}
