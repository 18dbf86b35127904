// Starts the sync and shows the job that does it, live, until it ended.
import { Link } from "wouter";
import type { Job, SyncStatus } from "../api";
import { useJob, useStartSync } from "../queries";
import { WriteButton } from "./button";
import { Problem } from "./problem";
import { Progress } from "./progress";

// Why the button cannot be pressed now, in words, or none.
function whyNot(status: SyncStatus | undefined): string | null {
  if (!status) return "The state of the sync is not known yet";
  if (status.state === "not_set_up") return "ShipStation's credentials are missing";
  return null;
}

// The job tells, not its run: the run has no row yet when the job begins.
function said(job: Job | undefined): string {
  if (!job) return "";
  if (job.state === "waiting" || job.state === "available") return "Waiting for its turn";
  return job.message || job.phase || "Running";
}

export function SyncNow({ status }: { status: SyncStatus | undefined }) {
  const start = useStartSync();
  const jobId = start.data?.job_id ?? null;
  const job = useJob(jobId).data;
  const joined = start.data?.already_running ? "A run was already on its way. " : "";
  const moves = job?.state === "running" && job.progress;
  return (
    <>
      {moves && job.progress && (
        <Progress name="Progress of the sync" {...job.progress} phase={job.phase} />
      )}
      <span role="status" className="muted sync-said">
        {start.data && !moves && joined + said(job)}
      </span>
      {jobId !== null && <Link href={`/jobs/${jobId}`}>Open job {jobId}</Link>}
      <WriteButton
        need="operator"
        kind="primary"
        why={whyNot(status)}
        busy={start.isPending}
        busyWord="Starting…"
        onClick={() => start.mutate()}
      >
        Sync now
      </WriteButton>
      {start.error && <Problem error={start.error} busy={start.isPending} />}
    </>
  );
}
