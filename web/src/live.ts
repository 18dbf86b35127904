// The stream of events: small notes of what changed, after which the pages ask again by key. The
// browser resumes a broken stream by itself; one that was refused is tried again after a while.
import type { QueryClient } from "@tanstack/react-query";
import { announceNews } from "./announce";
import { wasAskedHere } from "./asked_here";
import { learnServerTime } from "./clock";
import { streamIs } from "./connection";
import { learnBuild } from "./new_version";
import { throttleByName } from "./throttle";
import { jobWord } from "./words";

const perKeyMs = 1_000;
const refusedMs = 15_000;
const patienceMs = 4_000; // a stream that is back so soon was never worth a word
const rememberedIds = 1_000;

type Data = Record<string, unknown>;
type Key = readonly unknown[];

// Which questions an event makes stale. A job's id may be a number or a text: the keys hold texts.
const staleAfter: Record<string, (data: Data) => Key[]> = {
  "job.progress": ({ job_id }) => [
    ["job", String(job_id)],
    ["jobs"],
    ["sync-status"],
    ["runs"],
    ["run"],
  ],
  "job.changed": ({ job_id }) => [["job", String(job_id)], ["jobs"], ["workflows"]],
  "job.done": ({ job_id }) => [
    ["job", String(job_id)],
    ["jobs"],
    ["workflows"],
    ["sync-status"],
    ["credentials"],
    ["mail"],
  ],
  "sync.run": () => [
    ["sync-status"],
    ["runs"],
    ["run"],
    ["today"],
    ["workflows"],
    ["budget"],
    ["breakers"],
  ],
  "workflow.changed": () => [["workflows"], ["sync-status"]],
  "alert.opened": () => [["alerts"], ["today"]],
  "alert.closed": () => [["alerts"], ["today"]],
  "alert.changed": () => [["alerts"], ["today"]],
  "settings.changed": () => [["settings"], ["setting-history"], ["today"], ["workflows"]],
  "import.changed": ({ id }) => [["imports"], ["import", String(id)], ["orders"], ["today"]],
  "bundle.changed": () => [["bundles"]],
  "order.changed": ({ number }) => [["order", String(number)]],
};

export function staleKeys(event: string, data: Data): Key[] {
  return staleAfter[event]?.(data) ?? [];
}

export function say(event: string, data: Data): void {
  if (event === "job.done") {
    const failed = data.outcome === "failed";
    if (!failed && !wasAskedHere(data.job_id)) return;
    const word = jobWord(String(data.kind ?? "job"));
    announceNews(`${word}: ${data.message || data.outcome}`, failed ? "warn" : "ok");
  }
  if (event === "alert.opened" && data.severity === "critical") {
    announceNews("A new critical alert is open.", "warn");
  }
}

// A stream that comes back tells some events again: each counts once.
function onlyNew(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (!id) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (oldest !== undefined && seen.size > rememberedIds) seen.delete(oldest);
    return true;
  };
}

// Opens the stream while the page can be seen. Answers how to end it.
export function startLive(client: QueryClient): () => void {
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let doubt: ReturnType<typeof setTimeout> | undefined;
  const isNew = onlyNew();
  const invalidate = throttleByName(perKeyMs, (name) => {
    void client.invalidateQueries({ queryKey: JSON.parse(name) as Key });
  });

  const close = () => {
    clearTimeout(again);
    clearTimeout(doubt);
    source?.close();
    source = null;
    streamIs("closed");
  };

  const open = (quiet = false) => {
    close();
    if (!quiet) streamIs("connecting");
    const stream = new EventSource("/api/v1/events");
    source = stream;
    stream.onopen = () => {
      clearTimeout(doubt);
      streamIs("open");
    };
    stream.onerror = () => {
      clearTimeout(doubt);
      if (stream.readyState !== EventSource.CLOSED) {
        doubt = setTimeout(() => streamIs("connecting"), patienceMs);
        return;
      }
      streamIs("closed");
      again = setTimeout(() => open(true), refusedMs);
    };
    const on = (event: string, act: (data: Data) => void) =>
      stream.addEventListener(event, (message) => {
        if (isNew(message.lastEventId)) act(parse(message.data));
      });
    // These two have no id of their own: the browser gives them the one before.
    stream.addEventListener("hello", ({ data: text }) => {
      const data = parse(text);
      learnServerTime(String(data.now));
      learnBuild(String(data.build));
    });
    stream.addEventListener("reset", () => void client.invalidateQueries());
    for (const event of Object.keys(staleAfter)) {
      on(event, (data) => {
        for (const key of staleKeys(event, data)) invalidate.call(JSON.stringify(key));
        say(event, data);
      });
    }
  };

  // Browsers allow six connections to one server: a tab that nobody sees gives its own back.
  const seen = () => {
    if (document.visibilityState === "hidden") return close();
    if (source) return;
    open();
    void client.invalidateQueries();
  };

  open();
  document.addEventListener("visibilitychange", seen);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    invalidate.stop();
    close();
  };
}

function parse(text: string): Data {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null ? (data as Data) : {};
  } catch {
    return {};
  }
}
