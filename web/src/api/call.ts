// The one way to the server: every write carries the session's CSRF token, every failure becomes a
// sentence for a person, and a session that ended is told to whoever listens.

import createClient from "openapi-fetch";
import type { paths } from "../../api/schema";
import type { Schema } from "./schema";

export interface FieldError {
  pointer: string; // "/password"
  detail: string;
}

interface Details {
  requestId?: string | null;
  retryAfterS?: number | null; // what the server asks to wait
  fields?: FieldError[];
}

// What went wrong, for the reader: `message` is a sentence, `status` is 0 without an answer.
export class ApiError extends Error {
  readonly requestId: string | null;
  readonly retryAfterS: number | null;
  readonly fields: FieldError[];
  constructor(
    message: string,
    readonly status: number,
    { requestId = null, retryAfterS = null, fields = [] }: Details = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.requestId = requestId;
    this.retryAfterS = retryAfterS;
    this.fields = fields;
  }
}

// What the answers tell about the connection; see connection.ts.
export const heard = {
  answered: () => {},
  unreachable: () => {},
  signedOut: () => {},
};

let csrf: string | null = null;

export function rememberCsrf(token: string | null): void {
  csrf = token;
}

const timeoutMs = 10_000;
const fileTimeoutMs = 120_000; // a file has to travel, and to be read

// An idempotency key that also works on plain http, where crypto.randomUUID is missing.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function withProofs(request: Request): Request {
  request.headers.set("Accept", "application/json");
  if (request.method === "GET") return request;
  request.headers.set("Idempotency-Key", newKey());
  if (csrf) request.headers.set("X-CSRF-Token", csrf);
  return request;
}

// Wrong words at the sign-in itself end no session.
function isSignIn(request: Request): boolean {
  return new URL(request.url).pathname.startsWith("/api/v1/session");
}

function isFile(request: Request): boolean {
  return request.headers.get("Content-Type") === "application/xml";
}

async function ask(request: Request): Promise<Response> {
  const patience = isFile(request) ? fileTimeoutMs : timeoutMs;
  const limit = AbortSignal.timeout(patience);
  try {
    const signal = AbortSignal.any([request.signal, limit]);
    const response = await fetch(withProofs(request), { signal });
    heard.answered();
    if (response.status === 401 && !isSignIn(request)) heard.signedOut();
    return response;
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    heard.unreachable();
    const slow = limit.aborted;
    throw new ApiError(
      slow
        ? `Tallyman did not answer (timeout after ${patience / 1_000} s)`
        : "Tallyman is not reachable",
      0,
    );
  }
}

// The server as its own document describes it: paths, parameters, bodies and answers are checked.
export const server = createClient<paths>({ fetch: ask });

function problemOf({ status, headers }: Response, body: unknown): ApiError {
  const wait = Number(headers.get("retry-after") ?? Number.NaN);
  const problem = (typeof body === "object" && body !== null ? body : {}) as Partial<
    Schema<"Problem">
  >;
  const words = problem.detail || problem.title || `Tallyman answered ${status}`;
  return new ApiError(words, status, {
    requestId: headers.get("x-request-id"),
    retryAfterS: Number.isFinite(wait) && wait > 0 ? wait : null,
    fields: problem.errors ?? [],
  });
}

// A query without what is empty: the server would look for that.
export function onlySet<Query extends object>(query: Query) {
  const entries = Object.entries(query).filter(([, value]) => value !== null && value !== "");
  return Object.fromEntries(entries) as { [Name in keyof Query]?: NonNullable<Query[Name]> };
}

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

// Somebody in between answered, not Tallyman.
function unreadable(cause: unknown): never {
  if (cause instanceof SyntaxError) throw new ApiError("The answer could not be read", 0);
  throw cause;
}

// What was answered, or an ApiError that says why not.
export async function taken<Data>(asked: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await asked.catch(unreadable);
  if (response.ok) return data as Data;
  throw problemOf(response, error);
}
