import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useShortcuts } from "./shortcuts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let pressed: string[] = [];
let unmount: () => void;

function Probe() {
  useShortcuts({
    j: () => pressed.push("j"),
    "/": () => pressed.push("/"),
    "g o": () => pressed.push("g o"),
  });
  return <input aria-label="text" />;
}

function press(key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
}

beforeEach(() => {
  pressed = [];
  localStorage.clear();
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  act(() => root.render(<Probe />));
  unmount = () => act(() => root.unmount());
});

afterEach(() => {
  unmount();
  document.body.replaceChildren();
});

describe("shortcuts", () => {
  it("act on single keys and on sequences", () => {
    press("j");
    press("g");
    press("o");
    expect(pressed).toEqual(["j", "g o"]);
  });
  it("stay silent while someone types and with Ctrl", () => {
    const input = document.querySelector("input");
    if (!input) throw new Error("no input");
    press("j", input);
    press("j", document.body, { ctrlKey: true });
    expect(pressed).toEqual([]);
  });
  it("stay silent while a dialog is open", () => {
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.setAttribute("open", "");
    press("j");
    expect(pressed).toEqual([]);
  });
  it("can be switched off", () => {
    localStorage.setItem("tallyman.single_keys", "off");
    press("j");
    press("/");
    expect(pressed).toEqual([]);
  });
});
