// The shop's files: where they come from, what came, and a way to hand one in.
import { useMemo } from "react";
import { announce } from "../announce";
import type { Import } from "../api";
import { Badge } from "../components/badge";
import { WriteButton } from "../components/button";
import { type Column, DataTable } from "../components/data_table";
import { ImportUpload } from "../components/import_upload";
import { Moment } from "../components/moment";
import { MoreRows } from "../components/more_rows";
import { Problem } from "../components/problem";
import { Empty } from "../components/states";
import { usePageTitle } from "../page_title";
import { useImports, useWorkflowActions, useWorkflows } from "../queries";
import { useShortcuts } from "../shortcuts";
import { importLooks, whoWord } from "../words";

const columns: Column<Import>[] = [
  { key: "file", word: "File", cell: (row) => row.name },
  { key: "status", word: "State", cell: (row) => <Badge look={importLooks[row.outcome]} /> },
  { key: "seen", word: "Received", cell: (row) => <Moment at={row.received_at} /> },
  {
    key: "by",
    word: "From",
    cell: (row) => (row.source === "folder" ? "the folder" : whoWord(row.received_by)),
  },
  { key: "orders", word: "Orders", number: true, cell: (row) => row.counts.orders },
  { key: "new", word: "New", number: true, cell: (row) => row.counts.inserted },
  { key: "changed", word: "Changed", number: true, cell: (row) => row.counts.updated },
  { key: "out", word: "Left out", number: true, cell: (row) => row.counts.skipped },
  { key: "quarantine", word: "Quarantine", number: true, cell: (row) => row.counts.quarantined },
];
const hrefOf = (row: Import) => `/imports/${row.id}`;

function Folder({ folder, file }: { folder: string | null; file: string }) {
  const { run } = useWorkflowActions();
  const workflow = useWorkflows().data?.items.find(({ name }) => name === "xml-import");
  if (folder === null) {
    return (
      <p className="muted">
        No folder is watched: set <code>import.folder</code>. Files can be handed in below all the
        same.
      </p>
    );
  }
  return (
    <div className="folder-line">
      <p>
        Watched: <code>{`${folder}/${file}`}</code>
        {workflow?.state === "off" && <b> · switched off: {workflow.reason}</b>}
      </p>
      <WriteButton
        need="operator"
        why={workflow?.state === "off" ? "It is switched off" : null}
        busy={run.isPending}
        busyWord="Asking…"
        onClick={() =>
          run.mutate("xml-import", {
            onSuccess: () => announce("The folder is being looked at."),
            onError: (error) => announce(error.message, "warn"),
          })
        }
      >
        Look now
      </WriteButton>
    </div>
  );
}

export function ImportsPage() {
  usePageTitle("Import");
  const list = useImports();
  useShortcuts({ r: () => void list.refetch() });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? null, [list.data]);
  const first = list.data?.pages[0];
  return (
    <>
      <div className="page-head">
        <h1>Import</h1>
        <span className="muted">Orders of the shop's file</span>
      </div>
      {list.error && (
        <Problem
          error={list.error}
          dataFrom={list.dataUpdatedAt || null}
          busy={list.isFetching}
          retry={() => list.refetch()}
        />
      )}
      {first && <Folder folder={first.folder} file={first.file_name} />}
      <ImportUpload />
      <section className="card flush" aria-labelledby="files">
        <div className="card-head">
          <h2 id="files">Files</h2>
        </div>
        {rows?.length === 0 ? (
          <Empty>No file has come yet. Hand one in above.</Empty>
        ) : (
          <DataTable
            name="Files"
            className="stacked"
            columns={columns}
            rows={rows}
            rowKey={(row) => String(row.id)}
            href={hrefOf}
          />
        )}
        <MoreRows shown={rows?.length ?? 0} one="file" list={list} />
      </section>
    </>
  );
}
