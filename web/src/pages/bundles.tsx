// Bundles: SKUs that the shop sells and the warehouse does not have, and what each comes to.
import { useMemo, useState } from "react";
import type { Bundle } from "../api";
import { Badge } from "../components/badge";
import { BundleDialog } from "../components/bundle_dialog";
import { WriteButton } from "../components/button";
import { type Column, DataTable } from "../components/data_table";
import { Moment } from "../components/moment";
import { Problem } from "../components/problem";
import { Empty } from "../components/states";
import { plural } from "../format";
import { usePageTitle } from "../page_title";
import { useBundles } from "../queries";
import { useShortcuts } from "../shortcuts";
import type { Look } from "../words";

const active: Look = { tone: "ok", icon: "check", word: "Active" };
const off: Look = { tone: "idle", icon: "slash", word: "Off" };
const broken: Look = { tone: "bad", icon: "octagon", word: "Wrong" };

function Units({ of }: { of: Bundle }) {
  if (of.problem) return <span className="missed">{of.problem}</span>;
  if (!of.active) return <span className="muted">itself</span>;
  return (
    <>
      {of.units.map(({ sku, units, key }, index) => (
        <span key={sku} className={key ? undefined : "muted"}>
          {index > 0 && " + "}
          {units} × {sku}
          {!key && " (no key SKU, dropped)"}
        </span>
      ))}
    </>
  );
}

function components(bundle: Bundle): string {
  return bundle.components.map(({ sku, multiplier }) => `${multiplier} × ${sku}`).join(" + ");
}

function matches(bundle: Bundle, search: string): boolean {
  const text = `${bundle.sku} ${bundle.description} ${components(bundle)}`.toLowerCase();
  return text.includes(search.trim().toLowerCase());
}

const columnsWith = (change: (bundle: Bundle) => void): Column<Bundle>[] => [
  { key: "bundle", word: "Bundle", cell: (row) => <b>{row.sku}</b> },
  {
    key: "status",
    word: "State",
    cell: (row) => <Badge look={row.problem ? broken : row.active ? active : off} />,
  },
  { key: "components", word: "One bundle is", cell: components },
  { key: "units", word: "Comes to", cell: (row) => <Units of={row} /> },
  { key: "description", word: "Description", cell: (row) => row.description || "–" },
  { key: "seen", word: "Changed", cell: (row) => <Moment at={row.updated_at} /> },
  {
    key: "act",
    word: <span className="visually-hidden">Action</span>,
    cell: (row) => (
      <WriteButton
        need="operator"
        small
        aria-label={`Change bundle ${row.sku}`}
        onClick={() => change(row)}
      >
        Change
      </WriteButton>
    ),
  },
];

export function BundlesPage() {
  usePageTitle("Bundles");
  const bundles = useBundles();
  const [search, setSearch] = useState("");
  const [asked, setAsked] = useState<Bundle | "new" | null>(null);
  const columns = useMemo(() => columnsWith(setAsked), []);
  useShortcuts({ r: () => void bundles.refetch() });
  const all = bundles.data?.items ?? null;
  const rows = useMemo(() => all?.filter((row) => matches(row, search)) ?? null, [all, search]);
  return (
    <>
      <div className="page-head">
        <h1>Bundles</h1>
        <span className="muted">What the shop sells and the warehouse does not have</span>
        <div className="push">
          <WriteButton need="operator" kind="primary" onClick={() => setAsked("new")}>
            Add bundle
          </WriteButton>
        </div>
      </div>
      {bundles.error && (
        <Problem
          error={bundles.error}
          dataFrom={bundles.dataUpdatedAt || null}
          busy={bundles.isFetching}
          retry={() => bundles.refetch()}
        />
      )}
      <section className="card flush" aria-label="List of bundles">
        {all && all.length > 0 && (
          <div className="card-head">
            <input
              type="search"
              aria-label="Search bundles"
              placeholder="Search bundles"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
            <span className="meta">{plural(rows?.length ?? 0, "bundle")}</span>
          </div>
        )}
        {all?.length === 0 && (
          <Empty>No bundles yet. Lines of the shop's file with an unknown SKU are dropped.</Empty>
        )}
        {all && all.length > 0 && rows?.length === 0 && <Empty>No bundle matches.</Empty>}
        {(!all || (rows && rows.length > 0)) && (
          <DataTable
            name="Bundles"
            className="stacked bundles"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.sku}
          />
        )}
      </section>
      {asked && (
        <BundleDialog bundle={asked === "new" ? null : asked} close={() => setAsked(null)} />
      )}
    </>
  );
}
