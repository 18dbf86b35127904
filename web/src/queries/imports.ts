// The shop's files, what did not come in of them, and bundles.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, type BundlePut } from "../api";
import { rememberAsked } from "../asked_here";
import { pollEvery } from "../connection";
import { idleMs } from "./client";

export function useImports() {
  return useInfiniteQuery({
    queryKey: ["imports"],
    queryFn: ({ pageParam, signal }) => api.imports(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: () => pollEvery(2 * idleMs, 60_000),
  });
}

export function useImport(id: string) {
  return useQuery({
    queryKey: ["import", id],
    queryFn: ({ signal }) => api.import(id, signal),
    refetchInterval: (query) =>
      query.state.data?.outcome === "waiting" ? pollEvery(1_000, 5_000) : false,
  });
}

export function useImportFindings(id: string, kind: string) {
  return useInfiniteQuery({
    queryKey: ["import", id, "findings", kind],
    queryFn: ({ pageParam, signal }) => api.importFindings(id, kind, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function usePreviewImport() {
  return useMutation({ mutationFn: api.previewImport });
}

export function useImportFile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.importFile,
    onSuccess: ({ job_id }) => {
      rememberAsked(job_id);
      return client.invalidateQueries({ queryKey: ["imports"] });
    },
  });
}

export function useBundles() {
  return useQuery({ queryKey: ["bundles"], queryFn: ({ signal }) => api.bundles(signal) });
}

export function usePutBundle() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ sku, body }: { sku: string; body: BundlePut }) => api.putBundle(sku, body),
    onSuccess: () => client.invalidateQueries({ queryKey: ["bundles"] }),
  });
}
