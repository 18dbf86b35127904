// Where the sync stands: watermark and its lag, read until, next run, budget, who holds the lease.
import type { SyncStatus } from "../api";
import { useNow } from "../clock";
import { count, duration, until } from "../format";
import { Stamp } from "./stamp";

export function SyncFigures({ status }: { status: SyncStatus }) {
  const now = useNow(1_000);
  const { budget, lease } = status;
  return (
    <div className="figures">
      <div className="card figure">
        <h2 className="label">Watermark</h2>
        <b>
          <Stamp at={status.watermark} />
        </b>
        <span className="meta">
          {status.lag_seconds === null
            ? "nothing read yet"
            : `${duration(status.lag_seconds * 1000)} behind`}
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
        <h2 className="label">ShipStation requests</h2>
        {budget ? (
          <>
            <b>
              {count(budget.used)} / {count(budget.limit)}
            </b>
            <meter
              aria-label="Requests used"
              value={budget.used}
              max={budget.limit}
              high={budget.limit * 0.8}
              optimum={0}
            />
            <span className="meta">in {duration(budget.window_seconds * 1000)}</span>
          </>
        ) : (
          <b>–</b>
        )}
        {lease && (
          <span className="meta">
            lease of {lease.held_by} until <Stamp at={lease.until} />
          </span>
        )}
      </div>
    </div>
  );
}
