// Where the sync stands: watermark and its lag, read until, next run, who holds the lock.
import type { SyncStatus } from "../api";
import { useNow } from "../clock";
import { count, duration, until } from "../format";
import { Badge } from "./badge";
import { Stamp } from "./stamp";

function Lock({ lease }: { lease: SyncStatus["lease"] }) {
  if (!lease) {
    return (
      <>
        <Badge look={{ tone: "idle", icon: "slash", word: "Free" }} />
        <span className="meta">A second start joins the run that is on its way.</span>
      </>
    );
  }
  return (
    <>
      <Badge look={{ tone: "run", icon: "dashed", word: "Held" }} />
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
      <div className="card figure" title="What ShipStation changed until then is in Tallyman">
        <h2 className="label">Watermark</h2>
        <b>
          <Stamp at={status.watermark} />
        </b>
        <span className="meta">
          {status.lag_seconds === null
            ? "nothing read yet"
            : `all changes until then are here, ${duration(status.lag_seconds * 1000)} behind`}
        </span>
      </div>
      <div className="card figure">
        <h2 className="label">Read until</h2>
        <b>
          <Stamp at={status.read_until} />
        </b>
        <span className="meta">
          {status.quarantine_open === 0
            ? "nothing in quarantine"
            : `${count(status.quarantine_open)} in quarantine`}
        </span>
      </div>
      <div className="card figure">
        <h2 className="label">Next run</h2>
        <b>{status.next_run_at ? until(status.next_run_at, now) : "–"}</b>
        <span className="meta">every {duration(status.interval_seconds * 1000)}</span>
      </div>
      <div className="card figure">
        <h2 className="label">Lock</h2>
        <Lock lease={status.lease} />
      </div>
    </div>
  );
}
