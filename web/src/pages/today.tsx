// What needs a person now, and the figures of the day with their proof.
import { Link } from "wouter";
import type { Attention, Today } from "../api";
import { useNow } from "../clock";
import { AsOf } from "../components/as_of";
import { Badge } from "../components/badge";
import { Button } from "../components/button";
import { type Column, DataTable } from "../components/data_table";
import { FirstStart } from "../components/first_start";
import { Moment } from "../components/moment";
import { Problem } from "../components/problem";
import { Empty, Loading, Partial } from "../components/states";
import { Technical } from "../components/technical";
import { Tile } from "../components/tile";
import { count, duration, plural, took, weekdayDate } from "../format";
import { usePageTitle } from "../page_title";
import { useToday } from "../queries";
import { useShortcuts } from "../shortcuts";
import { jobWord, outcomeLooks, severityLooks } from "../words";

const urgency = { critical: 0, warning: 1, info: 2 };

// A workflow by the name it has on the other pages.
function subjectOf({ kind, subject }: Attention): string {
  return kind === "run" ? jobWord(subject) : subject;
}

// What stands above everything else: the most severe, and of those the first.
export function mostUrgent(attention: Attention[]): Attention | null {
  const [first] = attention.toSorted((a, b) => urgency[a.severity] - urgency[b.severity]);
  return first && first.severity !== "info" ? first : null;
}

// "Cut-off 12:00 passed" or "Cut-off 12:00 in 42 min", counted on from when the page was read.
function CutOff({ of, readAt }: { of: NonNullable<Today["cutoff"]>; readAt: number }) {
  const now = useNow(10_000);
  if (of.passed || of.minutes_left === null) return <>Cut-off {of.time} passed</>;
  const left = of.minutes_left * 60_000 - (now - readAt);
  return left > 0 ? (
    <>
      Cut-off {of.time} in {duration(left)}
    </>
  ) : (
    <>Cut-off {of.time} passed</>
  );
}

function Banner({ of }: { of: Attention }) {
  return (
    <div className={of.severity === "critical" ? "note bad" : "note warn"}>
      <Badge look={severityLooks[of.severity]} />
      <p className="grow">
        <b>{of.title}</b>
        {of.subject && (
          <>
            {" "}
            <span className="id">{subjectOf(of)}</span>
          </>
        )}
        {of.detail && <>. {of.detail}</>}
        <Technical text={of.technical} />
      </p>
      {of.link && (
        <Link href={of.link} className="button small">
          Open
        </Link>
      )}
    </div>
  );
}

const columns: Column<Attention>[] = [
  { key: "what", word: "How urgent", cell: (row) => <Badge look={severityLooks[row.severity]} /> },
  {
    key: "title",
    word: "What",
    cell: (row) => (
      <>
        {row.title}
        {row.subject && (
          <>
            {" "}
            <span className="id">{subjectOf(row)}</span>
          </>
        )}
      </>
    ),
  },
  {
    key: "detail",
    word: "Detail",
    cell: (row) => (
      <>
        {row.detail || "–"}
        <Technical text={row.technical} />
      </>
    ),
    title: (row) => row.detail || undefined,
  },
  { key: "since", word: "Since", cell: (row) => (row.since ? <Moment at={row.since} /> : "–") },
  {
    key: "act",
    word: <span className="visually-hidden">Action</span>,
    cell: (row) =>
      row.link && (
        <Link
          href={row.link}
          className="button small"
          aria-label={`Open ${row.title} ${subjectOf(row)}`.trim()}
        >
          Open
        </Link>
      ),
  },
];

function NeedsAttention({ of }: { of: Today }) {
  const hidden = of.attention_total - of.attention.length;
  return (
    <section className="card flush" aria-labelledby="attention">
      <div className="card-head">
        <h2 id="attention">Needs attention</h2>
        <span className="meta">{count(of.attention_total)}</span>
      </div>
      {of.attention.length === 0 ? (
        <Empty good>
          Nothing needs attention. Last checked <Moment at={of.as_of} />.
        </Empty>
      ) : (
        <DataTable
          name="Needs attention"
          className="attention stacked"
          columns={columns}
          rows={of.attention}
          rowKey={(row) => `${row.kind} ${row.subject} ${row.title} ${row.since}`}
        />
      )}
      {hidden > 0 && (
        <p className="quiet-line">
          {plural(hidden, "more thing")}. <Link href="/alerts">Open the alerts</Link>
        </p>
      )}
    </section>
  );
}

function LastSync({ of }: { of: Today["last_sync"] }) {
  return (
    <section className="card row wrap" aria-labelledby="last-sync">
      <h2 id="last-sync">Last sync with ShipStation</h2>
      {of ? (
        <>
          <Badge look={outcomeLooks[of.outcome]} />
          <span>{of.message}</span>
          <Technical text={of.technical} />
          <span className="meta">
            <Moment at={of.finished_at ?? of.started_at} />
            {of.duration_ms !== null && `, took ${took(of.duration_ms)}`}
          </span>
        </>
      ) : (
        <span className="muted">There was none yet.</span>
      )}
      <Link className="push" href="/sync">
        Open the sync monitor
      </Link>
    </section>
  );
}

// Before the first sync only what the order book itself holds is worth a card.
const ownAndThere = ({ value, reading, unit }: Today["tiles"][number]) =>
  reading === "current" && unit !== "requests" && Boolean(value);

function Body({ today }: { today: Today }) {
  const urgent = mostUrgent(today.attention);
  const never = today.reading === "never";
  const unknown = never ? [] : today.tiles.filter((tile) => tile.value === null);
  const shown = never ? today.tiles.filter(ownAndThere) : today.tiles;
  return (
    <>
      {urgent && <Banner of={urgent} />}
      {never && <FirstStart proof={today.proof} />}
      {unknown.length > 0 && (
        <Partial>
          {count(today.tiles.length - unknown.length)} of {plural(today.tiles.length, "figure")}{" "}
          could be read. Missing: {unknown.map(({ label }) => label).join(", ")}.
        </Partial>
      )}
      <div className="tiles">
        {shown.map((figure) => (
          <Tile key={figure.key} figure={figure} />
        ))}
      </div>
      <NeedsAttention of={today} />
      <LastSync of={today.last_sync} />
    </>
  );
}

export function TodayPage() {
  usePageTitle("Today");
  const today = useToday();
  const { data } = today;
  useShortcuts({ r: () => void today.refetch() });
  const awaiting = data?.tiles.find(({ key }) => key === "awaiting_orders");
  return (
    <>
      <div className="page-head">
        <h1>{data ? weekdayDate(data.date, data.weekday) : "Today"}</h1>
        {data && (
          <span className="muted">
            {data.cutoff && <CutOff of={data.cutoff} readAt={Date.parse(data.as_of)} />}
            {data.cutoff && awaiting?.value != null && " · "}
            {awaiting?.value != null && `${plural(awaiting.value, "order")} awaiting shipment`}
          </span>
        )}
        <div className="push row">
          {data && <AsOf of={data} />}
          <Button small onClick={() => void today.refetch()} busy={today.isFetching && !data}>
            Refresh
          </Button>
        </div>
      </div>
      {today.error && (
        <Problem
          error={today.error}
          dataFrom={data ? Date.parse(data.as_of) : null}
          busy={today.isFetching}
          retry={() => today.refetch()}
          next="Trying again every 10 s."
        />
      )}
      {today.isPending && <Loading lines={4} />}
      {data && <Body today={data} />}
    </>
  );
}
