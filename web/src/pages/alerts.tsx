// What a person should look at, newest first, what was put off at the end; each with its evidence
// and its memory.
import { useState } from "react";
import { Link, useSearch } from "wouter";
import type { Alert, AlertCounts } from "../api";
import { ResolveDialog, SnoozeDialog, TakeDialog } from "../components/alert_dialogs";
import { Badge } from "../components/badge";
import { WriteButton } from "../components/button";
import { Moment } from "../components/moment";
import { MoreRows } from "../components/more_rows";
import { Problem } from "../components/problem";
import { Stamp } from "../components/stamp";
import { Empty, Loading } from "../components/states";
import { Tabs } from "../components/tabs";
import { count, plural } from "../format";
import { usePageTitle } from "../page_title";
import { useAlerts } from "../queries";
import { useShortcuts } from "../shortcuts";
import { type Look, severityLooks, whoWord } from "../words";

type Ask = "take" | "snooze" | "resolve";
const dialogs = { take: TakeDialog, snooze: SnoozeDialog, resolve: ResolveDialog };

const views = [
  { key: "open", word: "Open" },
  { key: "resolved", word: "Resolved" },
  { key: "all", word: "All" },
];

function countedOf(key: string, counts: AlertCounts | undefined) {
  return key === "open" && counts ? count(counts.open) : undefined;
}

const snoozedLast = (a: Alert, b: Alert) =>
  Number(a.state === "snoozed") - Number(b.state === "snoozed");

function Memory({ of }: { of: Alert }) {
  return (
    <p className="meta">
      Since <Stamp at={of.opened_at} />, seen {plural(of.seen, "time")}, last{" "}
      <Moment at={of.last_seen_at} />.{of.owner && ` ${whoWord(of.owner)} looks after it.`}
      {of.state === "snoozed" && (
        <>
          {" "}
          Snoozed until <Stamp at={of.snoozed_until} />.
        </>
      )}
      {of.mailed_at && (
        <>
          {" "}
          Mailed <Moment at={of.mailed_at} />.
        </>
      )}
      {of.resolved_at && (
        <>
          {" "}
          Resolved <Moment at={of.resolved_at} /> by {whoWord(of.resolved_by)}
          {of.resolution && `: ${of.resolution}`}.
        </>
      )}
    </p>
  );
}

const putAway: Record<"snoozed" | "resolved", Look> = {
  snoozed: { tone: "hold", icon: "pause", word: "Snoozed" },
  resolved: { tone: "ok", icon: "check", word: "Resolved" },
};

function AlertRow({ of, ask }: { of: Alert; ask: (what: Ask, of: Alert) => void }) {
  const words = { take: of.owner ? "Pass on" : "Take", snooze: "Snooze", resolve: "Resolve" };
  return (
    <li className="alert">
      <Badge look={of.state === "open" ? severityLooks[of.severity] : putAway[of.state]} />
      <div className="grow alert-text">
        <h2>
          {of.title} {of.subject && <span className="id">{of.subject}</span>}
        </h2>
        {of.detail && <p>{of.detail}</p>}
        <Memory of={of} />
      </div>
      <div className="row wrap alert-acts">
        {of.evidence && (
          <Link href={of.evidence} className="button small" aria-label={`Look at it: ${of.title}`}>
            Look at it
          </Link>
        )}
        {of.state !== "resolved" &&
          (Object.keys(words) as Ask[]).map((what) => (
            <WriteButton
              key={what}
              need="operator"
              small
              aria-label={`${words[what]}: ${of.title}`}
              onClick={() => ask(what, of)}
            >
              {words[what]}
            </WriteButton>
          ))}
      </div>
    </li>
  );
}

function NoAlerts({ view, at }: { view: string; at: number }) {
  if (view === "resolved") return <Empty>No alert was resolved yet.</Empty>;
  return (
    <Empty good>
      {view === "open" ? "No open alerts." : "There was no alert yet."} Last checked{" "}
      <Moment at={new Date(at).toISOString()} />.
    </Empty>
  );
}

export function AlertsPage() {
  usePageTitle("Alerts");
  const view = new URLSearchParams(useSearch()).get("state") ?? "open";
  const alerts = useAlerts(view);
  const [asked, setAsked] = useState<{ what: Ask; of: Alert } | null>(null);
  useShortcuts({ r: () => void alerts.refetch() });
  const pages = alerts.data?.pages;
  const rows = pages?.flatMap((page) => page.items).toSorted(snoozedLast);
  const counts = pages?.[0]?.counts;
  const Asking = asked && dialogs[asked.what];
  return (
    <>
      <div className="page-head">
        <h1>Alerts</h1>
        {counts && (
          <span className="muted">
            {count(counts.critical)} critical, {plural(counts.warning, "warning")},{" "}
            {plural(counts.info, "note")} · {count(counts.acknowledged)} taken,{" "}
            {count(counts.snoozed)} snoozed
          </span>
        )}
      </div>
      <Tabs
        name="Alerts by state"
        chosen={view}
        tabs={views.map(({ key, word }) => ({
          key,
          word,
          href: key === "open" ? "/alerts" : `/alerts?state=${key}`,
          counted: countedOf(key, counts),
          urgent: key === "open" && (counts?.critical ?? 0) > 0,
        }))}
      />
      {alerts.error && (
        <Problem
          error={alerts.error}
          dataFrom={alerts.dataUpdatedAt || null}
          busy={alerts.isFetching}
          retry={() => alerts.refetch()}
        />
      )}
      {alerts.isPending && <Loading />}
      {rows && (
        <section
          className={alerts.isPlaceholderData ? "card flush old" : "card flush"}
          aria-label="List of alerts"
        >
          {rows.length === 0 ? (
            <NoAlerts view={view} at={alerts.dataUpdatedAt} />
          ) : (
            <ul className="alerts">
              {rows.map((each) => (
                <AlertRow key={each.id} of={each} ask={(what, of) => setAsked({ what, of })} />
              ))}
            </ul>
          )}
        </section>
      )}
      <MoreRows shown={rows?.length ?? 0} one="alert" list={alerts} />
      {Asking && <Asking alert={asked.of} close={() => setAsked(null)} />}
    </>
  );
}
