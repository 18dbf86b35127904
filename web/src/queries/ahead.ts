// Reads what the main pages open with, one after the other while nobody waits for it: when the server
// is gone, a page that nobody has opened yet shows it too.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { filterFromSearch } from "../url";
import { jobsQuery } from "./jobs";
import { ordersQuery } from "./orders";
import { alertsQuery, settingsQuery, todayQuery, workflowsQuery } from "./system";

const firstMs = 2_000; // the page that was asked for comes first
const againMs = 5 * 60_000;

async function readAhead(client: QueryClient): Promise<void> {
  const fresh = { staleTime: againMs };
  await client.prefetchQuery({ ...todayQuery, ...fresh });
  await client.prefetchInfiniteQuery({ ...ordersQuery(filterFromSearch("")), ...fresh });
  await client.prefetchInfiniteQuery({ ...alertsQuery("open"), ...fresh });
  await client.prefetchInfiniteQuery({ ...jobsQuery({ state: "", kind: "" }), ...fresh });
  await client.prefetchQuery({ ...settingsQuery, ...fresh });
  await client.prefetchQuery({ ...workflowsQuery, ...fresh });
}

export function useReadAhead(inside: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!inside) return;
    const read = () => {
      if (document.visibilityState === "visible") void readAhead(client);
    };
    const first = setTimeout(read, firstMs);
    const again = setInterval(read, againMs);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, [client, inside]);
}
