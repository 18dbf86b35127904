// An error beside what failed: what happened, what the reader still sees, what happens next.
import { useState } from "react";
import { ApiError } from "../api";
import { serverNow, useNow, useZone } from "../clock";
import { duration, timeOfDay } from "../format";
import { Button } from "./button";
import { Icon } from "./icon";

interface Props {
  error: Error;
  dataFrom?: number | null; // ms; when the data still shown was read
  busy: boolean;
  retry?: () => void;
  next?: string; // "Trying again every 30 s."
}

// Counts down the wait that the server asked for; 0 when there is none (any more).
function useWait(error: Error): number {
  const [{ of, until }, set] = useState({ of: error, until: waitUntil(error) });
  if (of !== error) set({ of: error, until: waitUntil(error) });
  const now = useNow(1_000);
  return Math.max(until - now, 0);
}

function waitUntil(error: Error): number {
  return error instanceof ApiError && error.retryAfterS
    ? serverNow() + error.retryAfterS * 1000
    : 0;
}

export function Problem({ error, dataFrom, busy, retry, next }: Props) {
  const zone = useZone();
  const wait = useWait(error);
  const kept = dataFrom
    ? ` Showing data from ${timeOfDay(new Date(dataFrom).toISOString(), zone)}.`
    : "";
  const id = error instanceof ApiError ? error.requestId : null;
  const later = wait > 0 ? `Try again in ${duration(Math.max(wait, 1_000))}` : null;
  return (
    <div className="note warn" role="alert">
      <Icon name="triangle" />
      <div className="grow">
        <b>{error.message.replace(/\.$/, "")}.</b>
        {kept} {later ? `${later}.` : next}
        {id && (
          <details>
            <summary>For support</summary>
            Request <span className="id">{id}</span>
          </details>
        )}
      </div>
      {retry && (
        <Button small onClick={retry} busy={busy} busyWord="Trying…" why={later}>
          Retry now
        </Button>
      )}
    </div>
  );
}
