// One event of an order: what, when, by whom or which run, which rule, old and new values.
import { Link } from "wouter";
import type { Change, OrderEvent } from "../api";
import { eventSource, eventTones, fieldWord } from "../words";
import { Moment } from "./moment";

function ChangeLine({ change }: { change: Change }) {
  return (
    <div className="change">
      <dt>{fieldWord(change.field)}</dt>
      <dd>
        {change.before ? <s>{change.before}</s> : <span className="muted">empty</span>}
        <span aria-hidden="true"> → </span>
        <span className="visually-hidden"> became </span>
        {change.after ?? <span className="muted">empty</span>}
      </dd>
    </div>
  );
}

export function TimelineEvent({
  event,
  showPayload,
}: {
  event: OrderEvent;
  showPayload: () => void;
}) {
  return (
    <li className={event.tone}>
      <div className="event-head">
        <span className={event.tone === "ours" ? "event-title strong" : "event-title"}>
          <span className="visually-hidden">{eventTones[event.tone]}: </span>
          {event.title}
        </span>
        <Moment at={event.at} />
      </div>
      <div className="meta">
        {[event.source && eventSource(event.source), event.by && `by ${event.by}`]
          .filter(Boolean)
          .join(" · ")}
        {event.run_id && (
          <>
            {event.source || event.by ? ", " : ""}
            <Link href={`/sync?run=${encodeURIComponent(event.run_id)}`}>
              run <span className="id">{event.run_id.slice(0, 8)}</span>
            </Link>
          </>
        )}
      </div>
      {event.detail && <div className="meta">{event.detail}</div>}
      {event.rule && <div className="meta">Rule: {event.rule}</div>}
      {event.changes.length > 0 && (
        <dl className="changes">
          {event.changes.map((change) => (
            <ChangeLine key={change.field} change={change} />
          ))}
        </dl>
      )}
      {event.has_payload && (
        <button type="button" className="link meta" onClick={showPayload}>
          Show payload
        </button>
      )}
    </li>
  );
}
