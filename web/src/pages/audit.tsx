// Who changed what and when; nothing can be taken out of it without being noticed.
import { type FormEvent, useRef } from "react";
import { Link, useLocation, useSearch } from "wouter";
import type { AuditEntry, AuditFilter, AuditPage as Page } from "../api";
import { Badge } from "../components/badge";
import { Button } from "../components/button";
import { type Column, DataTable } from "../components/data_table";
import { MoreRows } from "../components/more_rows";
import { Problem } from "../components/problem";
import { Stamp } from "../components/stamp";
import { Empty } from "../components/states";
import { plural } from "../format";
import { usePageTitle } from "../page_title";
import { useAudit } from "../queries";
import { useShortcuts } from "../shortcuts";
import { whoWord } from "../words";

const names = ["who", "action", "subject"] as const;
const words = { who: "Who", action: "Action", subject: "To what" };

export function auditAddress(filter: AuditFilter): string {
  const query = new URLSearchParams();
  for (const name of names) if (filter[name]) query.set(name, filter[name]);
  const text = query.toString();
  return text ? `/settings/audit?${text}` : "/settings/audit";
}

// The server looks for exactly these words. A bare name means the user of that name.
export function whoAsked(text: string): string {
  return !text || /[: ]/.test(text) || /^(nobody|schedule)$/.test(text) ? text : `user:${text}`;
}

// What can be chosen: the words of the rows that are known.
function Known({
  id,
  rows,
  name,
}: {
  id: string;
  rows: AuditEntry[];
  name: (typeof names)[number];
}) {
  const values = [...new Set(rows.map((row) => row[name]))].filter(Boolean).toSorted();
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value}>
          {name === "who" ? whoWord(value) : value}
        </option>
      ))}
    </datalist>
  );
}

function detailText(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([name, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return `${name.replaceAll("_", " ")}: ${text}`;
    })
    .join(" · ");
}

const columns: Column<AuditEntry>[] = [
  { key: "at", word: "When", cell: (row) => <Stamp at={row.at} /> },
  { key: "who", word: words.who, cell: (row) => whoWord(row.who) },
  { key: "action", word: words.action, cell: (row) => row.action },
  { key: "subject", word: words.subject, cell: (row) => <span className="id">{row.subject}</span> },
  {
    key: "message",
    word: "Detail",
    cell: (row) => detailText(row.detail) || "–",
    title: (row) => detailText(row.detail) || undefined,
  },
];

function Chain({ of }: { of: NonNullable<Page["chain"]> }) {
  return of.verified ? (
    <Badge
      look={{ tone: "ok", icon: "check", word: "Complete" }}
      title={`The last ${plural(of.checked, "entry", "entries")} follow on each other without a gap.`}
    />
  ) : (
    <Badge
      look={{ tone: "bad", icon: "octagon", word: "Broken" }}
      title={`The chain breaks at entry ${of.broken_at ?? "?"}: something was changed or taken out.`}
    />
  );
}

export function AuditPage() {
  usePageTitle("Audit log");
  const query = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const filter: AuditFilter = {
    who: query.get("who") ?? "",
    action: query.get("action") ?? "",
    subject: query.get("subject") ?? "",
  };
  const filtered = names.some((name) => filter[name]);
  const first = useRef<HTMLInputElement>(null);
  const audit = useAudit(filter);
  useShortcuts({ r: () => void audit.refetch(), "/": () => first.current?.select() });
  const pages = audit.data?.pages;
  const rows = pages?.flatMap((page) => page.items) ?? null;
  const chain = pages?.[0]?.chain;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name)).trim();
    navigate(
      auditAddress({
        who: whoAsked(text("who")),
        action: text("action"),
        subject: text("subject"),
      }),
    );
  };
  return (
    <>
      <div className="page-head">
        <nav aria-label="Breadcrumb" className="crumbs">
          <Link href="/settings">Settings</Link>
          <span aria-hidden="true">/</span>
        </nav>
        <h1>Audit log</h1>
        {chain && <Chain of={chain} />}
      </div>
      <search>
        <form className="filters" key={auditAddress(filter)} onSubmit={send}>
          {names.map((name) => (
            <label className="field" key={name}>
              <span>{words[name]}</span>
              <input
                ref={name === "who" ? first : undefined}
                name={name}
                defaultValue={filter[name]}
                list={`known-${name}`}
                autoComplete="off"
                spellCheck={false}
              />
              <Known id={`known-${name}`} rows={rows ?? []} name={name} />
            </label>
          ))}
          <Button type="submit" small>
            Filter
          </Button>
          {filtered && (
            <Link href="/settings/audit" className="button small">
              Clear filters
            </Link>
          )}
        </form>
      </search>
      {audit.error && (
        <Problem
          error={audit.error}
          dataFrom={audit.dataUpdatedAt || null}
          busy={audit.isFetching}
          retry={() => audit.refetch()}
        />
      )}
      {(rows || !audit.error) && (
        <section className="card flush" aria-label="List of changes">
          {rows?.length === 0 ? (
            <Empty>{filtered ? "No entries match." : "Nobody has changed anything yet."}</Empty>
          ) : (
            <DataTable
              name="Audit log"
              className="stacked audit"
              columns={columns}
              rows={rows}
              rowKey={(row) => String(row.id)}
              old={audit.isPlaceholderData}
            />
          )}
        </section>
      )}
      <MoreRows shown={rows?.length ?? 0} one="entry" many="entries" list={audit} />
    </>
  );
}
