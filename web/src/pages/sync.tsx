// How the sync with ShipStation stands, its last runs, and a button to run it now.
import { Link, useSearch } from "wouter";
import type { Run, SyncStatus } from "../api";
import { Badge } from "../components/badge";
import { MeaningsCard } from "../components/meanings_card";
import { Moment } from "../components/moment";
import { PartnerCard } from "../components/partner_card";
import { Problem } from "../components/problem";
import { RunCard } from "../components/run_card";
import { RunErrors } from "../components/run_errors";
import { RunStrip } from "../components/run_strip";
import { RunTable } from "../components/run_table";
import { Empty, Loading } from "../components/states";
import { SyncFigures } from "../components/sync_figures";
import { SyncNow } from "../components/sync_now";
import { usePageTitle } from "../page_title";
import { useRun, useRuns, useSyncStatus } from "../queries";
import { useShortcuts } from "../shortcuts";
import { syncLooks, whoWord } from "../words";

function RunList({ chosen, last }: { chosen: string | null; last: Run | null }) {
  const runs = useRuns(last);
  const items = runs.data?.items;
  return (
    <>
      <div className="two-columns">
        <PartnerCard />
        {items ? <RunErrors runs={items} /> : <Loading lines={2} />}
      </div>
      <section className="card flush" aria-labelledby="runs">
        <div className="card-head">
          <h2 id="runs">Last runs</h2>
          {items && <RunStrip runs={items.toReversed()} />}
        </div>
        {runs.error && (
          <Problem
            error={runs.error}
            dataFrom={runs.dataUpdatedAt || null}
            busy={runs.isFetching}
            retry={() => runs.refetch()}
          />
        )}
        {items?.length === 0 && <Empty>No run yet.</Empty>}
        {items && items.length > 0 && <RunTable runs={items} chosen={chosen} />}
      </section>
    </>
  );
}

// Who switched it off, when and why.
function WhyOff({ of }: { of: NonNullable<SyncStatus["off"]> }) {
  return (
    <>
      {of.at && (
        <>
          {" "}
          <Moment at={of.at} />
        </>
      )}
      {of.by && ` by ${whoWord(of.by)}`}
      {of.reason && `: ${of.reason.replace(/\.$/, "")}`}
    </>
  );
}

export function SyncPage() {
  usePageTitle("Sync monitor");
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
      {data?.state === "disabled" && (
        <p className="note warn">
          <span>
            The sync does not run by itself. Switched off
            {data.off && <WhyOff of={data.off} />}. <Link href="/workflows">Open Workflows</Link>
          </span>
        </p>
      )}
      {data?.warnings.map((warning) => (
        <p key={warning} className="note warn">
          <Badge look={{ tone: "warn", icon: "triangle", word: "Warning" }} />
          {warning}
        </p>
      ))}
      {data ? <SyncFigures status={data} /> : status.isPending && <Loading />}
      {picked.error && chosen && <Problem error={picked.error} busy={picked.isFetching} />}
      {run && <RunCard title={chosen ? "Chosen run" : "Last run"} run={run} />}
      <RunList chosen={chosen} last={data?.last_run ?? null} />
      <MeaningsCard />
    </>
  );
}
