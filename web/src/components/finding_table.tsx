// What of the shop's file did not come in, and why: order, place in the file, reason.
import { Link } from "wouter";
import type { ImportFinding } from "../api";
import { findingWords } from "../words";
import { type Column, DataTable } from "./data_table";

// The others have no page: they did not come in.
const isInTheBook = ({ kind }: ImportFinding) => kind === "line_dropped" || kind === "not_taken";

const columns: Column<ImportFinding>[] = [
  { key: "kind", word: "What", cell: (row) => findingWords[row.kind] },
  {
    key: "order",
    word: "Order",
    cell: (row) =>
      row.order_number && isInTheBook(row) ? (
        <Link href={`/orders/${encodeURIComponent(row.order_number)}`}>{row.order_number}</Link>
      ) : (
        (row.order_number ?? "–")
      ),
  },
  { key: "place", word: "Line : column", cell: (row) => `${row.line} : ${row.column}` },
  {
    key: "sku",
    word: "SKU",
    cell: (row) => (row.sku ? `${row.quantity ?? 1} × ${row.sku}` : "–"),
  },
  { key: "reason", word: "Why", cell: (row) => row.reason },
];

interface Props {
  name: string;
  rows: ImportFinding[] | null;
  old?: boolean;
}

export function FindingTable({ name, rows, old }: Props) {
  return (
    <DataTable
      name={name}
      className="stacked findings"
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.line}:${row.column}:${row.kind}:${row.sku}:${row.reason}`}
      old={old}
    />
  );
}
