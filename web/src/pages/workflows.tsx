// What runs by itself: whether it may, when, how it went, and a button to run it now.
import { useState } from "react";
import { Link } from "wouter";
import { announce } from "../announce";
import type { Workflow } from "../api";
import { useNow } from "../clock";
import { Badge } from "../components/badge";
import { WriteButton } from "../components/button";
import { Moment } from "../components/moment";
import { Problem } from "../components/problem";
import { ReasonDialog } from "../components/reason_dialog";
import { RunStrip } from "../components/run_strip";
import { Empty, Loading } from "../components/states";
import { Switch } from "../components/switch";
import { plural, took, until } from "../format";
import { useWhyNot } from "../may";
import { usePageTitle } from "../page_title";
import { useWorkflowActions, useWorkflows } from "../queries";
import { useShortcuts } from "../shortcuts";
import { jobWord, outcomeLooks, whoWord, workflowLooks } from "../words";

const stripPlaces = 30;

function OffDialog({ of, close }: { of: Workflow; close: () => void }) {
  const { set } = useWorkflowActions();
  const word = jobWord(of.name);
  return (
    <ReasonDialog
      title={`Switch off ${word}?`}
      effect={
        <>
          <p>
            {of.effect_of_off ?? `${word} does not run any more until it is switched on again.`}
          </p>
          <p className="muted">A run that is on its way comes to its end first.</p>
        </>
      }
      confirm="Switch off"
      busy={set.isPending}
      error={set.error}
      close={close}
      submit={(reason) =>
        set.mutate(
          { name: of.name, on: false, reason },
          {
            onSuccess: () => {
              announce(`${word} is off.`);
              close();
            },
          },
        )
      }
    />
  );
}

function Changed({ of }: { of: Workflow }) {
  if (!of.changed_at) return null;
  return (
    <p className="meta">
      Switched {of.enabled ? "on" : "off"} <Moment at={of.changed_at} /> by {whoWord(of.changed_by)}
      {of.reason && `: ${of.reason}`}
    </p>
  );
}

function NextRun({ of }: { of: Workflow }) {
  const now = useNow(1_000);
  if (of.running_job_id !== null) {
    return <Link href={`/jobs/${of.running_job_id}`}>Running, job {of.running_job_id}</Link>;
  }
  if (of.state !== "on") return <>–</>;
  return <>{of.next_run_at ? until(of.next_run_at, now) : "when a person asks"}</>;
}

function LastRun({ of }: { of: Workflow }) {
  const last = of.last_run;
  if (!last) return <span className="muted">never ran</span>;
  return (
    <>
      <Badge look={outcomeLooks[last.outcome]} />{" "}
      <Moment at={last.finished_at ?? last.started_at} />
      {last.message && <p className="meta clamp">{last.message}</p>}
    </>
  );
}

function RunNow({ of }: { of: Workflow }) {
  const { run } = useWorkflowActions();
  const word = jobWord(of.name);
  const why = {
    on: null,
    off: "It is switched off",
    not_set_up: "It is not set up",
  }[of.state];
  return (
    <WriteButton
      need="operator"
      small
      why={why}
      busy={run.isPending}
      busyWord="Asking…"
      aria-label={`Run now: ${word}`}
      onClick={() =>
        run.mutate(of.name, {
          onSuccess: ({ job_id, already_running }) =>
            announce(
              already_running
                ? `${word} is on its way already, as job ${job_id}.`
                : `${word} starts, as job ${job_id}.`,
            ),
          onError: (error) => announce(error.message, "warn"),
        })
      }
    >
      Run now
    </WriteButton>
  );
}

function Row({ of, askOff }: { of: Workflow; askOff: (of: Workflow) => void }) {
  const { set } = useWorkflowActions();
  const why = useWhyNot("admin");
  const word = jobWord(of.name);
  const ask = (on: boolean) => {
    if (!on) return askOff(of);
    set.mutate(
      { name: of.name, on, reason: "" },
      {
        onSuccess: () => announce(`${word} is on.`),
        onError: (error) => announce(error.message, "warn"),
      },
    );
  };
  return (
    <tr>
      <td className="c-workflow">
        <b>{word}</b>
        <p className="meta">{of.description}</p>
        <Changed of={of} />
      </td>
      <td className="c-switch">
        <Switch name={word} on={of.enabled} busy={set.isPending} why={why} ask={ask} />{" "}
        <Badge look={workflowLooks[of.state]} />
      </td>
      <td className="c-schedule">
        {of.schedule.text}
        {of.warning && <p className="missed">{of.warning}</p>}
        {of.missed.ticks > 0 && (
          <p className="meta missed">
            {plural(of.missed.ticks, "time")} missed
            {of.missed.last_at && (
              <>
                , last <Moment at={of.missed.last_at} />
              </>
            )}
          </p>
        )}
      </td>
      <td className="c-strip">
        <RunStrip runs={of.runs} places={stripPlaces} />
      </td>
      <td className="c-last">
        <LastRun of={of} />
      </td>
      <td className="number c-p95">{of.p95_ms === null ? "–" : took(of.p95_ms)}</td>
      <td className="c-next">
        <NextRun of={of} />
      </td>
      <td className="c-act">
        <RunNow of={of} />
      </td>
    </tr>
  );
}

export function WorkflowsPage() {
  usePageTitle("Workflows");
  const workflows = useWorkflows();
  const [asked, setAsked] = useState<Workflow | null>(null);
  useShortcuts({ r: () => void workflows.refetch() });
  const items = workflows.data?.items;
  return (
    <>
      <div className="page-head">
        <h1>Workflows</h1>
        <span className="muted">What Tallyman does by itself</span>
      </div>
      {workflows.error && (
        <Problem
          error={workflows.error}
          dataFrom={workflows.dataUpdatedAt || null}
          busy={workflows.isFetching}
          retry={() => workflows.refetch()}
        />
      )}
      {workflows.isPending && <Loading lines={6} />}
      {items && (
        <section className="card flush" aria-label="List of workflows">
          {items.length === 0 ? (
            <Empty>There is no workflow yet.</Empty>
          ) : (
            <table className="table tall workflows" aria-label="Workflows">
              <thead>
                <tr>
                  <th scope="col">Workflow</th>
                  <th scope="col">On</th>
                  <th scope="col">When</th>
                  <th scope="col">Last {stripPlaces} runs</th>
                  <th scope="col">Last run</th>
                  <th scope="col" className="number">
                    <abbr title="95 of 100 runs took at most so long">Usually under</abbr>
                  </th>
                  <th scope="col">Next</th>
                  <th scope="col">
                    <span className="visually-hidden">Action</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((each) => (
                  <Row key={each.name} of={each} askOff={setAsked} />
                ))}
              </tbody>
            </table>
          )}
        </section>
      )}
      {asked && <OffDialog of={asked} close={() => setAsked(null)} />}
    </>
  );
}
