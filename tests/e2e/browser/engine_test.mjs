// Journeys over what the engine does: today, jobs, workflows, alerts, settings, the audit log.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breakDown, enabled, journey, tabTo, useBrowser, waitForAddress } from "./support.mjs";

const world = useBrowser({ FIXTURE_PEOPLE: "" });

test("Today says what is urgent, shows units first, and from when every figure is", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/");
    await page.getByRole("heading", { name: "Friday 7 November" }).waitFor();
    await page.getByText(/^Cut-off 12:00 in 4\d min/).waitFor();
    const units = page.getByRole("region", { name: "Units to ship" });
    assert.match(
      await units.innerText(),
      /82 \/ 84 units.*84 in ShipStation.*2 fewer here.*Ghost order 100528/s,
    );
    assert.match(await units.innerText(), /Not proven, as of \d\d:\d\d:\d\d/);
    await page.getByRole("link", { name: "Open An order is in quarantine 696278" }).click();
    await waitForAddress(page, "/orders/696278");
  });
});

test("when figures fail, the old ones stay with their time and a retry waits as asked", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await page.goto("/");
    await page.getByRole("region", { name: "Units to ship" }).waitFor();
    await breakDown(page, "**/api/v1/today");
    await page.keyboard.press("r");
    const note = page.getByRole("alert");
    await note.getByText("The database is busy.").waitFor();
    assert.match(await note.innerText(), /Showing data from \d\d:\d\d\. Try again in \d+ s\./);
    assert.equal(await note.getByRole("button", { name: "Retry now" }).isDisabled(), true);
    assert.equal(await page.getByRole("region", { name: "Units to ship" }).count(), 1);
  });
});

test("switching a workflow off by keyboard alone asks for a reason and names the effect", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/workflows");
    const toggle = page.getByRole("switch", { name: "ShipStation reconcile" });
    await toggle.waitFor();
    await tabTo(page, "ShipStation reconcile", "switch");
    await page.keyboard.press("Space");
    const dialog = page.getByRole("dialog", { name: "Switch off ShipStation reconcile?" });
    await dialog.getByText("Differences that the sync cannot see").waitFor();
    assert.equal(await toggle.getAttribute("aria-checked"), "true", "it moves when agreed");
    await page.keyboard.press("Control+Enter");
    await dialog.getByText("Say why in a few words.").waitFor();
    await page.keyboard.type("stocktaking until noon");
    const said = page.getByRole("status").getByText("ShipStation reconcile is off.").waitFor();
    await page.keyboard.press("Control+Enter");
    await dialog.waitFor({ state: "detached" });
    await page.getByText(/by demo: stocktaking until noon/).waitFor();
    assert.equal(await toggle.getAttribute("aria-checked"), "false");
    await said;
    const focused = await toggle.evaluate((element) => element === document.activeElement);
    assert.equal(focused, true, "the focus is back where it was");
    await page.keyboard.press("Space");
    await page.getByRole("status").getByText("ShipStation reconcile is on.").waitFor();
  });
});

test("a sync is started and watched by keyboard alone until it is done", async () => {
  await journey(world, {}, async (page) => {
    await page.request.post("/fixture/hold");
    await page.goto("/sync");
    await enabled(page, "Sync now").waitFor();
    await tabTo(page, "Sync now", "button");
    await page.keyboard.press("Enter");
    await page.getByRole("progressbar", { name: "Progress of the sync" }).waitFor();
    await page.keyboard.press("Shift+Tab"); // the link to the job stands before the button
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^ShipStation sync, job \d+$/ }).waitFor();
    const log = page.getByRole("list", { name: "Lines of the log" });
    await log.getByText("Reading orders: 84 of 112").waitFor();
    const said = page.getByRole("status").getByText("ShipStation sync: 2 manual orders").waitFor();
    await page.request.post("/fixture/let-go");
    await page.locator(".page-head .badge", { hasText: "Done" }).waitFor();
    await said;
  });
});

test("a job is cancelled by keyboard alone, and the page says what stays", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/jobs?state=running");
    await page.getByRole("row", { name: /ShipStation reconcile/ }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^ShipStation reconcile, job/ }).waitFor();
    await tabTo(page, "Cancel job", "button");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Cancelling is asked.").waitFor();
    await page.locator(".page-head .badge", { hasText: "Cancelled" }).waitFor();
    await page
      .getByRole("region", { name: "Overview" })
      .getByText("What was done so far is kept.")
      .waitFor();
    await tabTo(page, "Retry", "button");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: /^Open job \d+$/ }).waitFor();
  });
});

test("the list of jobs keeps its view in the address and the log its lines by level", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/jobs");
    await page.getByRole("link", { name: /^Failed/ }).click();
    await waitForAddress(page, "/jobs?state=dead");
    const row = page.getByRole("row", { name: /ShipStation did not answer/ });
    await row.waitFor();
    await page.waitForFunction(() => document.querySelectorAll("[data-row]").length === 1);
    await page.reload();
    await row.click();
    await page.getByText("3 lines").waitFor();
    await page.getByLabel("Show").selectOption("Errors");
    await page.getByText("1 line", { exact: true }).waitFor();
    await page.goBack();
    await waitForAddress(page, "/jobs?state=dead");
  });
});

test("an unknown job is said plainly", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await page.goto("/jobs/999999");
    await page.getByText("There is no job 999999.").waitFor();
  });
});

test("alerts are taken, put off and resolved, until nothing is left", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/alerts");
    await page.getByRole("button", { name: /^Take: The sync's watermark/ }).click();
    await page.getByLabel("Who looks after it").fill("ben");
    await page.keyboard.press("Enter");
    await page.getByText(/ben looks after it/).waitFor();
    await page.getByRole("button", { name: /^Snooze: The nightly/ }).click();
    await page.getByLabel("1 day").check();
    await page.keyboard.press("Control+Enter");
    await page.getByText(/^Since .* Snoozed until/).waitFor();
    for (const title of ["The sync's watermark", "An order is in quarantine", "The nightly"]) {
      await page.getByRole("button", { name: new RegExp(`^Resolve: ${title}`) }).click();
      await page.keyboard.type("looked at and mended");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await page.getByText(/^No open alerts\. Last checked/).waitFor();
    await page.getByRole("link", { name: "Resolved" }).click();
    await waitForAddress(page, "/alerts?state=resolved");
    await page
      .getByText(/by demo: looked at and mended/)
      .first()
      .waitFor();
  });
});

test("a setting says what is allowed, refuses the rest in words, and keeps its history", async () => {
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await page.goto("/settings");
    await page.getByRole("button", { name: "Change Cut-off of the day" }).click();
    const dialog = page.getByRole("dialog");
    const value = dialog.getByLabel("Value");
    await value.fill("25:99");
    await value.press("Enter");
    await dialog.getByText('"25:99" is not a time of day, 00:00–23:59.').waitFor();
    assert.equal(await value.getAttribute("aria-invalid"), "true");
    await value.fill("12:30");
    await dialog.getByLabel(/^Reason/).fill("the carrier comes later");
    await page.keyboard.press("Control+Enter");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "History of Cut-off of the day" }).click();
    await page.getByRole("dialog").getByText("the carrier comes later").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText(/^What the configuration file and the environment decide/).click();
    const zone = page.getByRole("button", { name: "Change Time zone" });
    assert.match(await zone.getAttribute("title"), /configuration file/);
    await page.getByRole("button", { name: "Send test" }).click();
    await page.getByText("The server took the message.").first().waitFor();
    await page.getByLabel("Compact").check();
    const row = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue("--row"),
    );
    assert.equal(row.trim(), "30px");
  });
});

test("the audit log is filtered by the address", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/settings/audit");
    await page.getByText("Complete", { exact: true }).waitFor();
    await page.getByLabel("Who").fill("ana");
    await page.keyboard.press("Enter");
    await waitForAddress(page, "/settings/audit?who=user%3Aana");
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 8);
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 12);
    await page.goto("/settings/audit?who=nobody-like-this");
    await page.getByText("No entries match.").waitFor();
  });
});

test("a server that was replaced asks for a reload", async () => {
  await journey(world, {}, async (page) => {
    await page.goto("/alerts");
    await page.getByText("Live", { exact: true }).waitFor();
    await page.request.post("/fixture/new-build");
    await page.getByText("A new version of Tallyman is running.").waitFor();
  });
});

test("a phone reaches every page", async () => {
  await journey(world, { viewport: { width: 390, height: 844 } }, async (page) => {
    await page.goto("/");
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Workflows" }).click();
    await waitForAddress(page, "/workflows");
    const size = await page.getByRole("switch", { name: "Figures of the day" }).boundingBox();
    assert.ok(size.height >= 44 && size.width >= 44, "big enough for a finger");
  });
});
