import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, api } from ".";

afterEach(() => vi.unstubAllGlobals());

function answerWith(make: () => Promise<Response> | Response) {
  vi.stubGlobal("fetch", async () => make());
}

describe("a failure is a sentence for a person", () => {
  it("takes the detail of a problem document", async () => {
    const problem = { title: "Busy", status: 503, detail: "The database is busy" };
    answerWith(
      () =>
        new Response(JSON.stringify(problem), {
          status: 503,
          headers: { "content-type": "application/problem+json", "x-request-id": "r-17" },
        }),
    );
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
});
