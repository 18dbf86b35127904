// Every page is usable for everyone: no finding of axe, in light and dark, wide and narrow, and
// nothing sticks out sideways.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { axeFile, breakDown, journey, numberIn, openOrders, useBrowser } from "./support.mjs";

const world = useBrowser();
const people = useBrowser({ FIXTURE_PEOPLE: "on" });
const axe = readFileSync(axeFile, "utf8");

async function findings(page) {
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
  );
}

async function fits(page, where, width) {
  await page.setViewportSize({ width, height: 900 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${where}: sticks out by ${wide} px at ${width} px`);
}

async function look(page, name, { width, colorScheme }) {
  await page.emulateMedia({ colorScheme });
  await fits(page, name, width);
  assert.deepEqual(await findings(page), [], `${name}, ${colorScheme} at ${width} px`);
}

const open = (address, text) => async (page) => {
  await page.goto(address);
  await page.getByText(text).first().waitFor();
};

const opened = (address, text, role, button) => async (page) => {
  await open(address, text)(page);
  await page.getByRole(role, { name: button }).first().click();
  await page.getByRole("dialog").waitFor();
};

// As `walk`, while ShipStation is not read as it should be.
const whileReading = (reading, walk) => async (page) => {
  await page.request.post(`/fixture/reading/${reading}`);
  await walk(page);
};

const states = {
  orders: (page) => openOrders(page, "/orders"),
  "orders, nothing found": open("/orders?status=all&q=nothing-like-this", "No orders match."),
  order: async (page) => {
    await openOrders(page, "/orders?status=shipped");
    const number = await numberIn(page, 0);
    await page.goto(`/orders/${encodeURIComponent(number)}`);
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
  },
  today: open("/", "Last sync with ShipStation"),
  "today, broken": async (page) => {
    await breakDown(page, "**/api/v1/today");
    await open("/", "The database is busy.")(page);
  },
  "today, not read for long": whileReading("late", open("/", /^Not read since \d/)),
  "today, never read": whileReading("never", open("/", /^Set up the credentials/)),
  sync: open("/sync", "requests this minute"),
  jobs: open("/jobs", "daily at 00:05"),
  job: open("/jobs/4194", "ShipStation is right"),
  workflows: open("/workflows", "Writes down the figures"),
  "switching off": opened("/workflows", "Writes down", "switch", "ShipStation sync"),
  import: open("/imports", "monday.xml"),
  "one import": open("/imports/12", "2026-13-45"),
  bundles: open("/bundles", "Clinic starter"),
  "a bundle": opened("/bundles", "Clinic starter", "button", "Change bundle 18605"),
  alerts: open("/alerts", "An order is in quarantine"),
  settings: open("/settings", "Key SKUs"),
  "a setting": opened("/settings", "Key SKUs", "button", "Change Key SKUs"),
  users: open("/settings/users", "label printer"),
  "a new token": opened("/settings/users", "label printer", "button", "Add token"),
  audit: open("/settings/audit", /before: 12:00/),
  help: async (page) => {
    await openOrders(page, "/orders");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
  },
  palette: async (page) => {
    await openOrders(page, "/orders");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("696");
    await page.getByRole("option", { name: /^696/ }).first().waitFor();
  },
};

function check(name, of, walk) {
  test(`axe finds nothing: ${name}`, async () => {
    await journey(of, { expects: ["Failed to load resource"] }, async (page) => {
      try {
        await walk(page);
        await page.evaluate(axe);
        await look(page, name, { width: 1440, colorScheme: "light" });
        await fits(page, name, 1280);
        await fits(page, name, 1024);
        await look(page, name, { width: 390, colorScheme: "dark" });
      } finally {
        await page.request.post("/fixture/reading/current");
      }
    });
  });
}

for (const [name, walk] of Object.entries(states)) check(name, world, walk);
check("sign-in", people, open("/sign-in", "Password"));
