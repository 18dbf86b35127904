// Shows and reads out the last short sentence. The region stays in the page while it is empty.
import { dismiss, useSaid } from "../announce";
import { Icon } from "./icon";

export function Announcer() {
  const said = useSaid();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {said && (
        <div key={said.id} className={`toast ${said.tone}`}>
          <Icon name={said.tone === "ok" ? "check" : "triangle"} />
          <span className="grow">{said.text}</span>
          <button type="button" className="quiet" aria-label="Hide" onClick={dismiss}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
