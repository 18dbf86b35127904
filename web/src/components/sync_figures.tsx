// Where the sync stands: the watermark, until when was read and how long ago that is, the next run,
// and whether one is at work.
import type { SyncStatus } from "../api";
import { useNow } from "../clock";
import { count, duration, until } from "../format";
import { meanings } from "../words";
import { Badge } from "./badge";
import { Stamp } from "./stamp";

function AtWork({ lease }: { lease: SyncStatus["lease"] }) {
  if (!lease) {
    return (
      <>
        <Badge look={{ tone: "idle", icon: "slash", word: "No sync" }} />
        <span className="meta">Only one runs at a time; a second start joins it.</span>
      </>
    );
  }
  return (
    <>
      <Badge look={{ tone: "run", icon: "dashed", word: "A sync" }} />
      <span className="meta breakable">
        by {lease.held_by}, until <Stamp at={lease.until} /> at the longest
      </span>
    </>
  );
}

export function SyncFigures({ status }: { status: SyncStatus }) {
  const now = useNow(1_000);
  return (
    <div className="figures">
      <div className="card figure" title={meanings.watermark}>
        <h2 className="label">Watermark</h2>
        <b>
          <Stamp at={status.watermark} />
        </b>
        <span className="meta">
          {status.watermark === null
            ? "nothing read yet"
            : "the newest change that is here, and all before it"}
        </span>
      </div>
      <div className="card figure" title={meanings.read_until}>
        <h2 className="label">Read until</h2>
        <b>
          <Stamp at={status.read_until} />
        </b>
        <span className="meta">
          {status.lag_seconds === null
            ? "nothing read yet"
            : `${duration(status.lag_seconds * 1000)} behind`}
          {status.quarantine_open > 0 && `, ${count(status.quarantine_open)} in quarantine`}
        </span>
      </div>
      <div className="card figure">
        <h2 className="label">Next run</h2>
        <b>{status.next_run_at ? until(status.next_run_at, now) : "–"}</b>
        <span className="meta">
          {status.interval_seconds > 0
            ? `every ${duration(status.interval_seconds * 1000)}`
            : "when a person asks"}
        </span>
      </div>
      <div className="card figure">
        <h2 className="label">At work now</h2>
        <AtWork lease={status.lease} />
      </div>
    </div>
  );
}
