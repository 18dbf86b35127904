// Right side of the top bar: are we connected, how old is the last sync, what time is it there.
import type { Bootstrap } from "../api";
import { ApiError } from "../api";
import { useNow, useZone } from "../clock";
import { clock, timeOfDay } from "../format";
import { useSyncStatus } from "../queries";
import { Moment } from "./moment";

export function useDisconnectedSince(): string | null {
  const { error, dataUpdatedAt } = useSyncStatus();
  const zone = useZone();
  if (!(error instanceof ApiError) || error.status !== 0) return null;
  return dataUpdatedAt ? timeOfDay(new Date(dataUpdatedAt).toISOString(), zone) : "the start";
}

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

function Clock({ zone }: { zone: string }) {
  const now = useNow(1_000);
  return (
    <time className="clock" title={`Warehouse time, ${zone}`}>
      {clock(now, zone)}
    </time>
  );
}

export function LiveState({ bootstrap }: { bootstrap: Bootstrap | undefined }) {
  const since = useDisconnectedSince();
  const { isPending } = useSyncStatus();
  return (
    <div className="live">
      {since ? (
        <span className="disconnected">Not connected since {since}. Data may be old</span>
      ) : (
        <span>
          <span className={isPending ? "dot idle" : "dot"} aria-hidden="true" />
          {isPending ? "Connecting" : "Live"}
        </span>
      )}
      <span className="last-sync">{!since && <LastSync />}</span>
      {bootstrap && <Clock zone={bootstrap.zone} />}
    </div>
  );
}
