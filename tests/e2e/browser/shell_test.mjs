// Journeys over what surrounds every page: actions by name, counts, sizes for a finger, and what
// stays when the server is gone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey, openOrders, openPages, useBrowser, waitForAddress } from "./support.mjs";

const world = useBrowser({ FIXTURE_PEOPLE: "" });
const people = useBrowser({ FIXTURE_PEOPLE: "on" });

async function doByName(page, typed, word) {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(typed);
  await page.getByRole("option", { name: word, selected: true }).waitFor();
  await page.keyboard.press("Enter");
}

test("the palette starts a sync, changes the theme and shows the keys", async () => {
  await journey(world, { colorScheme: "light" }, async (page) => {
    await openPages(page);
    await doByName(page, "dark", "Switch to the dark theme");
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    await doByName(page, "light th", "Switch to the light theme");
    await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
    await doByName(page, "keyboard", "Keyboard and display");
    await page.getByRole("dialog", { name: "Keyboard and display" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const said = page.getByRole("status").getByText("A sync is started.").waitFor();
    await doByName(page, "sync now", "Sync now");
    await said;
    await waitForAddress(page, "/sync");
  });
});

test("the palette signs out, and tells a viewer why a sync cannot be started", async () => {
  await journey(people, { expects: ["Failed to load resource"] }, async (page) => {
    await page.goto("/sign-in?to=%2Fjobs");
    await page.getByLabel("Name").fill("view");
    await page.getByLabel("Password").fill("correct horse battery");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Jobs" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("sync now");
    await page.getByRole("option", { name: /^Sync now Only an operator may do this/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await doByName(page, "sign out", "Sign out");
    await waitForAddress(page, "/sign-in");
  });
});

test("the navigation counts open alerts and what is in quarantine", async () => {
  await journey(world, {}, async (page) => {
    await openPages(page);
    const navigation = page.getByRole("navigation", { name: "Main" });
    await navigation.getByRole("link", { name: /^Alerts \d+ open$/ }).waitFor();
    await navigation.getByRole("link", { name: /^Sync monitor 1 in quarantine$/ }).waitFor();
  });
});

const addresses = [
  ["/", "Last sync with ShipStation"],
  ["/orders", /^\d+ orders?$|^\d+ of |Load more|orders/],
  ["/alerts", "An order is in quarantine"],
  ["/sync", "requests this minute"],
  ["/jobs", "daily at 00:05"],
  ["/jobs/4194", "ShipStation is right"],
  ["/workflows", "Writes down the figures"],
  ["/settings", "Key SKUs"],
  ["/settings/users", "label printer"],
  ["/settings/audit", /before: 12:00/],
];

// What can be tapped and is lower or narrower than 24 px, as a person would find it.
function tooSmall() {
  const seen = [];
  for (const part of document.querySelectorAll("a[href], button, input, select, summary")) {
    const box = part.getBoundingClientRect();
    const hidden = !part.checkVisibility() || part.closest(".skip, .visually-hidden");
    if (hidden || box.width === 0 || part.matches("[type=radio], [type=checkbox]")) continue;
    if (box.height < 24 || box.width < 24) {
      seen.push(
        `${part.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`,
      );
    }
  }
  return seen;
}

for (const [address, text] of addresses) {
  test(`on a phone a finger hits everything on ${address}`, async () => {
    await journey(world, { viewport: { width: 390, height: 844 } }, async (page) => {
      await page.goto(address);
      await page.locator("main").getByText(text).first().waitFor();
      assert.deepEqual(await page.evaluate(tooSmall), []);
    });
  });
}

test("on a phone a finger hits everything on an order", async () => {
  await journey(world, { viewport: { width: 390, height: 844 } }, async (page) => {
    await openOrders(page, "/orders?status=shipped");
    await page.locator("[data-row]").first().click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
    assert.deepEqual(await page.evaluate(tooSmall), []);
  });
});

test("without the server the other pages show the data they had", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    const readAhead = page.waitForResponse("**/api/v1/workflows"); // the last of them
    await openPages(page);
    await page.getByRole("region", { name: "Units to ship" }).waitFor();
    await readAhead;
    await page.route("**/api/**", (route) => route.abort());
    await page.keyboard.press("r");
    await page.getByText(/^Not connected since/).waitFor();
    for (const [name, text] of [
      ["Orders", /696\d\d\d/],
      ["Alerts", "An order is in quarantine"],
      ["Jobs", "daily at 00:05"],
      ["Workflows", "Writes down the figures"],
      ["Sync monitor", "Watermark"],
    ]) {
      const navigation = page.getByRole("navigation", { name: "Main" });
      await navigation.getByRole("link", { name: new RegExp(`^${name}`) }).click();
      await page.locator("main").getByText(text).first().waitFor();
    }
  });
});
