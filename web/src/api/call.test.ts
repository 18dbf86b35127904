import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from ".";
import { heard, onlySet, rememberCsrf } from "./call";

afterEach(() => {
  vi.unstubAllGlobals();
  rememberCsrf(null);
  heard.signedOut = () => {};
});

let sent: Request[] = [];

function answerWith(make: () => Promise<Response> | Response) {
  sent = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(request);
    return make();
  });
}

const problem = (status: number, detail: string, more = {}, headers = {}) =>
  new Response(JSON.stringify({ title: "Refused", status, detail, ...more }), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });

describe("a failure is a sentence for a person", () => {
  it("takes the detail of a problem document", async () => {
    answerWith(() => problem(503, "The database is busy", {}, { "x-request-id": "r-17" }));
    const failure = await api.syncStatus().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({
      message: "The database is busy",
      status: 503,
      requestId: "r-17",
    });
  });
  it("names the status when the answer explains nothing", async () => {
    answerWith(() => new Response("<html>", { status: 502 }));
    await expect(api.syncStatus()).rejects.toMatchObject({ message: "Tallyman answered 502" });
  });
  it("does not trip over an answer of somebody in between", async () => {
    answerWith(() => new Response("<html>Welcome to the network</html>"));
    await expect(api.syncStatus()).rejects.toMatchObject({
      message: "The answer could not be read",
    });
  });
  it("knows an unreachable server by status 0", async () => {
    answerWith(() => Promise.reject(new TypeError("failed to fetch")));
    await expect(api.syncStatus()).rejects.toMatchObject({
      message: "Tallyman is not reachable",
      status: 0,
    });
  });
  it("keeps how long to wait and which fields are wrong", async () => {
    const errors = [{ pointer: "/value", detail: "too late" }];
    answerWith(() => problem(422, "Not changed.", { errors }, { "retry-after": "7" }));
    await expect(api.putSetting("warehouse.cutoff", "25:00", "")).rejects.toMatchObject({
      retryAfterS: 7,
      fields: errors,
    });
  });
});

describe("a write", () => {
  it("carries the session's token and a key of its own; a question carries neither", async () => {
    rememberCsrf("secret");
    answerWith(() => new Response("{}"));
    await api.cancelJob(7);
    await api.startSync();
    await api.job(7);
    const header = (name: string) => sent.map(({ headers }) => headers.get(name));
    expect(header("X-CSRF-Token")).toEqual(["secret", "secret", null]);
    const [first, second, third] = header("Idempotency-Key");
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).not.toBe(first);
    expect(third).toBeNull();
    expect(sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      "POST /api/v1/jobs/7/cancel",
      "POST /api/v1/sync/runs",
      "GET /api/v1/jobs/7",
    ]);
  });
  it("may be answered without a body", async () => {
    answerWith(() => new Response(null, { status: 204 }));
    await expect(api.signOut()).resolves.toBeUndefined();
  });
});

describe("the end of a session", () => {
  it("is told when a question is refused, and not when the password was wrong", async () => {
    let times = 0;
    heard.signedOut = () => {
      times += 1;
    };
    answerWith(() => problem(401, "Sign in first."));
    await expect(api.signIn("ana", "wrong")).rejects.toThrow("Sign in first.");
    expect(times).toBe(0);
    await expect(api.today()).rejects.toThrow("Sign in first.");
    expect(times).toBe(1);
  });
});

it("asks only for what is set", () => {
  expect(onlySet({ state: "dead", kind: "", cursor: null, limit: 100 })).toEqual({
    state: "dead",
    limit: 100,
  });
});
