// The last runs in words. A run's time opens its counts above.
import { Link } from "wouter";
import type { Run } from "../api";
import { count, took } from "../format";
import { outcomeLooks } from "../words";
import { Badge } from "./badge";
import { Moment } from "./moment";

export function RunTable({ runs, chosen }: { runs: Run[]; chosen: string | null }) {
  return (
    <table className="table runs">
      <thead>
        <tr>
          <th scope="col">Started</th>
          <th scope="col">Outcome</th>
          <th scope="col" className="c-message">
            What happened
          </th>
          <th scope="col" className="number">
            Received
          </th>
          <th scope="col" className="number">
            Applied
          </th>
          <th scope="col" className="number c-requests">
            Requests
          </th>
          <th scope="col" className="number">
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.run_id} className={run.run_id === chosen ? "chosen" : undefined}>
            <td>
              <Link
                href={`/sync?run=${encodeURIComponent(run.run_id)}`}
                aria-current={run.run_id === chosen ? "true" : undefined}
              >
                <Moment at={run.started_at} />
              </Link>
            </td>
            <td>
              <Badge look={outcomeLooks[run.outcome]} />
            </td>
            <td className="c-message" title={run.why ?? run.message ?? undefined}>
              {run.message ?? run.why}
            </td>
            <td className="number">{count(run.received)}</td>
            <td className="number">{count(run.applied)}</td>
            <td className="number c-requests">{count(run.requests)}</td>
            <td className="number">{run.duration_ms === null ? "–" : took(run.duration_ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
