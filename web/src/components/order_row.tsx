// One order of the list. The whole row opens it; the number is a true link, so that Ctrl+click,
// middle click and "copy address" work.
import { type MouseEvent, memo } from "react";
import { useLocation } from "wouter";
import type { OrderRow as Row } from "../api";
import { count } from "../format";
import { orderAddress } from "../url";
import { rememberOpened } from "../visited";
import { flagLooks, statusLook } from "../words";
import { Badge } from "./badge";
import { Moment } from "./moment";
import { SkuLot } from "./sku_lot";

interface Props {
  order: Row;
  index: number;
  active: boolean;
  activate: (index: number) => void;
}

function Flags({ order }: { order: Row }) {
  const [first, ...others] = order.flags;
  if (!first) return null;
  return (
    <>
      <Badge look={flagLooks[first.kind]} title={first.text} />
      {others.length > 0 && (
        <span className="meta" title={others.map((flag) => flag.text).join("\n")}>
          {" "}
          +{others.length}
        </span>
      )}
    </>
  );
}

function Lines({ order }: { order: Row }) {
  const [first, ...others] = order.lines;
  if (!first) return <span className="muted">no items</span>;
  const rest = others.map((line) => `${line.quantity} × ${line.sku} · ${line.lot ?? "no lot"}`);
  return (
    <>
      <SkuLot line={first} />
      {rest.length > 0 && (
        <span className="meta" title={rest.join("\n")}>
          {" "}
          +{rest.length}
        </span>
      )}
    </>
  );
}

function OrderRowView({ order, index, active, activate }: Props) {
  const [, navigate] = useLocation();
  const address = orderAddress(order.order_number);

  const open = (event: MouseEvent<HTMLElement>) => {
    const apart = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    rememberOpened(order.order_number);
    if (apart || window.getSelection()?.toString()) return;
    event.preventDefault();
    navigate(address);
  };

  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      tabIndex={active ? 0 : -1}
      onFocus={() => activate(index)}
      onClick={open}
    >
      <td role="gridcell" className="c-order">
        <a className="id" href={address} tabIndex={-1}>
          {order.order_number}
        </a>
      </td>
      <td role="gridcell" className="c-status">
        <Badge look={statusLook(order.status)} />
      </td>
      <td role="gridcell" className="c-flags">
        <Flags order={order} />
      </td>
      <td role="gridcell" className="c-customer" title={order.customer ?? undefined}>
        {order.customer ?? <span className="muted">–</span>}
      </td>
      <td role="gridcell" className="c-lines">
        <Lines order={order} />
      </td>
      <td role="gridcell" className="c-units number">
        {count(order.total_items)}
        <span className="unit-word meta"> {order.total_items === 1 ? "unit" : "units"}</span>
      </td>
      <td
        role="gridcell"
        className="c-carrier"
        title={[order.carrier, ...order.tracking_numbers].filter(Boolean).join("\n") || undefined}
      >
        {order.service ?? order.carrier ?? <span className="muted">–</span>}
      </td>
      <td role="gridcell" className="c-updated">
        <Moment at={order.updated_at} />
      </td>
    </tr>
  );
}

export const OrderRow = memo(OrderRowView);
