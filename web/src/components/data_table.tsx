// A table of 36 px rows. Where a row opens something it is a grid: one tab stop, j/k or arrows to
// move, Enter to open; the first cell is a true link, so that Ctrl+click and "copy address" work.
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { useLocation } from "wouter";
import { useShortcuts } from "../shortcuts";
import { SkeletonRows } from "./skeleton_rows";

export interface Column<Row> {
  key: string; // its cells have the class c-<key>
  word: ReactNode;
  number?: boolean;
  cell: (row: Row) => ReactNode;
  title?: (row: Row) => string | undefined;
}

interface Props<Row> {
  name: string;
  className?: string;
  columns: Column<Row>[]; // the same array at every drawing
  rows: Row[] | null; // none while the first answer is on its way
  rowKey: (row: Row) => string;
  href?: (row: Row) => string; // the same function at every drawing
  opening?: (row: Row) => void;
  focusKey?: string | null; // coming back, the row that has the focus again
  total?: number | null; // rows of the whole list, when known
  old?: boolean; // the rows are from before what is being asked now
}

interface RowProps<Row> extends Pick<Props<Row>, "columns" | "href" | "opening"> {
  row: Row;
  index: number;
  active: boolean;
  activate: (index: number) => void;
}

function cellClass<Row>({ key, number }: Column<Row>): string {
  return number ? `c-${key} number` : `c-${key}`;
}

function GridRowView<Row>(props: RowProps<Row>) {
  const { row, index, columns, active, activate, opening } = props;
  const [, navigate] = useLocation();
  const address = props.href?.(row) ?? "";

  const open = (event: MouseEvent<HTMLElement>) => {
    const apart = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    opening?.(row);
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
      {columns.map((column, place) => (
        <td
          key={column.key}
          role="gridcell"
          className={cellClass(column)}
          title={column.title?.(row)}
        >
          {place === 0 ? (
            <a href={address} tabIndex={-1}>
              {column.cell(row)}
            </a>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}

const GridRow = memo(GridRowView) as typeof GridRowView;

function Grid<Row>(props: Props<Row> & { href: (row: Row) => string }) {
  const { name, className, columns, rows: known, rowKey, href, opening, focusKey } = props;
  const [, navigate] = useLocation();
  const [active, setActive] = useState(0);
  const table = useRef<HTMLTableElement>(null);
  const rows = known ?? [];
  const current = Math.min(active, Math.max(rows.length - 1, 0));
  const total = props.total ?? null;

  const focusRow = useCallback((index: number) => {
    table.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus();
  }, []);

  const restored = useRef(false);
  useEffect(() => {
    if (restored.current || !known) return;
    restored.current = true;
    const place = focusKey ? known.findIndex((row) => rowKey(row) === focusKey) : -1;
    if (place >= 0 && document.activeElement === document.body) focusRow(place);
  }, [known, focusKey, rowKey, focusRow]);

  // Where the row with the focus stands now: rows that came in above it have moved it.
  const focused = (): number | null => {
    const row = document.activeElement?.closest<HTMLElement>("[data-row]");
    return row && table.current?.contains(row) ? Number(row.dataset.row) : null;
  };

  // From outside the list the first key lands on the current row, the next ones move on.
  const move = (step: number) => {
    if (rows.length === 0) return;
    const from = focused();
    focusRow(Math.min(Math.max(from === null ? current : from + step, 0), rows.length - 1));
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
      const row = rows[focused() ?? current];
      if (!row) return;
      opening?.(row);
      navigate(href(row));
    } else return;
    event.preventDefault();
  };

  return (
    <table
      ref={table}
      role="grid"
      className={["table grid", className, props.old && "old"].filter(Boolean).join(" ")}
      aria-label={name}
      aria-busy={known === null || props.old === true}
      aria-rowcount={total === null ? -1 : total + 1}
      onKeyDown={pressed}
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" className={cellClass(column)}>
              {column.word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {known === null && <SkeletonRows columns={columns.length} />}
        {rows.map((row, index) => (
          <GridRow
            key={rowKey(row)}
            row={row}
            index={index}
            columns={columns}
            href={href}
            opening={opening}
            active={index === current}
            activate={setActive}
          />
        ))}
      </tbody>
    </table>
  );
}

function PlainTable<Row>({ name, className, columns, rows, rowKey, old }: Props<Row>) {
  return (
    <table
      className={["table", className, old && "old"].filter(Boolean).join(" ")}
      aria-label={name}
      aria-busy={rows === null || old === true}
    >
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={cellClass(column)}>
              {column.word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows === null && <SkeletonRows columns={columns.length} />}
        {rows?.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) => (
              <td key={column.key} className={cellClass(column)} title={column.title?.(row)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function DataTable<Row>(props: Props<Row>) {
  return props.href ? <Grid {...props} href={props.href} /> : <PlainTable {...props} />;
}
