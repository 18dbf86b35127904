// The contrast promises of the visual brief, computed from the tokens themselves.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/styles/tokens.css", "utf8");

function tokens(block: string): Record<string, string> {
  const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6});/g);
  return Object.fromEntries(Array.from(found, ([, name, value]) => [name, value]));
}

const blocks = css.split("}");
const named = (selector: string) => tokens(blocks.find((block) => block.includes(selector)) ?? "");
const light = named(":root {");
const darkBySystem = named(':root:not([data-theme="light"])');
const darkByChoice = named(':root[data-theme="dark"]');

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
  const channel = (at: number) => {
    const value = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a = "#000", b = "#000"): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const textPairs: [string, string][] = [
  ["text", "surface"],
  ["text", "bg"],
  ["muted", "surface"],
  ["muted", "bg"],
  ["muted", "sunken"],
  ["accent", "surface"],
  ["accent", "bg"],
  ["on-accent", "accent"],
  ["ok", "ok-bg"],
  ["run", "run-bg"],
  ["warn", "warn-bg"],
  ["on-bad", "bad"],
  ["bad-line", "surface"],
  ["bad-line", "bad-bg"],
  ["text", "bad-bg"],
  ["hold", "hold-bg"],
  ["idle", "idle-bg"],
];

describe.each([
  ["light", light],
  ["dark", darkBySystem],
])("%s", (_name, theme) => {
  it.each(textPairs)("%s is readable on %s", (text, ground) => {
    expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(["line", "focus"])("%s can be seen on the surface", (name) => {
    expect(contrast(theme[name], theme.surface)).toBeGreaterThanOrEqual(3);
  });
});

it("both ways to dark are the same dark", () => {
  expect(Object.keys(darkBySystem).length).toBeGreaterThan(20);
  expect(darkByChoice).toEqual(darkBySystem);
});
