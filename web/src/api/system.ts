// What the whole program tells: its name and build, its partners, its nodes, its mail.
import { part, plain, server, taken } from "./call";
import type { Schema } from "./schema";

export type Bootstrap = Schema<"Bootstrap">;
export type Budget = Schema<"Budget">;
export type Breaker = Schema<"Breaker">;
export type BreakerState = Breaker["state"];
export type Node = Schema<"Node">;

export interface Credential {
  partner: string;
  name: string;
  set: boolean;
  ends_in: string | null;
  last_accepted_at: string | null;
  last_refused_at: string | null;
  message: string | null;
}

export type Mail = Schema<"MailState">;

export interface Asked {
  job_id: number | string;
  already_running?: boolean;
}

export const systemCalls = {
  bootstrap: (signal?: AbortSignal) => taken(server.GET("/api/v1/bootstrap", { signal })),
  budget: (signal?: AbortSignal) => taken(server.GET("/api/v1/budget", { signal })),
  breakers: (signal?: AbortSignal) => taken(server.GET("/api/v1/breakers", { signal })),
  nodes: (signal?: AbortSignal) => taken(server.GET("/api/v1/nodes", { signal })),
  credentials: () => plain<{ items: Credential[] }>("GET", "/credentials"),
  testCredential: (partner: string) =>
    plain<Asked>("POST", `/credentials/${part(partner)}/test`, {}),
  mail: (signal?: AbortSignal) => taken(server.GET("/api/v1/mail", { signal })),
  testMail: (to: string) => taken(server.POST("/api/v1/mail/test", { body: { to } })),
};
