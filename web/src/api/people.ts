// Who may do what: the session of this browser, users, tokens of programs, the audit log.
import { at, call, queryOf, write } from "./call";
import type { Schema } from "./schema";

export type Role = Schema<"Role">;
export type Session = Schema<"Session">;
export type User = Schema<"User">;
export type Token = Schema<"Token">;
export type TokenShown = Schema<"TokenShown">;
export type AuditEntry = Schema<"AuditRow">;
export type AuditPage = Schema<"AuditPage">;
export type UserChange = Schema<"UserChange">;

export interface AuditFilter {
  who: string;
  action: string;
  subject: string;
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
  users: (signal?: AbortSignal) => call<Schema<"UserPage">>("/users", { signal }),
  addUser: (name: string, role: Role, password: string) =>
    write<User>("POST", "/users", { name, role, password }),
  changeUser: (name: string, change: UserChange) =>
    write<User>("PATCH", `/users/${at(name)}`, change),
  tokens: (signal?: AbortSignal) => call<Schema<"TokenPage">>("/tokens", { signal }),
  addToken: (name: string, role: Role, expires_at: string | null) =>
    write<TokenShown>("POST", "/tokens", expires_at ? { name, role, expires_at } : { name, role }),
  revokeToken: (id: string) => write<void>("DELETE", `/tokens/${at(id)}`),
  audit: (filter: AuditFilter, cursor: string | null, signal?: AbortSignal) =>
    call<AuditPage>(`/audit${queryOf({ ...filter, cursor, limit: 100 })}`, { signal }),
};
