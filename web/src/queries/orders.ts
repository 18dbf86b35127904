// What the pages ask about orders, how often, and what stays on the screen meanwhile.
import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { api, type OrderFilter } from "../api";
import { pollEvery } from "../connection";

export const ordersQuery = (filter: OrderFilter) =>
  infiniteQueryOptions({
    queryKey: ["orders", filter],
    queryFn: async ({ pageParam, signal }) => {
      const page = await api.orders(filter, pageParam, signal);
      return { ...page, view: filter.status };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

// Each page remembers the view it was asked for: while another one loads, the answer before it is
// still there. Rows stay where they are until the reader refreshes, hence no refetch on its own.
export function useOrders(filter: OrderFilter) {
  return useInfiniteQuery({
    ...ordersQuery(filter),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    staleTime: 15_000,
  });
}

export function useOrder(number: string) {
  return useQuery({
    queryKey: ["order", number],
    queryFn: ({ signal }) => api.order(number, signal),
    refetchInterval: () => pollEvery(30_000, 60_000),
  });
}

export function usePayload(number: string, wanted: boolean) {
  return useQuery({
    queryKey: ["payload", number],
    queryFn: ({ signal }) => api.payload(number, signal),
    enabled: wanted,
  });
}
