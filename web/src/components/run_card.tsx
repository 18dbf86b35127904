// One run with all its counts: what came in and what became of every row.
import type { Run } from "../api";
import { count, plural, took } from "../format";
import { fieldWord, meanings, outcomeLooks } from "../words";
import { Badge } from "./badge";
import { Fact } from "./fact";
import { Moment } from "./moment";
import { Progress } from "./progress";
import { Stamp } from "./stamp";

const shownReasons = 4;

export function RunCard({ title, run }: { title: string; run: Run }) {
  const reasons = Object.entries(run.skipped).sort(([, a], [, b]) => b - a);
  const skipped = reasons.slice(0, shownReasons);
  return (
    <section className="card" aria-label={title}>
      <div className="row wrap">
        <h2>{title}</h2>
        <Badge look={outcomeLooks[run.outcome]} />
        <span className="meta">
          run <span className="id">{run.run_id.slice(0, 8)}</span> · <Moment at={run.started_at} />
          {run.duration_ms !== null && ` · took ${took(run.duration_ms)}`}
          {run.why && run.why !== run.message && ` · ${run.why}`}
        </span>
      </div>
      {run.message && <p className="run-message">{run.message}</p>}
      {run.progress && run.outcome === "running" && (
        <Progress name="Progress of the run" {...run.progress} />
      )}
      <dl className="facts many">
        <Fact name="Manual orders imported">{count(run.manual_orders_imported)}</Fact>
        <Fact name="Status updates">{count(run.status_updates)}</Fact>
        <Fact name="Received" means={meanings.received}>
          {count(run.received)}
          {run.source_total !== null && (
            <span className="meta"> of {count(run.source_total)} there</span>
          )}
        </Fact>
        <Fact name="Applied" means={meanings.applied}>
          {count(run.applied)}
        </Fact>
        <Fact name="Unchanged" means={meanings.unchanged}>
          {count(run.unchanged)}
        </Fact>
        <Fact name="Quarantined" means={meanings.quarantined}>
          {count(run.quarantined)}
        </Fact>
        <Fact name="Deferred" means={meanings.deferred}>
          {count(run.deferred)}
        </Fact>
        <Fact name="Requests">{count(run.requests)}</Fact>
        <Fact name="Watermark" means={meanings.watermark}>
          <Stamp at={run.watermark?.before} /> → <Stamp at={run.watermark?.after} />
        </Fact>
        <Fact name="Read until" means={meanings.read_until}>
          <Stamp at={run.read_until} />
        </Fact>
      </dl>
      {skipped.length > 0 && (
        <p className="meta run-skipped">
          Skipped:{" "}
          {skipped.map(([reason, number]) => `${count(number)} ${fieldWord(reason)}`).join(" · ")}
          {reasons.length > shownReasons &&
            ` · and ${plural(reasons.length - shownReasons, "more reason")}`}
        </p>
      )}
    </section>
  );
}
