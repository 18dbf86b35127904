// The list of orders.
import type { OrderRow as Row } from "../api";
import { count } from "../format";
import { orderAddress } from "../url";
import { lastOpened, rememberOpened } from "../visited";
import { flagLooks, statusLook } from "../words";
import { Badge } from "./badge";
import { type Column, DataTable } from "./data_table";
import { Moment } from "./moment";
import { SkuLot } from "./sku_lot";

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

const none = <span className="muted">–</span>;

const columns: Column<Row>[] = [
  { key: "order", word: "Order", cell: (row) => <span className="id">{row.order_number}</span> },
  { key: "status", word: "Status", cell: (row) => <Badge look={statusLook(row.status)} /> },
  { key: "flags", word: "Flags", cell: (row) => <Flags order={row} /> },
  {
    key: "customer",
    word: "Customer",
    cell: (row) => row.customer ?? none,
    title: (row) => row.customer ?? undefined,
  },
  { key: "lines", word: "SKU · lot", cell: (row) => <Lines order={row} /> },
  {
    key: "units",
    word: "Units",
    number: true,
    cell: (row) => (
      <>
        {count(row.total_items)}
        <span className="unit-word meta"> {row.total_items === 1 ? "unit" : "units"}</span>
      </>
    ),
  },
  {
    key: "carrier",
    word: "Carrier",
    cell: (row) => row.service ?? row.carrier ?? none,
    title: (row) => [row.carrier, ...row.tracking_numbers].filter(Boolean).join("\n") || undefined,
  },
  { key: "updated", word: "Updated", cell: (row) => <Moment at={row.updated_at} /> },
];

const numberOf = (row: Row) => row.order_number;
const address = (row: Row) => orderAddress(row.order_number);
const opening = (row: Row) => rememberOpened(row.order_number);

interface Props {
  orders: Row[] | null;
  total: number | null;
  old: boolean;
}

export function OrderTable({ orders, total, old }: Props) {
  return (
    <DataTable
      name="Orders"
      className="orders"
      columns={columns}
      rows={orders}
      rowKey={numberOf}
      href={address}
      opening={opening}
      focusKey={lastOpened()}
      total={total}
      old={old}
    />
  );
}
