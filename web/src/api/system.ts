// What the whole program tells: its name and build, its partners, its nodes, its mail.
import { at, call, write } from "./call";
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

export interface Mail {
  configured: boolean;
  server: string | null;
  from: string | null;
  alerts_to: string[];
  last_sent_at: string | null;
  last_failure: string | null;
}

export interface Asked {
  job_id: number | string;
  already_running?: boolean;
}

export const systemCalls = {
  bootstrap: (signal?: AbortSignal) => call<Bootstrap>("/bootstrap", { signal }),
  budget: (signal?: AbortSignal) => call<Budget>("/budget", { signal }),
  breakers: (signal?: AbortSignal) => call<Schema<"BreakerPage">>("/breakers", { signal }),
  credentials: (signal?: AbortSignal) => call<{ items: Credential[] }>("/credentials", { signal }),
  testCredential: (partner: string) => write<Asked>("POST", `/credentials/${at(partner)}/test`, {}),
  mail: (signal?: AbortSignal) => call<Mail>("/mail", { signal }),
  testMail: (to: string) => write<Asked>("POST", "/mail/test", { to }),
  nodes: (signal?: AbortSignal) => call<Schema<"NodePage">>("/nodes", { signal }),
};
