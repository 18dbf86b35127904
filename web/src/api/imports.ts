// The shop's files and bundles.
import { onlySet, server, taken } from "./call";
import type { Schema } from "./schema";

export type Import = Schema<"Import">;
export type ImportCounts = Schema<"ImportCounts">;
export type ImportPreview = Schema<"ImportPreview">;
export type ImportFinding = Schema<"ImportFinding">;
export type FindingKind = ImportFinding["kind"];
export type Bundle = Schema<"Bundle">;
export type BundlePut = Schema<"BundlePut">;

// A file travels as it is, byte for byte.
const sent = (file: File) => ({
  params: { query: { name: file.name } },
  headers: { "Content-Type": "application/xml" },
  body: "",
  bodySerializer: () => file,
});

export const importCalls = {
  imports: (cursor: string | null, signal?: AbortSignal) =>
    taken(server.GET("/api/v1/imports", { params: { query: onlySet({ cursor }) }, signal })),
  import: (id: string, signal?: AbortSignal) =>
    taken(server.GET("/api/v1/imports/{id}", { params: { path: { id } }, signal })),
  importFindings: (id: string, kind: string, cursor: string | null, signal?: AbortSignal) =>
    taken(
      server.GET("/api/v1/imports/{id}/findings", {
        params: { path: { id }, query: onlySet({ kind, cursor }) },
        signal,
      }),
    ),
  previewImport: (file: File) => taken(server.POST("/api/v1/imports/preview", sent(file))),
  importFile: (file: File) => taken(server.POST("/api/v1/imports", sent(file))),
  bundles: (signal?: AbortSignal) => taken(server.GET("/api/v1/bundles", { signal })),
  putBundle: (sku: string, body: BundlePut) =>
    taken(server.PUT("/api/v1/bundles/{sku}", { params: { path: { sku } }, body })),
};
