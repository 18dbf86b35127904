// The list of orders as a grid: one tab stop, j/k or arrows to move, Enter to open.
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { OrderRow as Row } from "../api";
import { useShortcuts } from "../shortcuts";
import { orderAddress } from "../url";
import { lastOpened, rememberOpened } from "../visited";
import { OrderRow } from "./order_row";
import { SkeletonRows } from "./skeleton_rows";

const columns = [
  { key: "order", word: "Order" },
  { key: "status", word: "Status" },
  { key: "flags", word: "Flags" },
  { key: "customer", word: "Customer" },
  { key: "lines", word: "SKU · lot" },
  { key: "units", word: "Units" },
  { key: "carrier", word: "Carrier" },
  { key: "updated", word: "Updated" },
];

interface Props {
  orders: Row[] | null; // none while the first answer is on its way
  total: number | null; // rows of the whole list, when known
  old: boolean; // the rows are from before the filter that is being asked now
}

export function OrderTable({ orders, total, old }: Props) {
  const [, navigate] = useLocation();
  const [active, setActive] = useState(0);
  const table = useRef<HTMLTableElement>(null);
  const rows = orders ?? [];
  const current = Math.min(active, Math.max(rows.length - 1, 0));

  const focusRow = useCallback((index: number) => {
    const row = table.current?.querySelector<HTMLElement>(`[data-row="${index}"]`);
    row?.focus();
  }, []);

  // Coming back from an order, the row it was opened from has the focus again.
  const restored = useRef(false);
  useEffect(() => {
    if (restored.current || !orders) return;
    restored.current = true;
    const place = orders.findIndex((order) => order.order_number === lastOpened());
    if (place >= 0 && document.activeElement === document.body) focusRow(place);
  }, [orders, focusRow]);

  // From outside the list the first key lands on the current row, the next ones move on.
  const move = (step: number) => {
    if (rows.length === 0) return;
    const inside = table.current?.contains(document.activeElement) ?? false;
    const next = inside ? current + step : current;
    focusRow(Math.min(Math.max(next, 0), rows.length - 1));
  };

  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
  });

  const pressed = (event: KeyboardEvent) => {
    if (event.key === "Home") focusRow(0);
    else if (event.key === "End") focusRow(rows.length - 1);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      const number = rows[current]?.order_number;
      if (!number) return;
      rememberOpened(number);
      navigate(orderAddress(number));
    } else return;
    event.preventDefault();
  };

  return (
    <table
      ref={table}
      role="grid"
      className={old ? "table orders old" : "table orders"}
      aria-label="Orders"
      aria-busy={orders === null || old}
      aria-rowcount={total === null ? -1 : total + 1}
      onKeyDown={pressed}
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {columns.map(({ key, word }) => (
            <th
              key={key}
              role="columnheader"
              scope="col"
              className={key === "units" ? "c-units number" : `c-${key}`}
            >
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {orders === null && <SkeletonRows columns={columns.length} />}
        {rows.map((order, index) => (
          <OrderRow
            key={order.order_number}
            order={order}
            index={index}
            active={index === current}
            activate={setActive}
          />
        ))}
      </tbody>
    </table>
  );
}
