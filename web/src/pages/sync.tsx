// How the sync with ShipStation stands, its last runs, and a button to run it now.
import { useSearch } from "wouter";
import type { Run, SyncStatus } from "../api";
import { Badge } from "../components/badge";
import { useDisconnectedSince } from "../components/live_state";
import { Problem } from "../components/problem";
import { RunCard } from "../components/run_card";
import { RunStrip } from "../components/run_strip";
import { RunTable } from "../components/run_table";
import { SyncFigures } from "../components/sync_figures";
import { plural } from "../format";
import { usePageTitle } from "../page_title";
import { useRun, useRuns, useStartSync, useSyncStatus } from "../queries";
import { useShortcuts } from "../shortcuts";
import { syncLooks } from "../words";

// Why the button cannot be pressed now, in words, or none.
function whyNot(status: SyncStatus | undefined, disconnected: string | null): string | null {
  if (disconnected) return `Not connected since ${disconnected}`;
  if (!status) return "The state of the sync is not known yet";
  if (status.state === "not_set_up") return "ShipStation's credentials are missing";
  if (status.state === "running") return "A run is on its way";
  return null;
}

function result(run: Run): string {
  if (run.outcome === "running") return run.progress?.phase ?? "Running";
  const units = `${plural(run.manual_orders_imported, "manual order")} imported`;
  return run.message ?? `${units}, ${plural(run.status_updates, "status update")}`;
}

function SyncNow({ status }: { status: SyncStatus | undefined }) {
  const disconnected = useDisconnectedSince();
  const start = useStartSync();
  const started = useRun(start.data?.run_id ?? null);
  const reason = whyNot(status, disconnected);
  const said = start.data?.already_running ? "A run was already on its way. " : "";
  return (
    <>
      <span role="status" className="muted sync-said">
        {started.data && said + result(started.data)}
      </span>
      <button
        type="button"
        className="button primary"
        disabled={reason !== null || start.isPending}
        title={reason ?? undefined}
        onClick={() => start.mutate()}
      >
        {start.isPending ? "Starting…" : "Sync now"}
      </button>
      {start.error && <Problem error={start.error} busy={start.isPending} />}
    </>
  );
}

function RunList({ chosen, last }: { chosen: string | null; last: Run | null }) {
  const runs = useRuns(last);
  return (
    <section className="card flush" aria-labelledby="runs">
      <div className="card-head">
        <h2 id="runs">Last runs</h2>
        {runs.data && <RunStrip runs={runs.data.items} />}
      </div>
      {runs.error && (
        <Problem
          error={runs.error}
          dataFrom={runs.dataUpdatedAt || null}
          busy={runs.isFetching}
          retry={() => runs.refetch()}
        />
      )}
      {runs.data?.items.length === 0 ? (
        <p className="empty">No run yet.</p>
      ) : (
        runs.data && <RunTable runs={runs.data.items} chosen={chosen} />
      )}
    </section>
  );
}

export function SyncPage() {
  usePageTitle("Sync");
  const chosen = new URLSearchParams(useSearch()).get("run");
  const status = useSyncStatus();
  const picked = useRun(chosen);
  useShortcuts({ r: () => void status.refetch() });
  const data = status.data;
  const run = chosen ? picked.data : data?.last_run;
  return (
    <>
      <div className="page-head">
        <h1>ShipStation Sync</h1>
        {data && <Badge look={syncLooks[data.state]} />}
        <div className="push row wrap">
          <SyncNow status={data} />
        </div>
      </div>
      {status.error && (
        <Problem
          error={status.error}
          dataFrom={status.dataUpdatedAt || null}
          busy={status.isFetching}
          retry={() => status.refetch()}
          next="Trying again every 5 s."
        />
      )}
      {data?.state === "not_set_up" && (
        <p className="note warn">
          ShipStation is not connected. Put its key and secret into the configuration; the command
          "tallyman doctor" says what is missing.
        </p>
      )}
      {data?.warnings.map((warning) => (
        <p key={warning} className="note warn">
          <Badge look={{ tone: "warn", icon: "triangle", word: "Warning" }} />
          {warning}
        </p>
      ))}
      {data && <SyncFigures status={data} />}
      {picked.error && chosen && <Problem error={picked.error} busy={picked.isFetching} />}
      {run && <RunCard title={chosen ? "Chosen run" : "Last run"} run={run} />}
      <RunList chosen={chosen} last={data?.last_run ?? null} />
    </>
  );
}
