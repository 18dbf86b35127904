// The one way to the server: every write carries the session's CSRF token, every failure becomes a
// sentence for a person, and a session that ended is told to whoever listens.

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

async function problemOf(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
  const details: Details = {
    requestId: response.headers.get("x-request-id"),
    retryAfterS: Number.isFinite(wait) && wait > 0 ? wait : null,
  };
  const isProblem = response.headers.get("content-type")?.includes("json") ?? false;
  if (isProblem) {
    const problem = (await response.json().catch(() => null)) as {
      title?: string;
      detail?: string;
      errors?: FieldError[];
    } | null;
    const words = problem?.detail ?? problem?.title;
    if (Array.isArray(problem?.errors)) details.fields = problem.errors;
    if (words) return new ApiError(words, response.status, details);
  }
  return new ApiError(`Tallyman answered ${response.status}`, response.status, details);
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  try {
    const response = await fetch(`/api/v1${path}`, {
      ...init,
      signal,
      headers: { Accept: "application/json", ...init.headers },
    });
    heard.answered();
    return response;
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    heard.unreachable();
    const slow = limit.aborted;
    throw new ApiError(
      slow ? "Tallyman did not answer (timeout after 10 s)" : "Tallyman is not reachable",
      0,
    );
  }
}

export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await ask(path, init);
  if (!response.ok) {
    // Wrong words at the sign-in itself end no session.
    if (response.status === 401 && !path.startsWith("/session")) heard.signedOut();
    throw await problemOf(response);
  }
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

// An idempotency key that also works on plain http, where crypto.randomUUID is missing.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export type Write = "POST" | "PUT" | "PATCH" | "DELETE";

export function write<T>(method: Write, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { "Idempotency-Key": newKey() };
  if (csrf) headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return call<T>(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

// "?state=dead&limit=50" of what is set.
export function queryOf(values: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}

export const at = encodeURIComponent; // one part of a path
