// Journeys over what only the demo has: something on Alerts, and a sync that lasts long enough to be
// watched and cancelled. real.mjs starts it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey, useBrowser } from "./support.mjs";

const world = useBrowser();
const isDemo = Boolean(process.env.TALLYMAN_URL);
const minutes = 60_000;

// The answer to a question of the program's own interface.
async function ask(page, method, path) {
  const answer = await page.request.fetch(`/api/v1${path}`, { method });
  assert.ok(answer.ok(), `${method} ${path}: ${await answer.text()}`);
  return answer.json();
}

async function endOf(page, id) {
  const ended = await page.waitForFunction(
    async (address) => {
      const job = await (await fetch(address)).json();
      return job.finished_at && job.state;
    },
    `/api/v1/jobs/${id}`,
    { polling: 250 },
  );
  return ended.jsonValue();
}

test("a sync of the demo lasts long enough to be cancelled", async (t) => {
  if (!isDemo) return t.skip("the fixture server has journeys of its own");
  await journey(world, {}, async (page) => {
    await page.goto("/jobs");
    let id;
    do {
      // One that was on its way already may end before it hears of it: then another one.
      id = (await ask(page, "POST", "/sync/runs")).job_id;
      await page.request.post(`/api/v1/jobs/${id}/cancel`);
    } while ((await endOf(page, id)) !== "cancelled");
    await page.goto(`/jobs/${id}`);
    await page.locator(".page-head .badge", { hasText: "Cancelled" }).waitFor();
  });
});

test("the demo has something to show on Alerts", async (t) => {
  if (!isDemo) return t.skip("the fixture server has journeys of its own");
  await journey(world, {}, async (page) => {
    await page.goto("/alerts");
    const take = page.getByRole("button", { name: /^Take: / }).first();
    await take.waitFor({ timeout: 5 * minutes });
  });
});
