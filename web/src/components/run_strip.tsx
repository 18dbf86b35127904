// The last runs as bars, newest right. Shape says the outcome as well as colour: failed is notched,
// partly is short, skipped is an outline. The table beside it says the same in words.
import type { RunBrief } from "../api";
import { useZone } from "../clock";
import { fullTime, plural } from "../format";
import { outcomeLooks } from "../words";

interface Props {
  runs: RunBrief[]; // newest last
  places?: number; // the strip is at least so long; what never ran stays open
}

export function RunStrip({ runs, places = 0 }: Props) {
  const zone = useZone();
  const failed = runs.filter((run) => run.outcome === "failed").length;
  const label = `Last ${plural(runs.length, "run")}, ${failed === 0 ? "none" : failed} failed`;
  return (
    <div className="run-strip" role="img" aria-label={label}>
      {Array.from({ length: Math.max(places - runs.length, 0) }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
        <span key={index} className="bar none" />
      ))}
      {runs.map((run) => (
        <span
          key={run.run_id}
          className={`bar ${run.outcome}`}
          title={`${outcomeLooks[run.outcome].word}, ${fullTime(run.started_at, zone)}`}
        />
      ))}
    </div>
  );
}
