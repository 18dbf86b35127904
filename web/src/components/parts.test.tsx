import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, describe, expect, it } from "vitest";
import { ApiError } from "../api";
import { Button } from "./button";
import { objectsLike } from "./command_palette";
import { type Column, DataTable } from "./data_table";
import { Field } from "./field";
import { Problem } from "./problem";
import { RunStrip } from "./run_strip";
import { Switch } from "./switch";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let unmount = () => {};
let redraw: (what: ReactNode) => void = () => {};

function draw(what: ReactNode): HTMLElement {
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  act(() => root.render(what));
  unmount = () => act(() => root.unmount());
  redraw = (next) => root.render(next);
  return place;
}

function find(place: HTMLElement, selector: string): HTMLElement {
  const found = place.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}

afterEach(() => {
  unmount();
  document.body.replaceChildren();
});

describe("a button", () => {
  it("says why it cannot be pressed, and does nothing then", () => {
    let pressed = 0;
    const place = draw(
      <Button why="Not connected" onClick={() => (pressed += 1)}>
        Go
      </Button>,
    );
    const button = find(place, "button");
    button.click();
    expect(pressed).toBe(0);
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.hasAttribute("disabled")).toBe(false);
    const reason = document.getElementById(button.getAttribute("aria-describedby") ?? "");
    expect(reason?.textContent).toBe("Not connected");
  });
  it("is pressed once while it is busy with that", () => {
    let pressed = 0;
    const place = draw(
      <Button busy busyWord="Going…" onClick={() => (pressed += 1)}>
        Go
      </Button>,
    );
    find(place, "button").click();
    expect(pressed).toBe(0);
    expect(place.textContent).toBe("Going…");
  });
});

describe("a list that grows while somebody is in it", () => {
  type Row = { name: string };
  const columns: Column<Row>[] = [{ key: "name", word: "Name", cell: ({ name }) => name }];
  const keyOf = ({ name }: Row) => name;
  const address = ({ name }: Row) => `/rows/${name}`;
  const list = (...names: string[]) => (
    <DataTable
      name="Rows"
      columns={columns}
      rows={names.map((name) => ({ name }))}
      rowKey={keyOf}
      href={address}
    />
  );
  const press = (key: string) =>
    act(() => {
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    });

  it("opens the row that has the focus, not the one that stands in its old place", () => {
    const place = draw(list("a", "b"));
    act(() => find(place, "[data-row='0']").focus());
    act(() => redraw(list("new", "a", "b")));
    press("Enter");
    expect(window.location.pathname).toBe("/rows/a");
  });
  it("goes on from there with j", () => {
    const place = draw(list("a", "b"));
    act(() => find(place, "[data-row='0']").focus());
    act(() => redraw(list("new", "a", "b")));
    press("j");
    expect(document.activeElement?.textContent).toBe("b");
  });
});

it("of the orders found the one with exactly that number stands first, and Enter opens it", () => {
  const order = (order_number: string) => ({ order_number, status: "shipped", total_items: 1 });
  const rows = ["1005280", "100528", "2100528"].map(order) as Parameters<typeof objectsLike>[0];
  expect(objectsLike(rows, "100528").map(({ word }) => word)).toEqual([
    "100528",
    "1005280",
    "2100528",
    'Search all orders for "100528"',
  ]);
});

describe("a switch", () => {
  it("asks, and stays where it is until it is told", () => {
    const asked: boolean[] = [];
    const place = draw(<Switch name="Sync" on={true} ask={(on) => asked.push(on)} />);
    const toggle = find(place, "[role=switch]");
    act(() => toggle.click());
    expect(asked).toEqual([false]);
    expect(toggle.getAttribute("aria-checked")).toBe("true");
  });
  it("asks nothing when it may not", () => {
    const asked: boolean[] = [];
    const place = draw(
      <Switch name="Sync" on={true} why="Only an admin" ask={(on) => asked.push(on)} />,
    );
    find(place, "[role=switch]").click();
    expect(asked).toEqual([]);
  });
});

it("a field ties its hint and its error to the input", () => {
  const place = draw(
    <Field label="Value" hint="a time" error="too late">
      {(wiring) => <input {...wiring} />}
    </Field>,
  );
  const input = find(place, "input");
  const texts = (input.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent);
  expect(texts).toEqual(["a time", "too late"]);
  expect(input.getAttribute("aria-invalid")).toBe("true");
});

it("a problem that asks to wait says how long, and its retry waits too", () => {
  const error = new ApiError("Too many wrong passwords", 429, { retryAfterS: 30 });
  const place = draw(<Problem error={error} busy={false} retry={() => {}} />);
  expect(place.textContent).toMatch(/Too many wrong passwords\..*Try again in (29|30) s\./);
  expect(find(place, "button").getAttribute("aria-disabled")).toBe("true");
});

it("a strip of runs counts the failed ones aloud and leaves open what never ran", () => {
  const run = (outcome: "ok" | "failed", id: string) => ({
    run_id: id,
    outcome,
    started_at: "2025-11-07T19:00:00Z",
    finished_at: null,
    duration_ms: null,
    message: "",
  });
  const place = draw(<RunStrip runs={[run("ok", "a"), run("failed", "b")]} places={5} />);
  const strip = find(place, "[role=img]");
  expect(strip.getAttribute("aria-label")).toBe("Last 2 runs, 1 failed");
  expect(strip.querySelectorAll(".bar")).toHaveLength(5);
  expect(strip.querySelectorAll(".none")).toHaveLength(3);
});
