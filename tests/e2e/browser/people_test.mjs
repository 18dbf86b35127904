// One journey of people on the real program, from the first user to the audit log. It needs a program
// of its own without users: real.mjs starts one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey, tabTo, useBrowser, waitForAddress } from "./support.mjs";

const world = useBrowser();
const password = "correct horse battery staple";

test("the first admin is made, signs in by keyboard alone, and is in the audit log", async (t) => {
  if (!process.env.TALLYMAN_URL) return t.skip("the fixture server has journeys of its own");
  await journey(world, { expects: ["Failed to load resource"] }, async (page) => {
    await page.goto(process.env.TALLYMAN_SETUP);
    await page.getByText(/^Nobody can sign in yet/).waitFor();
    await page.keyboard.type("ana");
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Signed in: ana" }).waitFor();

    // Somebody else at this browser has to sign in, and the page that was asked for comes back.
    await page.context().clearCookies();
    await page.goto("/settings/users");
    await waitForAddress(page, "/sign-in?to=%2Fsettings%2Fusers");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.keyboard.type("ana");
    await page.keyboard.press("Tab");
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("The name or the password is wrong.").waitFor();
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await waitForAddress(page, "/settings/users");
    await page.getByRole("row", { name: /ana Admin Active/ }).waitFor();

    await page.goto("/settings/audit");
    await page.getByText("Complete", { exact: true }).waitFor();
    const actions = await page.locator("td.c-action").allInnerTexts();
    assert.deepEqual(actions.slice(0, 3), ["session.begin", "session.refused", "user.add"]);
    await page.getByLabel("Who").fill("ana");
    await page.keyboard.press("Enter");
    await waitForAddress(page, "/settings/audit?who=user%3Aana");
    await page.waitForFunction(() => document.querySelectorAll("td.c-action").length > 0);

    await page.goto("/workflows");
    const toggle = page.getByRole("switch", { name: "Figures of the day" });
    await toggle.waitFor();
    await tabTo(page, "Figures of the day", "switch");
    await page.keyboard.press("Space");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("counted by hand this week");
    await page.keyboard.press("Control+Enter");
    await page.getByText(/by ana: counted by hand this week/).waitFor();
    assert.equal(await toggle.getAttribute("aria-checked"), "false");

    await tabTo(page, "Signed in: ana");
    await page.keyboard.press("Enter");
    await tabTo(page, "Sign out", "button");
    await page.keyboard.press("Enter");
    await waitForAddress(page, "/sign-in");
    await page.goto("/jobs");
    await waitForAddress(page, "/sign-in?to=%2Fjobs");
  });
});
