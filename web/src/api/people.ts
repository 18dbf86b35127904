// Who may do what: the session of this browser, users, tokens of programs, the audit log.
import { at, call, queryOf, write } from "./call";

export type Role = "viewer" | "operator" | "admin";

export interface Session {
  user: { name: string; role: Role; kind: "user" | "token" | "local" } | null;
  csrf: string | null;
  setup_needed: boolean;
  open: boolean; // no sign-in needed: the demo, or loopback without users
  secure: boolean;
  idle_minutes: number;
  expires_at: string | null;
}

export interface User {
  name: string;
  role: Role;
  created_at: string;
  disabled: boolean;
  last_seen_at: string | null;
  sessions: number;
}

export interface Token {
  token_id: string;
  name: string;
  role: Role;
  created_at: string;
  created_by: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked: boolean;
}

export interface AuditEntry {
  id: number | string;
  at: string;
  who: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

export interface AuditPage {
  items: AuditEntry[];
  next_cursor: string | null;
  // On the first page only.
  chain: { verified: boolean; checked: number; broken_at: number | null; head: string } | null;
}

export interface AuditFilter {
  who: string;
  action: string;
  subject: string;
}

export interface UserChange {
  role?: Role;
  disabled?: boolean;
  password?: string;
}

export const peopleCalls = {
  session: (signal?: AbortSignal) => call<Session>("/session", { signal }),
  signIn: (name: string, password: string) =>
    write<Session>("POST", "/session", { name, password }),
  signOut: () => write<void>("DELETE", "/session"),
  setUp: (token: string, name: string, password: string) =>
    write<Session>("POST", "/setup", { token, name, password }),
  changePassword: (old_password: string, new_password: string) =>
    write<void>("PUT", "/session/password", { old_password, new_password }),
  users: (signal?: AbortSignal) => call<{ items: User[] }>("/users", { signal }),
  addUser: (name: string, role: Role, password: string) =>
    write<User>("POST", "/users", { name, role, password }),
  changeUser: (name: string, change: UserChange) =>
    write<User>("PATCH", `/users/${at(name)}`, change),
  tokens: (signal?: AbortSignal) => call<{ items: Token[] }>("/tokens", { signal }),
  addToken: (name: string, role: Role, expires_at: string | null) =>
    write<Token & { token: string }>(
      "POST",
      "/tokens",
      expires_at ? { name, role, expires_at } : { name, role },
    ),
  revokeToken: (id: string) => write<void>("DELETE", `/tokens/${at(id)}`),
  audit: (filter: AuditFilter, cursor: string | null, signal?: AbortSignal) =>
    call<AuditPage>(`/audit${queryOf({ ...filter, cursor, limit: 100 })}`, { signal }),
};
