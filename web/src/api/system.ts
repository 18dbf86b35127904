// What the whole program tells: its name and build, its partners, its nodes, its mail.
import { at, call, write } from "./call";

export interface Bootstrap {
  name: string;
  version: string;
  build: string;
  zone: string;
  demo: boolean;
  now: string;
}

export interface Budget {
  partner: string;
  limit: number;
  used: number;
  people_floor: number;
  background_limit: number;
  window_seconds: number;
  blocked_until: string | null;
  last_429_at: string | null;
  as_of: string;
}

export type BreakerState = "closed" | "open" | "probing";

export interface Breaker {
  partner: string;
  state: BreakerState;
  failures: number;
  reason: string | null;
  opened_at: string | null;
  next_probe_at: string | null;
}

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

export interface Node {
  node_id: string;
  holder: string;
  version: string;
  started_at: string;
  heartbeat_at: string;
  state: "up" | "silent" | "stopped";
  running: number;
}

export interface Asked {
  job_id: number | string;
  already_running?: boolean;
}

export const systemCalls = {
  bootstrap: (signal?: AbortSignal) => call<Bootstrap>("/bootstrap", { signal }),
  budget: (signal?: AbortSignal) => call<Budget>("/budget", { signal }),
  breakers: (signal?: AbortSignal) => call<{ items: Breaker[] }>("/breakers", { signal }),
  credentials: (signal?: AbortSignal) => call<{ items: Credential[] }>("/credentials", { signal }),
  testCredential: (partner: string) => write<Asked>("POST", `/credentials/${at(partner)}/test`, {}),
  mail: (signal?: AbortSignal) => call<Mail>("/mail", { signal }),
  testMail: (to: string) => write<Asked>("POST", "/mail/test", { to }),
  nodes: (signal?: AbortSignal) => call<{ items: Node[] }>("/nodes", { signal }),
};
