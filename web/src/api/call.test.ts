import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from ".";
import { heard, queryOf, rememberCsrf } from "./call";

afterEach(() => {
  vi.unstubAllGlobals();
  rememberCsrf(null);
  heard.signedOut = () => {};
});

let sent: { url: string; init: RequestInit }[] = [];

function answerWith(make: () => Promise<Response> | Response) {
  sent = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    sent.push({ url, init });
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
    const headers = sent.map(({ init }) => init.headers as Record<string, string>);
    expect(headers[0]).toMatchObject({ "X-CSRF-Token": "secret" });
    expect(headers[0]?.["Idempotency-Key"]).toMatch(/^[0-9a-f]{32}$/);
    expect(headers[1]?.["Idempotency-Key"]).not.toBe(headers[0]?.["Idempotency-Key"]);
    expect(headers[2]).toEqual({ Accept: "application/json" });
    expect(sent.map(({ url }) => url)).toEqual([
      "/api/v1/jobs/7/cancel",
      "/api/v1/sync/runs",
      "/api/v1/jobs/7",
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
  expect(queryOf({ state: "dead", kind: "", cursor: null, limit: 100 })).toBe(
    "?state=dead&limit=100",
  );
  expect(queryOf({ state: "" })).toBe("");
});
