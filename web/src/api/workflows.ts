// Workflows: what runs by itself, whether it may, and how its last runs went.
import { server, taken } from "./call";
import type { Schema } from "./schema";

export type Workflow = Schema<"Workflow">;

const of = (name: string) => ({ path: { name } });

export const workflowCalls = {
  workflows: (signal?: AbortSignal) => taken(server.GET("/api/v1/workflows", { signal })),
  enableWorkflow: (name: string, reason: string) =>
    taken(
      server.POST("/api/v1/workflows/{name}/enable", {
        params: of(name),
        body: { reason: reason || null },
      }),
    ),
  disableWorkflow: (name: string, reason: string) =>
    taken(server.POST("/api/v1/workflows/{name}/disable", { params: of(name), body: { reason } })),
  runWorkflow: (name: string) =>
    taken(server.POST("/api/v1/workflows/{name}/runs", { params: of(name) })),
};
