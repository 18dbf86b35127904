// Journeys over the shop's files and bundles.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { journey, useBrowser, waitForAddress } from "./support.mjs";

const world = useBrowser({ FIXTURE_PEOPLE: "" });

const chosen = (bytes) => ({
  name: "tuesday.xml",
  mimeType: "text/xml",
  buffer: Buffer.from(bytes),
});

test("a file is looked at first and taken in only when somebody says so", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/imports");
    await page.getByText("/srv/shop/orders.xml").waitFor();
    const sent = [];
    page.on("request", (request) => {
      if (request.method() === "POST") sent.push(new URL(request.url()).pathname);
    });
    await page.getByLabel("The shop's file").setInputFiles(chosen("<orders></orders>"));
    await page.getByText("Preview, nothing changed yet.").waitFor();
    await page.getByRole("cell", { name: "324 : 40" }).waitFor();
    assert.deepEqual(sent, ["/api/v1/imports/preview"]);
    await page.getByRole("button", { name: "Take in 499 new orders" }).click();
    await waitForAddress(page, "/imports/13");
    await page.getByRole("heading", { name: "tuesday.xml" }).waitFor();
    assert.deepEqual(sent, ["/api/v1/imports/preview", "/api/v1/imports"]);
    await page.getByText("Every order and line of this file came in.").waitFor();
  });
});

test("an empty file is not sent, and says why", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/imports");
    await page.getByLabel("The shop's file").setInputFiles(chosen(""));
    await page.getByText("This file is empty.").waitFor();
    assert.equal(await page.getByRole("button", { name: /^Take/ }).count(), 0);
  });
});

test("a file's page lists what did not come in, by kind, with its place and reason", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/imports");
    await page.getByRole("grid", { name: "Files" }).getByRole("link").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/imports\/1\d$/);
    await page.goto("/imports/12");
    await page.getByText('got "2026-13-45"').waitFor();
    await page.getByRole("link", { name: "Lines" }).click();
    await waitForAddress(page, "/imports/12?kind=line_dropped");
    await page.getByText("from bundle 18315, no key SKU").waitFor();
    await page.getByText("15 × 17975").waitFor();
    await page.getByText('got "2026-13-45"').waitFor({ state: "detached" });
  });
});

test("a file that was refused says why, and not that all of it came in", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/imports/11");
    await page.getByText("Refused: line 2, column 1").waitFor();
    assert.equal(await page.getByRole("heading", { name: "What did not come in" }).count(), 0);
    await page.goto("/imports/10");
    await page.getByText("Every order and line of this file came in.").waitFor();
  });
});

test("a bundle is changed as a whole, and one that contains itself is refused", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await page.goto("/bundles");
    await page.getByText("1 × 17975 (no key SKU, dropped)").waitFor();
    await page.getByRole("searchbox", { name: "Search bundles" }).fill("clinic");
    await page.getByText("1 bundle", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Change bundle 18605" }).click();
    const dialog = page.getByRole("dialog", { name: "Bundle 18605" });
    await dialog.getByLabel("SKU of component 1").fill("18605");
    await dialog.getByRole("button", { name: "Store bundle" }).click();
    await dialog.getByText("Bundle 18605 contains itself").waitFor();
    await dialog.getByLabel("SKU of component 1").fill("17612");
    await dialog.getByLabel("Units of component 1").fill("none");
    await dialog.getByRole("button", { name: "Store bundle" }).click();
    await dialog.getByText("Units of 17612 are a whole number").waitFor();
    await dialog.getByLabel("Units of component 1").fill("5");
    await dialog.getByText("contains itself").waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Remove component 3" }).click();
    await dialog.locator('[aria-label="Units of component 2"]:focus').waitFor();
    await page.keyboard.press("Control+Enter");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("cell", { name: "5 × 17612 + 1 × 17904", exact: true }).first().waitFor();
  });
});
