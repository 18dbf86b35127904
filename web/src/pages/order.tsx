// One order: why it is here, what it holds, how it travels, and everything that happened to it.
import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { ApiError, type OrderAnswer } from "../api";
import { AsOf } from "../components/as_of";
import { Badge } from "../components/badge";
import { CopyButton } from "../components/copy_button";
import { ItemsCard } from "../components/items_card";
import { PayloadDialog } from "../components/payload_dialog";
import { Problem } from "../components/problem";
import { ShippingCard } from "../components/shipping_card";
import { Timeline } from "../components/timeline";
import { copyText } from "../copy";
import { calendarDay } from "../format";
import { usePageTitle } from "../page_title";
import { useOrder } from "../queries";
import { useShortcuts } from "../shortcuts";
import { orderAddress } from "../url";
import { listAddress, neighbour, rememberOpened } from "../visited";
import { flagLooks, sourceWord, statusLook } from "../words";

function Flags({ of }: { of: OrderAnswer["order"] }) {
  if (of.flags.length === 0) return null;
  return (
    <ul className="flag-notes">
      {of.flags.map((flag) => (
        <li
          key={`${flag.kind} ${flag.text}`}
          className={flag.kind === "provisional" ? "note plain" : "note warn"}
        >
          <Badge look={flagLooks[flag.kind]} />
          <span>{flag.text}</span>
        </li>
      ))}
    </ul>
  );
}

function WhyCard({ answer }: { answer: OrderAnswer }) {
  const { order } = answer;
  return (
    <section className="card" aria-labelledby="why">
      <h2 id="why">Why is this order here?</h2>
      <p className="why">{answer.why}</p>
      <dl className="facts">
        <div>
          <dt>Customer</dt>
          <dd>{order.customer ?? "–"}</dd>
        </div>
        <div>
          <dt>Email</dt>
          <dd className="breakable">{order.customer_email ?? "–"}</dd>
        </div>
        <div>
          <dt>Ordered</dt>
          <dd>{order.order_date ? calendarDay(order.order_date) : "–"}</dd>
        </div>
        <div>
          <dt>In ShipStation</dt>
          <dd className="id breakable">{order.shipstation_order_ids.join(", ") || "–"}</dd>
        </div>
      </dl>
    </section>
  );
}

function Body({ answer, showPayload }: { answer: OrderAnswer; showPayload: () => void }) {
  const { order } = answer;
  return (
    <>
      <Flags of={order} />
      <div className="order-columns">
        <div className="stack">
          <WhyCard answer={answer} />
          <ItemsCard
            items={answer.items}
            units={order.total_items}
            total={order.total_amount_cents}
            currency={order.currency}
          />
          <ShippingCard order={order} shipments={answer.shipments} />
        </div>
        <Timeline events={answer.timeline} showPayload={showPayload} />
      </div>
    </>
  );
}

export function OrderPage({ number }: { number: string }) {
  usePageTitle(number);
  const [, navigate] = useLocation();
  const answer = useOrder(number);
  const [payloadShown, setPayloadShown] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    rememberOpened(number);
    window.scrollTo(0, 0);
    heading.current?.focus();
  }, [number]);

  const step = (by: 1 | -1) => {
    const next = neighbour(number, by);
    if (next) navigate(orderAddress(next), { replace: true });
  };
  useShortcuts({
    "[": () => step(-1),
    "]": () => step(1),
    c: () => void copyText(number),
    r: () => void answer.refetch(),
  });

  const order = answer.data?.order;
  const unknown = answer.error instanceof ApiError && answer.error.status === 404;
  return (
    <>
      <div className="page-head">
        <nav aria-label="Breadcrumb" className="crumbs">
          <Link href={listAddress()}>Orders</Link>
          <span aria-hidden="true">/</span>
        </nav>
        <h1 ref={heading} tabIndex={-1}>
          {number}
        </h1>
        <CopyButton text={number} what="order number" />
        {order && <Badge look={statusLook(order.status)} />}
        {order && (
          <span className="badge idle" title="Where the order comes from">
            {sourceWord(order.source_system)}
          </span>
        )}
        <div className="push">{answer.data && <AsOf of={answer.data} />}</div>
      </div>
      {unknown && !answer.data && (
        <p className="card">
          There is no order {number} in the order book.{" "}
          <Link href={`/orders?status=all&q=${encodeURIComponent(number)}`}>Search for it</Link>
        </p>
      )}
      {answer.error && !(unknown && !answer.data) && (
        <Problem
          error={answer.error}
          dataFrom={answer.data ? Date.parse(answer.data.as_of) : null}
          busy={answer.isFetching}
          retry={() => answer.refetch()}
          next="Trying again every 30 s."
        />
      )}
      {answer.isPending && (
        <div className="card skeleton-card" aria-busy="true">
          <span />
          <span />
          <span />
        </div>
      )}
      {answer.data && <Body answer={answer.data} showPayload={() => setPayloadShown(true)} />}
      {payloadShown && <PayloadDialog number={number} close={() => setPayloadShown(false)} />}
    </>
  );
}
