// Everything the engine does or did, by state.
import { useLocation, useSearch } from "wouter";
import type { Job } from "../api";
import { Badge } from "../components/badge";
import { Button } from "../components/button";
import { type Column, DataTable } from "../components/data_table";
import { Moment } from "../components/moment";
import { MoreRows } from "../components/more_rows";
import { NodesCard } from "../components/nodes_card";
import { Problem } from "../components/problem";
import { Empty } from "../components/states";
import { Tabs } from "../components/tabs";
import { count, took } from "../format";
import { usePageTitle } from "../page_title";
import { useJobs } from "../queries";
import { useShortcuts } from "../shortcuts";
import { jobLooks, jobTabs, jobWord, whoWord } from "../words";

export function jobsAddress(filter: { state: string; kind: string }): string {
  const query = new URLSearchParams();
  if (filter.state) query.set("state", filter.state);
  if (filter.kind) query.set("kind", filter.kind);
  const text = query.toString();
  return text ? `/jobs?${text}` : "/jobs";
}

function progressOf(job: Job): string {
  if (job.state !== "running") return "";
  if (!job.progress?.total) return job.phase ?? "";
  return `${count(job.progress.done)} of ${count(job.progress.total)}`;
}

const columns: Column<Job>[] = [
  { key: "id", word: "Job", cell: (row) => <span className="id">{row.job_id}</span> },
  { key: "kind", word: "What", cell: (row) => jobWord(row.kind) },
  { key: "status", word: "State", cell: (row) => <Badge look={jobLooks[row.state]} /> },
  { key: "who", word: "Asked by", cell: (row) => whoWord(row.asked_by) },
  {
    key: "started",
    word: "Started",
    cell: (row) => (row.started_at ? <Moment at={row.started_at} /> : "–"),
  },
  {
    key: "took",
    word: "Took",
    number: true,
    cell: (row) => (row.duration_ms === null ? "–" : took(row.duration_ms)),
  },
  {
    key: "message",
    word: "Result",
    cell: (row) => progressOf(row) || row.message || row.why,
    title: (row) => row.message || row.why || undefined,
  },
];

const keyOf = (row: Job) => String(row.job_id);
const address = (row: Job) => `/jobs/${row.job_id}`;

let opened: string | null = null;
const opening = (row: Job) => {
  opened = String(row.job_id);
};

function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}

export function JobsPage() {
  usePageTitle("Jobs");
  const query = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const filter = { state: query.get("state") ?? "", kind: query.get("kind") ?? "" };
  const jobs = useJobs(filter);
  useShortcuts({ r: () => void jobs.refetch() });

  const pages = jobs.data?.pages;
  const rows = pages?.flatMap((page) => page.items) ?? null;
  const counts = pages?.[0]?.counts;
  const tabs = jobTabs.map(({ key, word }) => ({
    key,
    word,
    href: jobsAddress({ ...filter, state: key }),
    counted: counts && count(key ? counts[key] : total(counts)),
    urgent: key === "dead" && (counts?.dead ?? 0) > 0,
  }));
  const kinds = [...new Set([filter.kind, ...(rows ?? []).map(({ kind }) => kind)])].filter(
    Boolean,
  );

  return (
    <>
      <div className="page-head">
        <h1>Jobs</h1>
        <div className="push row">
          <Button small onClick={() => void jobs.refetch()}>
            Refresh
          </Button>
        </div>
      </div>
      <Tabs name="Jobs by state" tabs={tabs} chosen={filter.state} />
      <search className="filters">
        <label className="field">
          <span>What</span>
          <select
            value={filter.kind}
            onChange={(event) =>
              navigate(jobsAddress({ ...filter, kind: event.target.value }), { replace: true })
            }
          >
            <option value="">Any</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {jobWord(kind)}
              </option>
            ))}
          </select>
        </label>
      </search>
      {jobs.error && (
        <Problem
          error={jobs.error}
          dataFrom={jobs.dataUpdatedAt || null}
          busy={jobs.isFetching}
          retry={() => jobs.refetch()}
        />
      )}
      {(rows || !jobs.error) && (
        <section className="card flush list" aria-label="List of jobs">
          {rows?.length === 0 ? (
            <Empty>
              {filter.kind ? (
                <>
                  No jobs match.{" "}
                  <button
                    type="button"
                    className="link"
                    onClick={() => navigate(jobsAddress({ ...filter, kind: "" }))}
                  >
                    Clear filters
                  </button>
                </>
              ) : filter.state ? (
                "No job is in this state."
              ) : (
                "No job has run yet. The first one starts with the schedule or with a click on Sync now."
              )}
            </Empty>
          ) : (
            <DataTable
              name="Jobs"
              className="jobs stacked"
              columns={columns}
              rows={rows}
              rowKey={keyOf}
              href={address}
              opening={opening}
              focusKey={opened}
              total={rows && !jobs.hasNextPage ? rows.length : null}
              old={jobs.isPlaceholderData}
            />
          )}
        </section>
      )}
      <MoreRows shown={rows?.length ?? 0} one="job" list={jobs} />
      <NodesCard />
    </>
  );
}
