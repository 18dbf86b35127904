// One file of the shop: its numbers, and everything of it that did not come in, with the reason.
import { useMemo } from "react";
import { Link, useSearch } from "wouter";
import { ApiError, type FindingKind, type Import } from "../api";
import { Badge } from "../components/badge";
import { Fact } from "../components/fact";
import { FindingTable } from "../components/finding_table";
import { Moment } from "../components/moment";
import { MoreRows } from "../components/more_rows";
import { Problem } from "../components/problem";
import { Empty, Loading } from "../components/states";
import { Tabs } from "../components/tabs";
import { usePageTitle } from "../page_title";
import { useImport, useImportFindings } from "../queries";
import { useShortcuts } from "../shortcuts";
import { findingTabs, importLooks, whoWord } from "../words";

function sizeWord(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${kib.toFixed(1)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}

function Numbers({ of }: { of: Import }) {
  const { counts } = of;
  return (
    <section className="card" aria-label="Numbers">
      <p>
        <Badge look={importLooks[of.outcome]} /> {of.message}
      </p>
      <dl className="facts">
        <Fact name="Orders in the file">{counts.orders}</Fact>
        <Fact name="New">{counts.inserted}</Fact>
        <Fact name="Changed">{counts.updated}</Fact>
        <Fact name="Unchanged">{counts.unchanged}</Fact>
        <Fact name="Left out">{counts.skipped}</Fact>
        <Fact name="In quarantine">{counts.quarantined}</Fact>
        <Fact name="Wait for a decision">{counts.deferred}</Fact>
        <Fact name="Lines dropped">{counts.lines_dropped}</Fact>
        <Fact name="Received">
          <Moment at={of.received_at} />{" "}
          {of.source === "folder" ? "from the folder" : `from ${whoWord(of.received_by)}`}
        </Fact>
        <Fact name="Size">{sizeWord(of.size_bytes)}</Fact>
        <Fact name="Read as">{of.encoding ?? "–"}</Fact>
        {of.job_id !== null && (
          <Fact name="Job">
            <Link href={`/jobs/${of.job_id}`}>{of.job_id}</Link>
          </Fact>
        )}
      </dl>
    </section>
  );
}

// Why the list is empty: all came in, or the list is not kept any more.
function emptyWord({ counts }: Import): string {
  const told = counts.skipped + counts.quarantined + counts.deferred + counts.lines_dropped;
  if (told === 0) return "Every order and line of this file came in.";
  return "The list is not kept any more: newer files came, and this one is older than 30 days.";
}

function Findings({ id, of }: { id: string; of: Import }) {
  const kind = new URLSearchParams(useSearch()).get("kind") ?? "";
  const list = useImportFindings(id, kind);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? null, [list.data]);
  const tabs = findingTabs.map(({ key, word }: { key: FindingKind | ""; word: string }) => ({
    key,
    word,
    href: key ? `/imports/${id}?kind=${key}` : `/imports/${id}`,
  }));
  return (
    <section className="card flush" aria-labelledby="findings">
      <div className="card-head">
        <h2 id="findings">What did not come in</h2>
      </div>
      <Tabs name="Kinds" tabs={tabs} chosen={kind} />
      {list.error && (
        <Problem error={list.error} busy={list.isFetching} retry={() => list.refetch()} />
      )}
      {rows?.length === 0 ? (
        <Empty good={kind === ""}>{kind ? "Nothing of this kind." : emptyWord(of)}</Empty>
      ) : (
        <FindingTable name="What did not come in" rows={rows} old={list.isPlaceholderData} />
      )}
      <MoreRows shown={rows?.length ?? 0} one="finding" list={list} />
    </section>
  );
}

export function ImportPage({ id }: { id: string }) {
  const file = useImport(id);
  usePageTitle(file.data ? file.data.name : "Import");
  useShortcuts({ r: () => void file.refetch() });
  const absent = file.error instanceof ApiError && file.error.status === 404;
  return (
    <>
      <div className="page-head">
        <nav aria-label="Breadcrumb" className="crumbs">
          <Link href="/imports">Import</Link>
          <span aria-hidden="true">/</span>
        </nav>
        <h1>{file.data?.name ?? `File ${id}`}</h1>
      </div>
      {absent && <Empty>There is no such file.</Empty>}
      {file.error && !absent && (
        <Problem error={file.error} busy={file.isFetching} retry={() => file.refetch()} />
      )}
      {file.isPending && <Loading lines={6} />}
      {file.data && <Numbers of={file.data} />}
      {file.data && (file.data.outcome === "ok" || file.data.outcome === "partial") && (
        <Findings id={id} of={file.data} />
      )}
    </>
  );
}
