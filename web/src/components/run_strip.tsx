// The last runs as bars, newest right. Shape says the outcome as well as colour: failed is notched,
// partly is short, skipped and later are outlines. The table beside it says the same in words.
import type { Run } from "../api";
import { useZone } from "../clock";
import { fullTime, plural } from "../format";
import { outcomeLooks } from "../words";

export function RunStrip({ runs }: { runs: Run[] }) {
  const zone = useZone();
  const failed = runs.filter((run) => run.outcome === "failed").length;
  const label = `Last ${plural(runs.length, "run")}, ${failed === 0 ? "none" : failed} failed`;
  return (
    <div className="run-strip" role="img" aria-label={label}>
      {runs.toReversed().map((run) => (
        <span
          key={run.run_id}
          className={`bar ${run.outcome}`}
          title={`${outcomeLooks[run.outcome].word}, ${fullTime(run.started_at, zone)}`}
        />
      ))}
    </div>
  );
}
