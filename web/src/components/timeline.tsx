// What happened to an order, newest first. Filled dot: tallyman did it; hollow: it happened
// elsewhere; amber: a problem. The newest and the first events stay open, the middle folds.
import { useState } from "react";
import type { OrderEvent } from "../api";
import { plural } from "../format";
import { TimelineEvent } from "./timeline_event";

const openAtTop = 6;

export function Timeline({
  events,
  showPayload,
}: {
  events: OrderEvent[];
  showPayload: () => void;
}) {
  const [unfolded, setUnfolded] = useState(false);
  const hidden = events.length - openAtTop - 1;
  const folds = hidden > 1 && !unfolded;
  const top = folds ? events.slice(0, openAtTop) : events;
  const first = folds ? events.slice(-1) : [];
  return (
    <section className="card" aria-labelledby="timeline">
      <div className="row">
        <h2 id="timeline">Timeline</h2>
        <span className="meta push">newest first</span>
      </div>
      {events.length === 0 && <p className="muted">Nothing has been recorded yet.</p>}
      <ol className="timeline">
        {top.map((event) => (
          <TimelineEvent key={event.id} event={event} showPayload={showPayload} />
        ))}
        {folds && (
          <li className="fold">
            <button type="button" className="button small" onClick={() => setUnfolded(true)}>
              Show {plural(hidden, "more event")}
            </button>
          </li>
        )}
        {first.map((event) => (
          <TimelineEvent key={event.id} event={event} showPayload={showPayload} />
        ))}
      </ol>
    </section>
  );
}
