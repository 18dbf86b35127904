// Who may do what: the session of this browser, users, tokens of programs, the audit log.
import { onlySet, server, taken } from "./call";
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

const pageSize = 100;

export const peopleCalls = {
  session: (signal?: AbortSignal) => taken(server.GET("/api/v1/session", { signal })),
  signIn: (name: string, password: string) =>
    taken(server.POST("/api/v1/session", { body: { name, password } })),
  signOut: () => taken(server.DELETE("/api/v1/session")),
  setUp: (token: string, name: string, password: string) =>
    taken(server.POST("/api/v1/setup", { body: { token, name, password } })),
  changePassword: (old_password: string, new_password: string) =>
    taken(server.PUT("/api/v1/session/password", { body: { old_password, new_password } })),
  users: (signal?: AbortSignal) => taken(server.GET("/api/v1/users", { signal })),
  addUser: (name: string, role: Role, password: string) =>
    taken(server.POST("/api/v1/users", { body: { name, role, password } })),
  changeUser: (name: string, change: UserChange) =>
    taken(server.PATCH("/api/v1/users/{name}", { params: { path: { name } }, body: change })),
  tokens: (signal?: AbortSignal) => taken(server.GET("/api/v1/tokens", { signal })),
  addToken: (name: string, role: Role, expires_at: string | null) =>
    taken(server.POST("/api/v1/tokens", { body: { name, role, expires_at } })),
  revokeToken: (token_id: string) =>
    taken(server.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id } } })),
  audit: (filter: AuditFilter, cursor: string | null, signal?: AbortSignal) => {
    const query = onlySet({ ...filter, cursor, limit: pageSize });
    return taken(server.GET("/api/v1/audit", { params: { query }, signal }));
  },
};
