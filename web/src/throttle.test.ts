import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { throttleByName } from "./throttle";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("lets the first call through, then one a second for each name, and never loses the last", () => {
  const acts: string[] = [];
  const throttle = throttleByName(1_000, (name) => acts.push(name));
  for (let i = 0; i < 5; i += 1) throttle.call("jobs");
  throttle.call("today");
  expect(acts).toEqual(["jobs", "today"]);
  vi.advanceTimersByTime(999);
  expect(acts).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(acts).toEqual(["jobs", "today", "jobs"]);
  vi.advanceTimersByTime(5_000);
  expect(acts).toHaveLength(3);
  throttle.call("jobs");
  expect(acts).toHaveLength(4);
});

it("is silent after it was stopped", () => {
  const acts: string[] = [];
  const throttle = throttleByName(1_000, (name) => acts.push(name));
  throttle.call("jobs");
  throttle.call("jobs");
  throttle.stop();
  vi.advanceTimersByTime(5_000);
  expect(acts).toEqual(["jobs"]);
});
