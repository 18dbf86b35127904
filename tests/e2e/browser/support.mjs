// Starts Chromium and, unless TALLYMAN_URL names a running program, the fixture server of web/dev.
// Every page counts breaches of the security policy and errors of scripts; a journey ends with none.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";

const web = new URL("../../../web/", import.meta.url);
const require = createRequire(new URL("package.json", web));
const { chromium } = require("playwright-core");
export const axeFile = require.resolve("axe-core/axe.min.js");

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--headless",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

// TALLYMAN_SLOW_PAGE=20 makes the pages twenty times slower: what a journey must bear, because the
// machine of a test may be busy. TALLYMAN_LATE_PAGE=100 makes each piece of drawing and each answer
// come so many milliseconds late: what is loaded is not yet drawn, what is drawn is not yet answered.
const slowness = Number(process.env.TALLYMAN_SLOW_PAGE ?? 1);
const lateness = Number(process.env.TALLYMAN_LATE_PAGE ?? 0);

// Runs in the page. React draws in pieces that it asks for by messages to itself.
function comeLate(milliseconds) {
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function late(...message) {
    setTimeout(() => post.apply(this, message), milliseconds);
  };
  const { fetch } = window;
  window.fetch = (...asked) =>
    fetch(...asked).then(
      (answer) => new Promise((resolve) => setTimeout(resolve, milliseconds, answer)),
    );
}

async function startFixture(env) {
  const server = spawn(
    process.execPath,
    [fileURLToPath(new URL("dev/fixture-server.mjs", web)), "0"],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } },
  );
  const [url] = await once(createInterface({ input: server.stdout }), "line");
  return { url, stop: () => server.kill() };
}

// Registers set-up and clean-up for a test file; the value is filled before the first test. Journeys
// that need the fixture server as `env` tells it to be run on nothing else.
export function useBrowser(env = null) {
  const base = env ? null : process.env.TALLYMAN_URL;
  const world = { base, browser: null, stop: () => {} };
  before(async () => {
    if (!world.base) {
      const fixture = await startFixture(env ?? {});
      world.base = fixture.url;
      world.stop = fixture.stop;
    }
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    world.browser = await chromium.launch({ executablePath, args: flags });
  });
  after(async () => {
    await world.browser?.close();
    world.stop();
  });
  return world;
}

// Opens a page of its own and runs the journey on it. Failed requests that the journey causes on
// purpose are named by `expects`, the beginning of what the console says about them.
export async function journey(world, options, walk) {
  const { expects = [], ...view } = options;
  const context = await world.browser.newContext({
    viewport: { width: 1440, height: 900 },
    baseURL: world.base,
    ...view,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  if (slowness > 1) {
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowness });
  }
  // The browser asks before it sends, from the first page on. Were that switched on by the first real
  // route, in the middle of a journey, a request sent in the next milliseconds would still get through.
  await page.route("**/nothing-has-this-address", (route) => route.continue());
  if (lateness > 0) await page.addInitScript(comeLate, lateness);
  const errors = [];
  page.on("pageerror", (error) => errors.push(`script: ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !expects.some((start) => text.startsWith(start))) {
      errors.push(`console: ${text}`);
    }
  });
  await page.addInitScript(() => {
    window.breaches = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.breaches.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
  try {
    await walk(page);
    assert.deepEqual(await page.evaluate(() => window.breaches), [], "security policy breached");
    assert.deepEqual(errors, []);
  } catch (error) {
    throw new Error(`${error.message}\n${await seen(page)}`, { cause: error });
  } finally {
    await context.close();
  }
}

// What the page shows when a journey fails: the report of a test is often all that is left of it.
async function seen(page) {
  try {
    const focus = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    const shown = await page.locator("body").ariaSnapshot({ timeout: 5_000 });
    return `at ${page.url()}, the focus on ${focus}, the page shows\n${shown}`;
  } catch (error) {
    return `and the page does not answer: ${error.message}`;
  }
}

// The frame of the pages can be seen, and from then on its keys are heard.
export async function openPages(page, address = "/") {
  await page.goto(address);
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

// One key right after the other, as a hand presses them: the second does not wait for what the page
// makes of the first, however slow the page is.
export async function chord(page, first, second) {
  await Promise.all([page.keyboard.press(first), page.keyboard.press(second)]);
}

// The button with this name once it may be pressed: until the page knows enough it says why not.
export function enabled(page, name) {
  return page.getByRole("button", { name, disabled: false });
}

// The rows of the orders list, and the number in one of them.
export const rows = (page) => page.locator("[data-row]");

// With the pointer on the list it stays as it is: a sync that ends meanwhile only offers its news.
export async function openOrders(page, address = "/orders?status=all") {
  await page.goto(address);
  await rows(page).first().hover();
  await page.locator(".page-head").getByRole("button", { disabled: false }).waitFor();
}

export async function numberIn(page, index) {
  return (await rows(page).nth(index).locator(".c-order").innerText()).trim();
}

// Presses Tab until the part with this name has the focus: what cannot be reached is not there.
export async function tabTo(page, name, role = null) {
  const wanted = role ? page.getByRole(role, { name, exact: true }) : page.getByLabel(name);
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press("Tab");
    const there = await wanted.evaluateAll((all) => all.includes(document.activeElement));
    if (there) return;
  }
  assert.fail(`the Tab key does not reach "${name}"`);
}

// Answers the questions at these addresses as a server that is out of order.
export async function breakDown(page, pattern, detail = "The database is busy") {
  await page.route(pattern, (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      headers: { "x-request-id": "r-17", "retry-after": "45" },
      body: JSON.stringify({ title: "Busy", status: 503, detail }),
    }),
  );
}

// Where the focus is: the order number of the focused row, or none.
export function focusedNumber(page) {
  return page.evaluate(
    () => document.activeElement?.closest("[data-row]")?.querySelector(".c-order a")?.textContent,
  );
}

export async function waitForAddress(page, expected) {
  await page.waitForURL((url) => url.pathname + url.search === expected);
}
