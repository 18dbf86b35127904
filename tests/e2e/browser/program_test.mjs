// Journeys that hold for any program, the fixture server as well as the real one: nothing here
// counts on invented data.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chord,
  enabled,
  journey,
  openPages,
  tabTo,
  useBrowser,
  waitForAddress,
} from "./support.mjs";

const world = useBrowser();

test("Today shows every figure with its time and whether it is proven", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/");
    const tiles = page.locator(".tile");
    await tiles.nth(7).waitFor();
    for (const text of await tiles.allInnerTexts()) {
      assert.match(text, /((Proven|Not proven), as of|Not read since) (\d\d:\d\d:\d\d|\d+ \w+ )/);
    }
    await page.getByRole("region", { name: "Needs attention" }).waitFor();
    await page.getByRole("region", { name: "Last sync with ShipStation" }).waitFor();
  });
});

test("a sync of a person is a job with a log, found again in the list by keyboard", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/sync");
    await enabled(page, "Sync now").waitFor();
    await page.getByText(/^\d+ of \d+ requests this minute$/).waitFor();
    await tabTo(page, "Sync now", "button");
    await page.keyboard.press("Enter");
    const link = page.getByRole("link", { name: /^Open job \d+$/ });
    await link.waitFor();
    const number = /\d+/.exec(await link.innerText())[0];
    await page.goto("/jobs");
    await page.locator("[data-row]", { hasText: number }).first().waitFor();
    await page.keyboard.press("j");
    await page.waitForFunction(() => document.activeElement?.matches("[data-row]"));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /, job \d+$/ }).waitFor();
    await page.goto(`/jobs/${number}`);
    await page.locator(".page-head .badge", { hasText: "Done" }).waitFor({ timeout: 60_000 });
    const log = page.getByRole("list", { name: "Lines of the log" });
    await log.waitFor();
    assert.ok((await log.getByRole("listitem").count()) > 0);
  });
});

test("a workflow is switched off with a reason and on again by keyboard alone", async (t) => {
  const expects = ["Failed to load resource"];
  await journey(world, { expects }, async (page) => {
    await page.goto("/workflows");
    const toggle = page.getByRole("switch", { name: "Figures of the day" });
    await toggle.or(page.getByRole("alert")).first().waitFor();
    if ((await toggle.count()) === 0) return t.skip("this program has no workflows yet");
    const flip = async (wanted) => {
      await tabTo(page, "Figures of the day", "switch");
      await page.keyboard.press("Space");
      if (wanted === "false") {
        await page.getByRole("dialog").waitFor();
        await page.keyboard.type("counted by hand");
        await page.keyboard.press("Control+Enter");
      }
      await page
        .locator(`[role=switch][aria-label="Figures of the day"][aria-checked=${wanted}]`)
        .waitFor();
    };
    const before = await toggle.getAttribute("aria-checked");
    const order = before === "true" ? ["false", "true"] : ["true", "false"];
    await flip(order[0]);
    await page.reload();
    await toggle.waitFor();
    assert.equal(await toggle.getAttribute("aria-checked"), order[0], "the server keeps it");
    await flip(order[1]);
  });
});

test("every page of the navigation opens", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await openPages(page);
    for (const [letter, heading] of [
      ["o", "Orders"],
      ["a", "Alerts"],
      ["s", "ShipStation Sync"],
      ["j", "Jobs"],
      ["w", "Workflows"],
      ["e", "Settings"],
    ]) {
      await chord(page, "g", letter);
      await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    }
    await page.getByRole("link", { name: "Audit log" }).click();
    await waitForAddress(page, "/settings/audit");
    await page.locator("tbody tr").first().waitFor();
  });
});
