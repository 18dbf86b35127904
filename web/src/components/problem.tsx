// An error beside what failed: what happened, what the reader still sees, what happens next.
import { ApiError } from "../api";
import { useZone } from "../clock";
import { timeOfDay } from "../format";
import { Icon } from "./icon";

interface Props {
  error: Error;
  dataFrom?: number | null; // ms; when the data still shown was read
  busy: boolean;
  retry?: () => void;
  next?: string; // "Trying again every 30 s."
}

export function Problem({ error, dataFrom, busy, retry, next }: Props) {
  const zone = useZone();
  const kept = dataFrom
    ? ` Showing data from ${timeOfDay(new Date(dataFrom).toISOString(), zone)}.`
    : "";
  const id = error instanceof ApiError ? error.requestId : null;
  return (
    <div className="note warn" role="alert">
      <Icon name="triangle" />
      <div className="grow">
        <b>{error.message.replace(/\.$/, "")}.</b>
        {kept} {next}
        {id && (
          <details>
            <summary>For support</summary>
            Request <span className="id">{id}</span>
          </details>
        )}
      </div>
      {retry && (
        <button type="button" className="button small" onClick={retry} disabled={busy}>
          {busy ? "Trying…" : "Retry now"}
        </button>
      )}
    </div>
  );
}
