// What ShipStation sent for an order, laid out for reading.
import { useZone } from "../clock";
import { fullTime } from "../format";
import { usePayload } from "../queries";
import { CopyButton } from "./copy_button";
import { Dialog } from "./dialog";
import { Problem } from "./problem";

export function PayloadDialog({ number, close }: { number: string; close: () => void }) {
  const zone = useZone();
  const payload = usePayload(number, true);
  return (
    <Dialog title={`Payload of ${number}`} close={close} wide>
      {payload.error && (
        <Problem error={payload.error} busy={payload.isFetching} retry={() => payload.refetch()} />
      )}
      {payload.isPending && <p className="muted">Reading…</p>}
      {payload.data?.documents.length === 0 && <p className="muted">No payload is kept.</p>}
      {payload.data?.documents.map((document) => {
        const text = JSON.stringify(document.document, null, 2);
        return (
          <section key={`${document.shipstation_order_id} ${document.seen_at}`}>
            <div className="row">
              <h3>
                ShipStation order <span className="id">{document.shipstation_order_id}</span>
              </h3>
              <span className="meta">seen {fullTime(document.seen_at, zone)}</span>
              <CopyButton text={text} what="payload" />
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, so the keys must reach it */}
            <pre className="payload" tabIndex={0}>
              {text}
            </pre>
          </section>
        );
      })}
    </Dialog>
  );
}
