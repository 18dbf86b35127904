// Journeys over the sync.
import assert from "node:assert/strict";
import { test } from "node:test";
import { enabled, journey, useBrowser } from "./support.mjs";

const world = useBrowser();

test("Sync now starts a run, shows it and says how it ended", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/sync");
    const button = enabled(page, "Sync now");
    await button.waitFor();
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === "POST"),
      button.click(),
    ]);
    assert.equal(answer.status(), 202);
    const { job_id } = await answer.json();
    const job = page.getByRole("link", { name: `Open job ${job_id}` });
    await job.waitFor();
    const begun = await page.waitForFunction(
      async (address) => (await (await fetch(address)).json()).run_id,
      `/api/v1/jobs/${job_id}`,
      { polling: 250 },
    );
    const id = await begun.jsonValue();
    const row = page.locator("tr", { has: page.locator(`a[href="/sync?run=${id}"]`) });
    await row.waitFor();
    await page.waitForFunction(
      (address) => {
        const found = document.querySelector(`a[href="${address}"]`)?.closest("tr");
        return found && !found.innerText.includes("Running");
      },
      `/sync?run=${id}`,
      { timeout: 60_000 },
    );
    await page.waitForFunction(() => document.querySelector(".sync-said")?.textContent !== "");
    await row.getByRole("link").click();
    await page.getByRole("region", { name: "Chosen run" }).waitFor();
    assert.match(page.url(), new RegExp(`run=${id}$`));
  });
});

test("the page shows the watermark, how far behind it is, and the last runs", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/sync");
    await page.getByRole("heading", { name: "Watermark" }).waitFor();
    const strip = page.getByRole("img", { name: /^Last \d+ runs?, / });
    await strip.waitFor();
    await page.waitForFunction(() => {
      const bars = document.querySelectorAll(".run-strip .bar").length;
      return bars > 0 && bars === document.querySelectorAll(".runs tbody tr").length;
    });
  });
});

test("without the server the bar turns amber and nothing can be started", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await page.goto("/sync");
    await page.locator(".runs tbody tr").first().waitFor();
    await page.route("**/api/**", (route) => route.abort());
    await page.keyboard.press("r");
    await page.getByText(/^Not connected since \d\d:\d\d\./).waitFor();
    const button = page.getByRole("button", { name: "Sync now" });
    assert.equal(await button.isDisabled(), true);
    assert.match(await button.getAttribute("title"), /^Not connected since \d\d:\d\d$/);
    assert.ok((await page.locator(".runs tbody tr").count()) > 0, "the runs stay");
    await page.unroute("**/api/**");
    await page.getByText("Live", { exact: true }).waitFor();
  });
});
