// What went wrong in the last runs, the same message once with its number.
import type { Run } from "../api";
import { plural } from "../format";
import { outcomeLooks } from "../words";
import { Badge } from "./badge";
import { Moment } from "./moment";
import { Empty } from "./states";

export interface ErrorGroup {
  message: string;
  outcome: Run["outcome"];
  times: number;
  lastAt: string;
}

// Runs newest first → groups, the most recent first.
export function groupErrors(runs: Run[]): ErrorGroup[] {
  const groups = new Map<string, ErrorGroup>();
  for (const run of runs) {
    if (run.outcome !== "failed" && run.outcome !== "partial") continue;
    const message = run.message ?? "No message was left";
    const known = groups.get(message);
    if (known) known.times += 1;
    else {
      groups.set(message, { message, outcome: run.outcome, times: 1, lastAt: run.started_at });
    }
  }
  return [...groups.values()];
}

export function RunErrors({ runs }: { runs: Run[] }) {
  const groups = groupErrors(runs);
  return (
    <section className="card" aria-labelledby="errors">
      <h2 id="errors">
        Errors in the last {runs.length === 1 ? "run" : plural(runs.length, "run")}
      </h2>
      {groups.length === 0 ? (
        <Empty good>None.</Empty>
      ) : (
        <ul className="plain-list">
          {groups.map(({ message, outcome, times, lastAt }) => (
            <li key={message}>
              <Badge look={outcomeLooks[outcome]} /> {message}{" "}
              <span className="meta">
                {plural(times, "time")}, last <Moment at={lastAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
