// The fixture server must be as strict as the program, or the browser tests would prove nothing.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

function policyIn(file: string): string {
  const text = readFileSync(file, "utf8");
  const from = text.indexOf('Content-Security-Policy"') + 'Content-Security-Policy"'.length;
  const part = text.slice(from, text.indexOf('"X-Content-Type-Options"'));
  return Array.from(part.matchAll(/"([^"]*)"/g), ([, piece]) => piece).join("");
}

it("the fixture server sends the program's own policy", () => {
  const ours = policyIn("../src/api/pages.cpp");
  expect(ours).toMatch(/^default-src 'none'; script-src 'self';.*trusted-types tallyman$/);
  expect(policyIn("dev/fixture-server.mjs")).toBe(ours);
});
