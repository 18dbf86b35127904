// Journeys over what Today says when ShipStation is not read as it should be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey, openPages, useBrowser } from "./support.mjs";

const world = useBrowser({ FIXTURE_PEOPLE: "" });

async function whileReading(state, walk) {
  await journey(world, {}, async (page) => {
    await page.request.post(`/fixture/reading/${state}`);
    try {
      await openPages(page);
      await walk(page);
    } finally {
      await page.request.post("/fixture/reading/current");
    }
  });
}

test("a figure that was not read for long says since when, and not that it is proven", async () => {
  await whileReading("late", async (page) => {
    const tile = page.getByRole("region", { name: "Awaiting shipment" });
    await tile.getByText(/^Not read since \d\d:\d\d:\d\d/).waitFor();
    assert.doesNotMatch(await tile.innerText(), /Proven|Not proven/);
    await page.locator(".page-head").getByText("Not read since").waitFor();
    const own = page.getByRole("region", { name: "In quarantine" });
    assert.match(await own.innerText(), /Proven, as of/);
  });
});

test("before the first sync there is one card that says what to do, and no figure is 0", async () => {
  await whileReading("never", async (page) => {
    const card = page.getByRole("region", { name: "Not read yet" });
    await card.getByText(/Set up the credentials/).waitFor();
    const start = card.getByRole("button", { name: "Sync now" });
    assert.equal(await start.getAttribute("title"), "ShipStation's credentials are missing");
    assert.equal(await page.getByRole("region", { name: "Units to ship" }).count(), 0);
    assert.equal(
      await page.getByText(/^Proven, as of/).count(),
      await page.locator(".tile").count(),
    );
    await page.locator(".page-head").getByText("Not read yet").waitFor();
  });
});

test("the sync page says who switched the sync off, when and why", async () => {
  await journey(world, {}, async (page) => {
    const at = "/api/v1/workflows/shipstation-sync";
    await page.request.post(`${at}/disable`, { data: { reason: "stocktaking until noon" } });
    try {
      await page.goto("/sync");
      await page.getByText(/Switched off .* by demo: stocktaking until noon\./).waitFor();
      const until = page.locator(".figure", { hasText: "Read until" });
      await until.getByText(/^51 s behind/).waitFor();
    } finally {
      await page.request.post(`${at}/enable`, { data: {} });
    }
  });
});

test("a partner's failure is one sentence, and what it said is in a fold", async () => {
  await whileReading("late", async (page) => {
    const banner = page.locator(".note.bad");
    await banner.getByText(/ShipStation did not answer in time\./).waitFor();
    const chain = banner.getByText(/curl 28/);
    assert.equal(await chain.isVisible(), false);
    await banner.getByText("For support").click();
    await chain.waitFor();
  });
});
