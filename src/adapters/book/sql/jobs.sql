-- Jobs as those who ask for work see them: write one down, look it up, take it back.

-- name: insert_job
-- params: account_id integer, kind text, args text, unique_key text?, single_flight text?, priority integer, state text, asked_by text, why text, now_us micros, run_at_us micros, timeout_us integer, max_attempts integer, finished_us micros?, cursor text?, outcome text?, message text, redrive_of integer?
-- columns: job_id integer
-- No row: a live job has this unique key.
INSERT INTO jobs
  (account_id, kind, args, unique_key, single_flight, priority, state, asked_by, why, enqueued_us,
   run_at_us, timeout_us, max_attempts, finished_us, cursor, outcome, message, redrive_of)
VALUES
  (:account_id, :kind, :args, :unique_key, :single_flight, :priority, :state, :asked_by, :why,
   :now_us, :run_at_us, :timeout_us, :max_attempts, :finished_us, :cursor, :outcome, :message,
   :redrive_of)
ON CONFLICT (unique_key, account_id)
      WHERE unique_key IS NOT NULL AND state IN ('waiting', 'available', 'running')
      DO NOTHING
RETURNING job_id;

-- name: add_need
-- params: job_id integer, needs integer
INSERT INTO job_needs (job_id, needs) VALUES (:job_id, :needs) ON CONFLICT (job_id, needs) DO NOTHING;

-- name: hold_need
-- params: job_id integer
-- columns: job_id integer, state text
-- Until the waiting job is written down the needed one must not end unseen.
-- sqlite: the write transaction already excludes every other writer
SELECT job_id, state FROM jobs WHERE job_id = :job_id;
-- postgres: whoever ends the needed job waits for us, and then finds who waits for it
SELECT job_id, state FROM jobs WHERE job_id = :job_id FOR SHARE;

-- name: find_job
-- params: job_id integer
-- columns: job_id integer, account_id integer, kind text, args text, unique_key text?, single_flight text?, priority integer, state text, asked_by text, why text, enqueued_us micros, run_at_us micros, timeout_us integer, attempt integer, max_attempts integer, snoozes integer, node_id text?, holder text?, run_id text?, lease_token integer, lease_until_us micros?, deadline_us micros?, started_us micros?, finished_us micros?, cancel_requested_us micros?, cancel_requested_by text?, phase text, progress_done integer, progress_total integer, cursor text?, outcome text?, message text, result text?, redrive_of integer?
SELECT j.job_id, j.account_id, j.kind, j.args, j.unique_key, j.single_flight, j.priority, j.state,
       j.asked_by, j.why, j.enqueued_us, j.run_at_us, j.timeout_us, j.attempt, j.max_attempts,
       j.snoozes, j.node_id, n.holder, j.run_id, j.lease_token, j.lease_until_us, j.deadline_us,
       j.started_us, j.finished_us, j.cancel_requested_us, j.cancel_requested_by, j.phase,
       j.progress_done, j.progress_total, j.cursor, j.outcome, j.message, j.result, j.redrive_of
  FROM jobs j LEFT JOIN nodes n ON n.node_id = j.node_id
 WHERE j.job_id = :job_id;

-- name: find_live_job
-- params: account_id integer, unique_key text
-- columns: job_id integer, account_id integer, kind text, args text, unique_key text?, single_flight text?, priority integer, state text, asked_by text, why text, enqueued_us micros, run_at_us micros, timeout_us integer, attempt integer, max_attempts integer, snoozes integer, node_id text?, holder text?, run_id text?, lease_token integer, lease_until_us micros?, deadline_us micros?, started_us micros?, finished_us micros?, cancel_requested_us micros?, cancel_requested_by text?, phase text, progress_done integer, progress_total integer, cursor text?, outcome text?, message text, result text?, redrive_of integer?
SELECT j.job_id, j.account_id, j.kind, j.args, j.unique_key, j.single_flight, j.priority, j.state,
       j.asked_by, j.why, j.enqueued_us, j.run_at_us, j.timeout_us, j.attempt, j.max_attempts,
       j.snoozes, j.node_id, n.holder, j.run_id, j.lease_token, j.lease_until_us, j.deadline_us,
       j.started_us, j.finished_us, j.cancel_requested_us, j.cancel_requested_by, j.phase,
       j.progress_done, j.progress_total, j.cursor, j.outcome, j.message, j.result, j.redrive_of
  FROM jobs j LEFT JOIN nodes n ON n.node_id = j.node_id
 WHERE j.unique_key = :unique_key AND j.account_id = :account_id
   AND j.state IN ('waiting', 'available', 'running');

-- name: lock_job
-- params: job_id integer
-- columns: job_id integer, state text
-- sqlite: the write transaction already excludes every other writer
SELECT job_id, state FROM jobs WHERE job_id = :job_id;
-- postgres: nobody claims or ends the job until we have committed
SELECT job_id, state FROM jobs WHERE job_id = :job_id FOR UPDATE;

-- name: cancel_idle_job
-- params: job_id integer, who text, message text, now_us micros
UPDATE jobs
   SET state = 'cancelled', outcome = 'cancelled', message = :message, finished_us = :now_us,
       cancel_requested_us = :now_us, cancel_requested_by = :who
 WHERE job_id = :job_id AND state IN ('waiting', 'available');

-- name: ask_job_to_stop
-- params: job_id integer, who text, now_us micros
UPDATE jobs SET cancel_requested_us = :now_us, cancel_requested_by = :who
 WHERE job_id = :job_id AND state = 'running' AND cancel_requested_us IS NULL;

-- name: lock_dependents
-- params: now_us micros
-- columns: job_id integer, kind text, needs integer, need_state text
-- What waits for the jobs that ended at this moment. Two needs of one job may end at the same time:
-- the second to come here sees the first one ended.
-- sqlite: the write transaction already excludes every other writer
SELECT w.job_id, w.kind, n.needs, d.state AS need_state
  FROM jobs d JOIN job_needs n ON n.needs = d.job_id JOIN jobs w ON w.job_id = n.job_id
 WHERE d.finished_us = :now_us AND w.state = 'waiting'
 ORDER BY w.job_id, n.needs;
-- postgres: row locks in the order of ids, so that two of us never wait for each other
SELECT w.job_id, w.kind, n.needs, d.state AS need_state
  FROM jobs d JOIN job_needs n ON n.needs = d.job_id JOIN jobs w ON w.job_id = n.job_id
 WHERE d.finished_us = :now_us AND w.state = 'waiting'
 ORDER BY w.job_id, n.needs
   FOR UPDATE OF w;

-- name: release_waiting_job
-- params: job_id integer
UPDATE jobs SET state = 'available'
 WHERE job_id = :job_id AND state = 'waiting'
   AND NOT EXISTS (SELECT 1 FROM job_needs n JOIN jobs d ON d.job_id = n.needs
                    WHERE n.job_id = :job_id AND d.state <> 'done');

-- name: cancel_waiting_job
-- params: job_id integer, message text, now_us micros
UPDATE jobs
   SET state = 'cancelled', outcome = 'cancelled', message = :message, finished_us = :now_us
 WHERE job_id = :job_id AND state = 'waiting';

-- name: hurry_job
-- params: job_id integer, asked_by text, why text, now_us micros
-- Somebody waits for it now: it goes before the schedule, and not later than now. One that runs is
-- told so by its node's heart.
UPDATE jobs SET priority = 0, asked_by = :asked_by, why = :why,
       run_at_us = CASE state WHEN 'running' THEN run_at_us ELSE :now_us END
 WHERE job_id = :job_id AND state IN ('available', 'running') AND priority > 0;
