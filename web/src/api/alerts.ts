// Alerts: what a person should look at, with their memory.
import { onlySet, server, taken } from "./call";
import type { Schema } from "./schema";

export type Alert = Schema<"Alert">;
export type AlertPage = Schema<"AlertPage">;
export type AlertCounts = AlertPage["counts"];
export type Severity = Alert["severity"];

const of = (id: number) => ({ path: { alert_id: String(id) } });
const pageSize = 100;

export const alertCalls = {
  alerts: (state: string, cursor: string | null, signal?: AbortSignal) => {
    const query = onlySet({ state, cursor, limit: pageSize });
    return taken(server.GET("/api/v1/alerts", { params: { query }, signal }));
  },
  acknowledge: (id: number, owner: string) =>
    taken(
      server.POST("/api/v1/alerts/{alert_id}/ack", {
        params: of(id),
        body: { owner: owner || null },
      }),
    ),
  snooze: (id: number, hours: number) =>
    taken(server.POST("/api/v1/alerts/{alert_id}/snooze", { params: of(id), body: { hours } })),
  resolve: (id: number, reason: string) =>
    taken(server.POST("/api/v1/alerts/{alert_id}/resolve", { params: of(id), body: { reason } })),
};
