// Journeys over one order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey, numberIn, openOrders, useBrowser, waitForAddress } from "./support.mjs";

const world = useBrowser();

async function openFirst(page, address) {
  await openOrders(page, address);
  const number = await numberIn(page, 0);
  await page.getByRole("row").nth(1).click();
  await page.getByRole("heading", { name: number, level: 1 }).waitFor();
  await page.getByRole("heading", { name: "Timeline" }).waitFor();
  return number;
}

test("an order says why it is here, what it holds and what happened, newest first", async () => {
  await journey(world, {}, async (page) => {
    await openFirst(page, "/orders?status=shipped");
    const why = page.getByRole("region", { name: "Why is this order here?" });
    assert.ok((await why.locator("p").innerText()).length > 20);
    assert.match(await page.getByRole("region", { name: "Items" }).innerText(), /\d+ units?/);
    await page.getByRole("region", { name: "Shipping" }).waitFor();
    const times = await page
      .locator(".timeline time")
      .evaluateAll((all) => all.map((time) => Date.parse(time.getAttribute("datetime"))));
    assert.ok(times.length > 0);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    );
  });
});

test("the payload is shown as ShipStation sent it", async (t) => {
  await journey(world, {}, async (page) => {
    const number = await openFirst(page, "/orders?status=shipped");
    const unfold = page.getByRole("button", { name: /^Show .* more event/ });
    if (await unfold.isVisible()) await unfold.click();
    const show = page.getByRole("button", { name: "Show payload" }).first();
    if (!(await show.isVisible())) return t.skip("no event with a payload");
    await show.click();
    const dialog = page.getByRole("dialog", { name: `Payload of ${number}` });
    const text = await dialog.locator("pre").first().innerText();
    assert.equal(JSON.parse(text).orderNumber.trim(), number);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });
});

test("brackets walk through the list the order was opened from", async () => {
  await journey(world, {}, async (page) => {
    await openOrders(page);
    const [first, second] = [await numberIn(page, 0), await numberIn(page, 1)];
    await page.getByRole("row").nth(1).click();
    await page.getByRole("heading", { name: first, level: 1, exact: true }).waitFor();
    await page.keyboard.press("]");
    await waitForAddress(page, `/orders/${encodeURIComponent(second)}`);
    await page.getByRole("heading", { name: second, level: 1, exact: true }).waitFor();
    await page.keyboard.press("[");
    await waitForAddress(page, `/orders/${encodeURIComponent(first)}`);
  });
});

test("an unknown number is said plainly", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await page.goto("/orders/000-none");
    await page.getByText("There is no order 000-none in the order book.").waitFor();
  });
});
