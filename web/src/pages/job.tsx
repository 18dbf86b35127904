// One job: how far it is, who asked for it and why, its attempts, its parameters, its log.
import { Link } from "wouter";
import { announce } from "../announce";
import { ApiError, type Attempt, type JobDetail } from "../api";
import { Badge } from "../components/badge";
import { WriteButton } from "../components/button";
import { Fact } from "../components/fact";
import { JobLog } from "../components/job_log";
import { Moment } from "../components/moment";
import { Problem } from "../components/problem";
import { Progress } from "../components/progress";
import { Stamp } from "../components/stamp";
import { Empty, Loading } from "../components/states";
import { took } from "../format";
import { usePageTitle } from "../page_title";
import { isMoving, useJob, useJobActions } from "../queries";
import { useShortcuts } from "../shortcuts";
import { attemptLook, jobLooks, jobWord, whoWord } from "../words";

function Actions({ job }: { job: JobDetail }) {
  const { cancel, retry } = useJobActions(job.job_id);
  const ended = job.state === "dead" || job.state === "cancelled";
  const error = cancel.error ?? retry.error;
  return (
    <>
      {isMoving(job) && (
        <WriteButton
          need="operator"
          why={job.cancel_requested ? "Cancelling was asked already" : null}
          busy={cancel.isPending}
          busyWord="Asking…"
          onClick={() =>
            cancel.mutate(undefined, {
              onSuccess: (now) =>
                announce(
                  now.state === "cancelled"
                    ? "The job is cancelled."
                    : "Cancelling is asked. The job stops after its present step.",
                ),
            })
          }
        >
          Cancel job
        </WriteButton>
      )}
      {ended && (
        <WriteButton
          need="operator"
          kind="primary"
          busy={retry.isPending}
          busyWord="Asking…"
          onClick={() =>
            retry.mutate(undefined, {
              onSuccess: (again) => announce(`Job ${again.job_id} does it again.`),
            })
          }
        >
          Retry
        </WriteButton>
      )}
      {retry.data && <Link href={`/jobs/${retry.data.job_id}`}>Open job {retry.data.job_id}</Link>}
      {error && <Problem error={error} busy={false} />}
    </>
  );
}

function Overview({ job }: { job: JobDetail }) {
  return (
    <section className="card" aria-label="Overview">
      {job.message && <p>{job.message}</p>}
      {job.cancel_requested && isMoving(job) && (
        <p className="muted">Cancelling was asked. The job stops after its present step.</p>
      )}
      {job.state === "running" && (
        <Progress
          name="Progress of the job"
          done={job.progress?.done ?? 0}
          total={job.progress?.total ?? null}
          phase={job.phase}
        />
      )}
      <dl className="facts">
        <Fact name="Asked by">{whoWord(job.asked_by)}</Fact>
        <Fact name="Why">{job.why ?? "–"}</Fact>
        <Fact name="Asked">
          <Stamp at={job.enqueued_at} />
        </Fact>
        <Fact name="Started">
          <Stamp at={job.started_at} />
        </Fact>
        <Fact name="Took">{job.duration_ms === null ? "–" : took(job.duration_ms)}</Fact>
        <Fact name="Attempt">
          {job.attempt} of {job.max_attempts}
        </Fact>
        <Fact name="Done by">
          <span className="breakable">{job.node ?? "–"}</span>
        </Fact>
        <Fact name="Run">
          {job.run_id ? (
            <Link href={`/sync?run=${encodeURIComponent(job.run_id)}`} className="id">
              {job.run_id.slice(0, 8)}
            </Link>
          ) : (
            "–"
          )}
        </Fact>
        {job.needs.length > 0 && (
          <Fact name="Runs after">
            {job.needs.map((id) => (
              <span key={id}>
                <Link href={`/jobs/${id}`}>job {id}</Link>{" "}
              </span>
            ))}
          </Fact>
        )}
        {job.redrive_of !== null && (
          <Fact name="Does again">
            <Link href={`/jobs/${job.redrive_of}`}>job {job.redrive_of}</Link>
          </Fact>
        )}
      </dl>
    </section>
  );
}

function AttemptRow({ of }: { of: Attempt }) {
  const ms = of.ended_at ? Date.parse(of.ended_at) - Date.parse(of.started_at) : null;
  return (
    <li className={of.outcome === "failed" || of.outcome === "dead" ? "problem" : "ours"}>
      <div className="event-head">
        <span className="event-title strong">Attempt {of.attempt}</span>
        <span className="meta">
          {ms === null ? (
            <>
              since <Moment at={of.started_at} stepMs={1_000} />
            </>
          ) : (
            took(ms)
          )}
        </span>
      </div>
      <div className="meta">
        <Badge look={attemptLook(of.outcome)} /> <Stamp at={of.started_at} />
        {of.node && ` on ${of.node}`}
      </div>
      {of.message && <div>{of.message}</div>}
    </li>
  );
}

function Attempts({ job }: { job: JobDetail }) {
  return (
    <section className="card" aria-labelledby="attempts">
      <h2 id="attempts">Attempts</h2>
      {job.attempts.length === 0 ? (
        <p className="muted">It has not been tried yet.</p>
      ) : (
        <ol className="timeline">
          {job.attempts.toReversed().map((each) => (
            <AttemptRow key={`${each.attempt} ${each.run_id}`} of={each} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Values({ title, of }: { title: string; of: Record<string, unknown> | null }) {
  const entries = Object.entries(of ?? {});
  if (entries.length === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <dl className="values">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name.replaceAll("_", " ")}</dt>
            <dd className="breakable">
              {typeof value === "string" ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function JobPage({ id }: { id: string }) {
  usePageTitle(`Job ${id}`);
  const answer = useJob(id);
  const job = answer.data;
  useShortcuts({ r: () => void answer.refetch() });
  const unknown = answer.error instanceof ApiError && answer.error.status === 404 && !job;
  return (
    <>
      <div className="page-head">
        <nav aria-label="Breadcrumb" className="crumbs">
          <Link href="/jobs">Jobs</Link>
          <span aria-hidden="true">/</span>
        </nav>
        <h1>
          {job ? `${jobWord(job.kind)}, ` : ""}job {id}
        </h1>
        {job && <Badge look={jobLooks[job.state]} />}
        <div className="push row wrap">{job && <Actions job={job} />}</div>
      </div>
      {unknown && (
        <div className="card flush">
          <Empty>
            There is no job {id}. <Link href="/jobs">Open all jobs</Link>
          </Empty>
        </div>
      )}
      {answer.error && !unknown && (
        <Problem
          error={answer.error}
          dataFrom={answer.dataUpdatedAt || null}
          busy={answer.isFetching}
          retry={() => answer.refetch()}
        />
      )}
      {answer.isPending && <Loading />}
      {job && (
        <>
          <Overview job={job} />
          <div className="order-columns">
            <div className="stack">
              <JobLog id={job.job_id} moving={isMoving(job)} />
              <Values title="Result" of={job.result} />
            </div>
            <div className="stack">
              <Attempts job={job} />
              <Values title="Parameters" of={job.args} />
            </div>
          </div>
        </>
      )}
    </>
  );
}
