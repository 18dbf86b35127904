-- What pages, API and command line show of jobs.

-- name: list_jobs
-- params: state text?, kind text?, without_done text?, before integer, limit integer
-- columns: job_id integer, account_id integer, kind text, args text, unique_key text?, single_flight text?, priority integer, state text, asked_by text, why text, enqueued_us micros, run_at_us micros, timeout_us integer, attempt integer, max_attempts integer, snoozes integer, node_id text?, holder text?, run_id text?, lease_token integer, lease_until_us micros?, deadline_us micros?, started_us micros?, finished_us micros?, cancel_requested_us micros?, cancel_requested_by text?, phase text, progress_done integer, progress_total integer, cursor text?, outcome text?, message text, result text?, redrive_of integer?
-- Newest first.
SELECT j.job_id, j.account_id, j.kind, j.args, j.unique_key, j.single_flight, j.priority, j.state,
       j.asked_by, j.why, j.enqueued_us, j.run_at_us, j.timeout_us, j.attempt, j.max_attempts,
       j.snoozes, j.node_id, n.holder, j.run_id, j.lease_token, j.lease_until_us, j.deadline_us,
       j.started_us, j.finished_us, j.cancel_requested_us, j.cancel_requested_by, j.phase,
       j.progress_done, j.progress_total, j.cursor, j.outcome, j.message, j.result, j.redrive_of
  FROM jobs j LEFT JOIN nodes n ON n.node_id = j.node_id
 WHERE (:state IS NULL OR j.state = :state) AND (:kind IS NULL OR j.kind = :kind)
   AND (:without_done IS NULL OR j.kind <> :without_done OR j.state <> 'done')
   AND j.job_id < :before
 ORDER BY j.job_id DESC
 LIMIT :limit;

-- name: count_jobs
-- params: without_done text?
-- columns: state text, jobs integer
SELECT state, COUNT(*) AS jobs FROM jobs
 WHERE :without_done IS NULL OR kind <> :without_done OR state <> 'done'
 GROUP BY state;

-- name: list_needs
-- params: job_id integer
-- columns: needs integer
SELECT needs FROM job_needs WHERE job_id = :job_id ORDER BY needs;

-- name: list_attempts
-- params: job_id integer
-- columns: attempt_no integer, run_id text, node_id text, holder text?, started_us micros, ended_us micros?, outcome text, message text
SELECT a.attempt_no, a.run_id, a.node_id, n.holder, a.started_us, a.ended_us, a.outcome, a.message
  FROM job_attempts a LEFT JOIN nodes n ON n.node_id = a.node_id
 WHERE a.job_id = :job_id
 ORDER BY a.lease_token;
