// Journeys over the list of orders.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chord,
  focusedNumber,
  journey,
  numberIn,
  openOrders,
  rows,
  useBrowser,
  waitForAddress,
} from "./support.mjs";

const world = useBrowser();

test("the orders open with what awaits shipment, with counts in units and orders", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/orders");
    const tab = page.getByRole("link", { name: /^All / });
    await tab.waitFor();
    assert.match(await tab.innerText(), /^All\n[\d,]+ units? · [\d,]+/);
    assert.match(await page.title(), /^Orders/);
    const current = page.locator(".tabs [aria-current=true]");
    assert.match(await current.innerText(), /^Awaiting shipment/);
  });
});

test("tab and search are in the address and come back with reload and back", async () => {
  await journey(world, {}, async (page) => {
    await openOrders(page);
    const number = await numberIn(page, 1);
    await page.keyboard.press("/");
    await page.keyboard.type(number);
    await waitForAddress(page, `/orders?status=all&q=${number}`);
    await page.waitForFunction(() => document.querySelectorAll("[data-row]").length === 1);
    assert.equal(await numberIn(page, 0), number);

    await page.reload();
    await rows(page).first().waitFor();
    assert.equal(await page.getByPlaceholder("Number, customer, tracking").inputValue(), number);
    assert.equal(await numberIn(page, 0), number);
    const current = page.locator(".tabs [aria-current=true]");
    assert.match(await current.innerText(), /^All/);

    await page.getByRole("link", { name: /^Shipped/ }).click();
    await waitForAddress(page, `/orders?status=shipped&q=${number}`);
    await page.goBack();
    await waitForAddress(page, `/orders?status=all&q=${number}`);
  });
});

test("another view never shows the rows of the one before it", async () => {
  await journey(world, {}, async (page) => {
    await openOrders(page, "/orders");
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route("**/api/v1/orders?status=shipped*", async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole("link", { name: /^Shipped/ }).click();
    await page.locator("[role=grid][aria-busy=true] .skeleton").first().waitFor();
    assert.equal(await rows(page).count(), 0);
    assert.match(await page.locator(".tabs").innerText(), /units/, "the counts stay");
    release();
    await rows(page).first().waitFor();
    const words = await page.locator(".c-status .badge").allInnerTexts();
    assert.deepEqual([...new Set(words)], ["Shipped"]);
  });
});

test("a filter without a match says so and clears with one click", async () => {
  await journey(world, {}, async (page) => {
    await openOrders(page);
    await page.getByLabel("SKU").fill("no-such-sku");
    await page.getByText("No orders match.").waitFor();
    await page.locator(".empty").getByRole("button", { name: "Clear filters" }).click();
    await rows(page).first().waitFor();
    await waitForAddress(page, "/orders?status=all");
  });
});

test("the keyboard alone opens an order and comes back to its row", async () => {
  await journey(world, {}, async (page) => {
    await openOrders(page);
    await page.keyboard.press("j");
    const first = await focusedNumber(page);
    assert.equal(first, await numberIn(page, 0));
    await page.keyboard.press("ArrowDown");
    const second = await focusedNumber(page);
    assert.equal(second, await numberIn(page, 1));
    await page.keyboard.press("k");
    assert.equal(await focusedNumber(page), first);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: second, level: 1 }).waitFor();
    await page.goBack();
    await rows(page).first().waitFor();
    await page.waitForFunction(
      (number) => document.activeElement?.querySelector?.(".c-order a")?.textContent === number,
      second,
    );
    await chord(page, "g", "s");
    await page.getByRole("heading", { name: "ShipStation Sync" }).waitFor();
  });
});

test("Ctrl K opens the order with exactly that number, as a scanner types it", async () => {
  await journey(world, {}, async (page) => {
    await openOrders(page);
    const number = await numberIn(page, 2);
    await page.keyboard.press("Control+k");
    await page.keyboard.type(number);
    await page.keyboard.press("Enter");
    await waitForAddress(page, `/orders/${number}`);
    await page.getByRole("heading", { name: "Why is this order here?" }).waitFor();
  });
});

test("more rows are added below without moving those above", async (t) => {
  await journey(world, {}, async (page) => {
    await openOrders(page);
    const more = page.getByRole("button", { name: "Load more" });
    if (!(await more.isVisible())) return t.skip("this program has too few orders");
    const before = await rows(page).count();
    const first = await numberIn(page, 0);
    await more.press("Enter"); // the pointer stays on the list
    await rows(page).nth(before).waitFor();
    assert.equal(before, 200);
    assert.equal(await numberIn(page, 0), first);
  });
});

test("when the server fails the old rows stay, dated, until a retry succeeds", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await openOrders(page);
    const count = await rows(page).count();
    await page.route("**/api/v1/orders?*", (route) =>
      route.fulfill({
        status: 503,
        contentType: "application/problem+json",
        headers: { "x-request-id": "r-17" },
        body: JSON.stringify({ title: "Busy", status: 503, detail: "The database is busy" }),
      }),
    );
    await page.keyboard.press("r");
    const note = page.getByRole("alert");
    await note.waitFor();
    assert.match(await note.innerText(), /The database is busy\. Showing data from \d\d:\d\d\./);
    assert.equal(await rows(page).count(), count);
    await page.unroute("**/api/v1/orders?*");
    await note.getByRole("button", { name: "Retry now" }).click();
    await note.waitFor({ state: "detached" });
    assert.equal(await rows(page).count(), count);
  });
});

test("help lists the keys of this page, and Esc gives the focus back", async () => {
  await journey(world, {}, async (page) => {
    await openOrders(page);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard and display" });
    await help.waitFor();
    assert.match(await help.innerText(), /Search the orders/);
    await help.getByLabel("Dark").check();
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(await ground(), "rgb(15, 19, 24)");
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    await page.reload();
    assert.equal(await ground(), "rgb(15, 19, 24)", "the chosen theme survives a reload");
  });
});
