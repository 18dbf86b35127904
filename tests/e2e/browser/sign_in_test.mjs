// Journeys of people: first start, signing in by keyboard alone, what a role may not, signing out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { journey, tabTo, useBrowser, waitForAddress } from "./support.mjs";

const world = useBrowser({ FIXTURE_PEOPLE: "on" });
const empty = useBrowser({ FIXTURE_PEOPLE: "none" });
const password = "correct horse battery";
const refused = { expects: ["Failed to load resource"] };

// A key goes to what has the focus: before the page has put it into "Name" it would be lost.
async function openSignIn(page, address) {
  await page.goto(address);
  await page.getByLabel("Name").and(page.locator(":focus")).waitFor();
}

async function signIn(page, name, address = "/") {
  await openSignIn(page, address);
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

test("signing in by keyboard alone leads to the page that was asked for", async () => {
  await journey(world, refused, async (page) => {
    await signIn(page, "ana", "/jobs?state=done");
    await waitForAddress(page, "/jobs?state=done");
    await page.getByRole("heading", { name: "Jobs" }).waitFor();
    await tabTo(page, "Signed in: ana");
    await page.keyboard.press("Enter");
    await page.getByText("Admin", { exact: true }).waitFor();
    await tabTo(page, "Sign out", "button");
    await page.keyboard.press("Enter");
    await waitForAddress(page, "/sign-in");
    await page.goto("/alerts");
    await waitForAddress(page, "/sign-in?to=%2Falerts");
  });
});

test("wrong passwords are refused with one sentence, then with a wait", async () => {
  await journey(world, refused, async (page) => {
    await openSignIn(page, "/sign-in");
    await page.keyboard.type("ana");
    await page.keyboard.press("Tab");
    const note = page.getByRole("alert");
    for (const wrong of ["one", "two", "three"]) {
      await page.keyboard.type(wrong);
      await page.keyboard.press("Enter");
      // The sentence may still be that of the attempt before; what was typed is selected anew.
      await page.waitForFunction(() => {
        const { selectionStart, selectionEnd, value } = document.activeElement;
        return selectionStart === 0 && selectionEnd === value.length;
      });
      await note.getByText("Name or password is wrong.").waitFor();
    }
    await page.keyboard.type("four");
    await page.keyboard.press("Enter");
    await note.getByText(/^Too many wrong passwords\./).waitFor();
    assert.match(await note.innerText(), /Try again in \d+ s\./);
  });
});

test("a target elsewhere is not followed", async () => {
  await journey(empty, refused, async (page) => {
    await page.goto("/sign-in?to=https%3A%2F%2Fexample.com");
    await waitForAddress(page, "/setup");
    await page.getByText(/^Open the setup link/).waitFor();
  });
});

test("the setup link makes the first admin, and its token leaves the address", async () => {
  await journey(empty, refused, async (page) => {
    await page.goto("/setup#token=first-start");
    await page.getByText(/^Nobody can sign in yet/).waitFor();
    await page.waitForFunction(() => window.location.hash === "");
    await page.keyboard.type("ana");
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Signed in: ana" }).waitFor();
    await waitForAddress(page, "/");
    await page.goto("/setup#token=first-start");
    await waitForAddress(page, "/");
  });
});

test("a viewer sees everything and is told why nothing can be changed", async () => {
  await journey(world, refused, async (page) => {
    await page.request.post("/fixture/forget-failures"); // those of the journey above
    await signIn(page, "view", "/workflows");
    const toggle = page.getByRole("switch", { name: "ShipStation sync" });
    await toggle.waitFor();
    assert.equal(await toggle.isDisabled(), true);
    assert.equal(
      await toggle.getAttribute("title"),
      "Only an admin may do this; you are signed in as a viewer",
    );
    await page.goto("/sync");
    const start = page.getByRole("button", { name: "Sync now" });
    await start.waitFor();
    assert.match(await start.getAttribute("title"), /^Only an operator may do this/);
    await page.goto("/settings");
    await page.getByText("Key SKUs").first().waitFor();
    assert.equal(await page.getByRole("link", { name: "Users and tokens" }).count(), 0);
  });
});

test("when the session ends the sign-in comes, and afterwards the same page", async () => {
  await journey(world, refused, async (page) => {
    await signIn(page, "ana", "/alerts?state=all");
    await waitForAddress(page, "/alerts?state=all");
    await page.getByText("An order is in quarantine").waitFor();
    await page.context().clearCookies();
    await page.keyboard.press("r");
    await waitForAddress(page, "/sign-in?to=%2Falerts%3Fstate%3Dall");
  });
});

test("users and tokens: added, refused in words, shown once, revoked", async () => {
  await journey(world, refused, async (page) => {
    await signIn(page, "ana", "/settings/users");
    await page.getByRole("button", { name: "Add user" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a user" });
    await dialog.getByLabel("Name").fill("ben");
    await dialog.getByLabel("First password").fill(password);
    await dialog.getByLabel("First password").press("Enter");
    await dialog.getByText("Somebody has this name already.").waitFor();
    await dialog.getByLabel("Name").fill("cleo");
    await page.keyboard.press("Control+Enter");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("cell", { name: "cleo", exact: true }).waitFor();

    await page.getByRole("button", { name: "Change ana" }).click();
    await page.getByRole("button", { name: "Shut out" }).click();
    await page.getByText("Ana is the last admin, so nothing was changed.").waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Add token" }).click();
    await page.getByLabel("For what").fill("scale");
    await page.getByLabel("For what").press("Enter");
    assert.match(await page.locator("code").innerText(), /^tally_t2_/);
    assert.equal(await page.getByRole("button", { name: "Done" }).isDisabled(), true);
    await page.getByLabel("I have copied it").check();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Revoke scale" }).click();
    await page.getByRole("button", { name: /^Really revoke scale/ }).click();
    await page.getByText("Token scale is revoked.").waitFor();
  });
});
