// Whether the server is heard: by its stream of events, by its answers, or not at all.
import { useSyncExternalStore } from "react";
import { heard } from "./api/call";
import { serverNow } from "./clock";

// closed: no stream now, and none is being opened; the pages ask by themselves.
export type Stream = "closed" | "connecting" | "open";

export interface Connection {
  stream: Stream;
  answeredAt: number | null; // server time, ms
  lost: boolean;
}

let now: Connection = { stream: "closed", answeredAt: null, lost: false };
const listeners = new Set<() => void>();

function become(next: Partial<Connection>): void {
  now = { ...now, ...next };
  for (const changed of listeners) changed();
}

export function streamIs(stream: Stream): void {
  if (now.stream !== stream) become({ stream });
}

export function streamIsOpen(): boolean {
  return now.stream === "open";
}

heard.answered = () => {
  if (now.lost || now.answeredAt === null) become({ answeredAt: serverNow(), lost: false });
  else now = { ...now, answeredAt: serverNow() }; // nobody needs drawing for that
};
heard.unreachable = () => {
  if (!now.lost) become({ lost: true });
};

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => now);
}

// How often a page asks by itself: seldom while events arrive, else every `withoutStreamMs`.
export function pollEvery(withoutStreamMs: number, withStreamMs: number | false = false) {
  return streamIsOpen() ? withStreamMs : withoutStreamMs;
}
