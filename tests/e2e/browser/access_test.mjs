// Every page is usable for everyone: no finding of axe, in light and dark, at three widths, and
// nothing sticks out sideways.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { axeFile, journey, numberIn, openOrders, useBrowser } from "./support.mjs";

const world = useBrowser();
const axe = readFileSync(axeFile, "utf8");
const widths = [1440, 1024, 390];

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
  );
}

const states = {
  orders: (page) => openOrders(page, "/orders"),
  "orders, nothing found": async (page) => {
    await page.goto("/orders?status=all&q=nothing-like-this");
    await page.getByText("No orders match.").waitFor();
  },
  order: async (page) => {
    await openOrders(page, "/orders?status=shipped");
    const number = await numberIn(page, 0);
    await page.goto(`/orders/${encodeURIComponent(number)}`);
    await page.getByRole("heading", { name: "Timeline" }).waitFor();
  },
  sync: async (page) => {
    await page.goto("/sync");
    await page.locator(".runs tbody tr").first().waitFor();
  },
  help: async (page) => {
    await openOrders(page, "/orders");
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of widths) {
    test(`axe finds nothing in ${colorScheme} at ${width} px`, async () => {
      for (const [name, open] of Object.entries(states)) {
        const view = { colorScheme, viewport: { width, height: 900 } };
        await journey(world, view, async (page) => {
          await open(page);
          const wide = await page.evaluate(
            () => document.documentElement.scrollWidth - window.innerWidth,
          );
          assert.ok(wide <= 0, `${name} sticks out by ${wide} px`);
          assert.deepEqual(await findings(page), [], name);
        });
      }
    });
  }
}
