// Right side of the top bar: are we connected, how old is the last sync, what time is it there.
import type { Bootstrap } from "../api";
import { useNow, useZone } from "../clock";
import { useConnection } from "../connection";
import { clock } from "../format";
import { useDisconnectedSince } from "../may";
import { useSyncStatus } from "../queries";
import { Moment } from "./moment";

function LastSync() {
  const { data } = useSyncStatus();
  if (!data) return null;
  if (data.state === "not_set_up") return <span>ShipStation is not set up</span>;
  if (data.state === "running") return <span>Syncing with ShipStation</span>;
  const last = data.last_run;
  if (!last?.finished_at) return <span>Never synced</span>;
  const word = last.outcome === "failed" ? "Sync failed" : "ShipStation synced";
  return (
    <span>
      {word} <Moment at={last.finished_at} stepMs={1_000} />
    </span>
  );
}

function Clock() {
  const zone = useZone();
  const now = useNow(1_000);
  return (
    <time className="clock" title={`Warehouse time, ${zone}`}>
      {clock(now, zone)}
    </time>
  );
}

// Without a stream the pages ask every few seconds, which is live enough to be called so.
function useWord(): { word: string; title?: string } {
  const { stream, answeredAt } = useConnection();
  if (answeredAt === null) return { word: "Connecting" };
  if (stream === "open") return { word: "Live" };
  if (stream === "connecting") return { word: "Reconnecting" };
  return { word: "Live", title: "Asked every few seconds: there is no stream of events" };
}

export function LiveState({ bootstrap }: { bootstrap: Bootstrap | undefined }) {
  const since = useDisconnectedSince();
  const { word, title } = useWord();
  return (
    <div className="live">
      <span role="status">
        {since ? (
          <span className="disconnected">Not connected since {since}. Data may be old</span>
        ) : (
          <span title={title}>
            <span className={word === "Live" ? "dot" : "dot idle"} aria-hidden="true" />
            {word}
          </span>
        )}
      </span>
      <span className="last-sync">{!since && <LastSync />}</span>
      {bootstrap && <Clock />}
    </div>
  );
}
