import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as news from "./announce";
import { rememberAsked } from "./asked_here";
import { streamIsOpen } from "./connection";
import { say, staleKeys, startLive } from "./live";

class PretendStream extends EventTarget {
  static readonly CLOSED = 2;
  static opened: PretendStream[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    PretendStream.opened.push(this);
  }
  close() {
    this.readyState = PretendStream.CLOSED;
  }
  tell(event: string, data: unknown, lastEventId = "") {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data), lastEventId }));
  }
}

let stop: () => void;
let asked: unknown[];

beforeEach(() => {
  vi.useFakeTimers();
  PretendStream.opened = [];
  vi.stubGlobal("EventSource", PretendStream);
  asked = [];
  const client = new QueryClient();
  vi.spyOn(client, "invalidateQueries").mockImplementation(async (filters) => {
    asked.push(filters?.queryKey ?? "everything");
  });
  stop = startLive(client);
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const stream = () => {
  const last = PretendStream.opened.at(-1);
  if (!last) throw new Error("no stream was opened");
  return last;
};

describe("the stream of events", () => {
  it("makes stale what an event is about, at most once a second for each question", () => {
    for (let i = 0; i < 10; i += 1) stream().tell("job.progress", { job_id: 7, done: i });
    const ofJob = () => asked.filter((key) => JSON.stringify(key) === '["job","7"]').length;
    expect(ofJob()).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(ofJob()).toBe(2);
  });
  it("asks for everything when the server says that too much was missed", () => {
    stream().tell("reset", {});
    expect(asked).toEqual(["everything"]);
  });
  it("is open only while the browser says so", () => {
    expect(streamIsOpen()).toBe(false);
    stream().onopen?.();
    expect(streamIsOpen()).toBe(true);
    stream().onerror?.();
    vi.advanceTimersByTime(3_000);
    expect(streamIsOpen()).toBe(true);
    vi.advanceTimersByTime(2_000);
    expect(streamIsOpen()).toBe(false);
  });
  it("counts an event once that is told again after a break", () => {
    stream().tell("order.changed", { number: "1" }, "41");
    stream().tell("order.changed", { number: "2" }, "42");
    vi.advanceTimersByTime(5_000);
    stream().tell("order.changed", { number: "1" }, "41");
    expect(asked).toHaveLength(2);
  });
  it("tries a refused stream again after a while", () => {
    stream().readyState = PretendStream.CLOSED;
    stream().onerror?.();
    vi.advanceTimersByTime(14_000);
    expect(PretendStream.opened).toHaveLength(1);
    vi.advanceTimersByTime(2_000);
    expect(PretendStream.opened).toHaveLength(2);
  });
  it("survives what it cannot read", () => {
    stream().dispatchEvent(new MessageEvent("job.done", { data: "not JSON" }));
    expect(asked.length).toBeGreaterThan(0);
  });
});

describe("what is said aloud", () => {
  const said: string[] = [];
  const done = (job_id: number, outcome: string) => {
    say("job.done", { job_id, outcome, kind: "shipstation-sync", message: `job ${job_id}` });
  };
  beforeEach(() => {
    said.length = 0;
    vi.spyOn(news, "announceNews").mockImplementation((text) => said.push(text));
  });
  it("is the end of what was asked for here, and every failure; not each good run", () => {
    rememberAsked(8);
    done(7, "ok");
    done(8, "ok");
    done(9, "failed");
    expect(said).toEqual(["ShipStation sync: job 8", "ShipStation sync: job 9"]);
  });
});

describe("what an event makes stale", () => {
  it("treats a job's number as the text that the address has", () => {
    expect(staleKeys("job.changed", { job_id: 12 })).toContainEqual(["job", "12"]);
  });
  it("leaves the list of orders alone: its rows must not move under a hand", () => {
    const keys = staleKeys("order.changed", { number: "696285" });
    expect(keys).toEqual([["order", "696285"]]);
  });
  it("is nothing for a word that is not known", () => {
    expect(staleKeys("lot.changed", {})).toEqual([]);
  });
});
