// How the order travels: every package with its tracking number, and where it goes.
import type { OrderDetail, Shipment } from "../api";
import { calendarDay, count, money, tracking } from "../format";
import { AddressCard } from "./address_card";
import { Badge } from "./badge";
import { CopyButton } from "./copy_button";

function Tracking({ number }: { number: string | null }) {
  if (!number) return <span className="muted">no tracking</span>;
  return (
    <span className="tracking">
      <span className="id">{tracking(number)}</span>
      <CopyButton text={number} what={`tracking number ${number}`} />
    </span>
  );
}

function Package({ shipment, currency }: { shipment: Shipment; currency: string | null }) {
  const contents = shipment.items.map(
    (line) => `${line.quantity} × ${line.sku}${line.lot ? ` · ${line.lot}` : ""}`,
  );
  return (
    <li className={shipment.voided ? "package voided" : "package"}>
      <div className="package-head">
        <Tracking number={shipment.tracking_number} />
        {shipment.voided && <Badge look={{ tone: "idle", icon: "slash", word: "Voided" }} />}
        {shipment.cost_cents !== null && (
          <span className="push">{money(shipment.cost_cents, currency)}</span>
        )}
      </div>
      <div className="meta">
        {[
          shipment.service ?? shipment.carrier,
          shipment.ship_date && calendarDay(shipment.ship_date),
          ...contents,
        ]
          .filter(Boolean)
          .join(" · ")}
      </div>
    </li>
  );
}

export function ShippingCard({ order, shipments }: { order: OrderDetail; shipments: Shipment[] }) {
  const seen = new Set(shipments.map((shipment) => shipment.tracking_number));
  const others = order.tracking_numbers.filter((number) => !seen.has(number));
  return (
    <section className="card" aria-labelledby="shipping">
      <h2 id="shipping">Shipping</h2>
      <dl className="facts">
        <div>
          <dt>Carrier</dt>
          <dd>{order.carrier ?? "–"}</dd>
        </div>
        <div>
          <dt>Service</dt>
          <dd>{order.service ?? "–"}</dd>
        </div>
        <div>
          <dt>Ship date</dt>
          <dd>{order.ship_date ? calendarDay(order.ship_date) : "–"}</dd>
        </div>
        <div>
          <dt>Packages</dt>
          <dd>{count(shipments.filter((shipment) => !shipment.voided).length)}</dd>
        </div>
      </dl>
      {(shipments.length > 0 || others.length > 0) && (
        <ul className="packages">
          {shipments.map((shipment) => (
            <Package key={shipment.shipment_id} shipment={shipment} currency={order.currency} />
          ))}
          {others.map((number) => (
            <li key={number} className="package">
              <Tracking number={number} />
            </li>
          ))}
        </ul>
      )}
      <div className="addresses">
        <AddressCard title="Ship to" of={order.ship_to} />
        <AddressCard title="Bill to" of={order.bill_to} />
      </div>
    </section>
  );
}
