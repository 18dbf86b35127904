// What the whole program tells: its name and build, its partners, its nodes, its mail.
import { server, taken } from "./call";
import type { Schema } from "./schema";

export type Bootstrap = Schema<"Bootstrap">;
export type Budget = Schema<"Budget">;
export type Breaker = Schema<"Breaker">;
export type BreakerState = Breaker["state"];
export type Node = Schema<"Node">;

export type Credential = Schema<"Credential">;
export type Mail = Schema<"MailState">;

export type Asked = Pick<Schema<"JobAsked">, "job_id">; // a job that was asked for

export const systemCalls = {
  bootstrap: (signal?: AbortSignal) => taken(server.GET("/api/v1/bootstrap", { signal })),
  budget: (signal?: AbortSignal) => taken(server.GET("/api/v1/budget", { signal })),
  breakers: (signal?: AbortSignal) => taken(server.GET("/api/v1/breakers", { signal })),
  nodes: (signal?: AbortSignal) => taken(server.GET("/api/v1/nodes", { signal })),
  credentials: (signal?: AbortSignal) => taken(server.GET("/api/v1/credentials", { signal })),
  testCredential: (partner: string) =>
    taken(server.POST("/api/v1/credentials/{partner}/test", { params: { path: { partner } } })),
  mail: (signal?: AbortSignal) => taken(server.GET("/api/v1/mail", { signal })),
  testMail: (to: string) => taken(server.POST("/api/v1/mail/test", { body: { to } })),
};
