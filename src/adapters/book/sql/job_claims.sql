-- Jobs as a worker sees them: claim, prove that they are still ours, end. Every statement that ends
-- or touches an attempt names its lease token and asks for the state: no row means that it is lost.

-- name: claimable_jobs
-- params: priority integer, now_us micros, kinds text, limit integer
-- columns: job_id integer, account_id integer, priority integer, run_at_us micros, single_flight text?
-- The first of one priority; kinds is ",kind,kind,". Who of all priorities goes first is domain/work.
-- sqlite: the write transaction already excludes every other writer
SELECT j.job_id, j.account_id, j.priority, j.run_at_us, j.single_flight FROM jobs j
 WHERE j.state = 'available' AND j.priority = :priority AND j.run_at_us <= :now_us
   AND instr(:kinds, ',' || j.kind || ',') > 0
   AND (j.single_flight IS NULL OR NOT EXISTS (
         SELECT 1 FROM jobs r WHERE r.single_flight = j.single_flight
            AND r.account_id = j.account_id AND r.state = 'running'))
 ORDER BY j.run_at_us, j.job_id
 LIMIT :limit;
-- postgres: what another node is claiming is passed over; instr is called strpos
SELECT j.job_id, j.account_id, j.priority, j.run_at_us, j.single_flight FROM jobs j
 WHERE j.state = 'available' AND j.priority = :priority AND j.run_at_us <= :now_us
   AND strpos(:kinds, ',' || j.kind || ',') > 0
   AND (j.single_flight IS NULL OR NOT EXISTS (
         SELECT 1 FROM jobs r WHERE r.single_flight = j.single_flight
            AND r.account_id = j.account_id AND r.state = 'running'))
 ORDER BY j.run_at_us, j.job_id
 LIMIT :limit
   FOR UPDATE OF j SKIP LOCKED;

-- name: claim_job
-- params: job_id integer, node_id text, run_id text, now_us micros, lease_until_us micros
-- columns: job_id integer, account_id integer, kind text, args text, asked_by text, why text, attempt integer, max_attempts integer, timeout_us integer, run_id text, lease_token integer, cursor text?
UPDATE jobs
   SET state = 'running', attempt = attempt + 1, lease_token = lease_token + 1,
       node_id = :node_id, run_id = :run_id, lease_until_us = :lease_until_us,
       deadline_us = :now_us + timeout_us, started_us = :now_us, phase = '', progress_done = 0,
       progress_total = 0, message = ''
 WHERE job_id = :job_id AND state = 'available'
RETURNING job_id, account_id, kind, args, asked_by, why, attempt, max_attempts, timeout_us, run_id,
          lease_token, cursor;

-- name: begin_attempts
-- params: node_id text, now_us micros
-- For every job that the node has claimed at this moment.
INSERT INTO job_attempts (job_id, lease_token, attempt_no, run_id, node_id, started_us)
SELECT job_id, lease_token, attempt, run_id, node_id, started_us FROM jobs
 WHERE state = 'running' AND node_id = :node_id AND started_us = :now_us
    ON CONFLICT (job_id, lease_token) DO NOTHING;

-- name: fence_job
-- params: job_id integer, lease_token integer, lease_until_us micros
-- First statement of every transaction of a handler; renews the lease as well.
UPDATE jobs SET lease_until_us = :lease_until_us
 WHERE job_id = :job_id AND lease_token = :lease_token AND state = 'running';

-- name: renew_job
-- params: job_id integer, lease_token integer, lease_until_us micros
-- columns: job_id integer, cancel_requested_us micros?
UPDATE jobs SET lease_until_us = :lease_until_us
 WHERE job_id = :job_id AND lease_token = :lease_token AND state = 'running'
RETURNING job_id, cancel_requested_us;

-- name: write_progress
-- params: job_id integer, lease_token integer, phase text, done integer, total integer
-- columns: job_id integer, kind text, cancel_requested_us micros?
UPDATE jobs SET phase = :phase, progress_done = :done, progress_total = :total
 WHERE job_id = :job_id AND lease_token = :lease_token AND state = 'running'
RETURNING job_id, kind, cancel_requested_us;

-- name: write_cursor
-- params: job_id integer, lease_token integer, cursor text
UPDATE jobs SET cursor = :cursor
 WHERE job_id = :job_id AND lease_token = :lease_token AND state = 'running';

-- name: find_wishes
-- params: node_id text
-- columns: job_id integer, lease_token integer, priority integer, cancel_requested_us micros?
SELECT job_id, lease_token, priority, cancel_requested_us FROM jobs
 WHERE state = 'running' AND node_id = :node_id
   AND (cancel_requested_us IS NOT NULL OR priority = 0);

-- name: hold_attempt
-- params: job_id integer, lease_token integer
-- columns: job_id integer, kind text, attempt integer, max_attempts integer, cancel_requested_us micros?
-- sqlite: the write transaction already excludes every other writer
SELECT job_id, kind, attempt, max_attempts, cancel_requested_us FROM jobs
 WHERE job_id = :job_id AND lease_token = :lease_token AND state = 'running';
-- postgres: nobody rescues or cancels it between looking and ending
SELECT job_id, kind, attempt, max_attempts, cancel_requested_us FROM jobs
 WHERE job_id = :job_id AND lease_token = :lease_token AND state = 'running'
   FOR UPDATE;

-- name: end_job
-- params: job_id integer, lease_token integer, state text, given_back integer, snoozed integer, run_at_us micros?, finished_us micros?, outcome text?, message text
UPDATE jobs
   SET state = :state, attempt = attempt - :given_back, snoozes = snoozes + :snoozed,
       run_at_us = COALESCE(:run_at_us, run_at_us), finished_us = :finished_us,
       outcome = :outcome, message = :message, lease_until_us = NULL, deadline_us = NULL
 WHERE job_id = :job_id AND lease_token = :lease_token AND state = 'running';

-- name: finish_job
-- params: job_id integer, lease_token integer, now_us micros, outcome text, message text, result text?
-- columns: job_id integer, kind text
-- Done, whoever wanted it cancelled meanwhile.
UPDATE jobs
   SET state = 'done', finished_us = :now_us, outcome = :outcome, message = :message,
       result = :result, lease_until_us = NULL, deadline_us = NULL
 WHERE job_id = :job_id AND lease_token = :lease_token AND state = 'running'
RETURNING job_id, kind;

-- name: finish_attempts
-- params: now_us micros
-- Of the jobs that were done at this moment.
UPDATE job_attempts
   SET ended_us = :now_us,
       outcome = (SELECT j.outcome FROM jobs j WHERE j.job_id = job_attempts.job_id),
       message = (SELECT j.message FROM jobs j WHERE j.job_id = job_attempts.job_id)
 WHERE ended_us IS NULL
   AND (job_id, lease_token) IN (SELECT d.job_id, d.lease_token FROM jobs d
                                  WHERE d.finished_us = :now_us AND d.state = 'done');

-- name: end_attempt
-- params: job_id integer, lease_token integer, now_us micros, outcome text, message text
UPDATE job_attempts SET ended_us = :now_us, outcome = :outcome, message = :message
 WHERE job_id = :job_id AND lease_token = :lease_token;

-- name: forget_attempts
-- params: job_id integer, up_to integer
-- A job that is snoozed for weeks keeps its newest attempts only.
DELETE FROM job_attempts WHERE job_id = :job_id AND lease_token <= :up_to;

-- name: any_silent_job
-- params: now_us micros
-- columns: job_id integer
SELECT job_id FROM jobs WHERE state = 'running' AND lease_until_us < :now_us LIMIT 1;

-- name: silent_jobs
-- params: now_us micros, limit integer
-- columns: job_id integer, lease_token integer
-- Running, and nobody has renewed the lease.
-- sqlite: the write transaction already excludes every other writer
SELECT job_id, lease_token FROM jobs
 WHERE state = 'running' AND lease_until_us < :now_us
 ORDER BY job_id
 LIMIT :limit;
-- postgres: one that is being ended or renewed this moment is not silent
SELECT job_id, lease_token FROM jobs
 WHERE state = 'running' AND lease_until_us < :now_us
 ORDER BY job_id
 LIMIT :limit
   FOR UPDATE SKIP LOCKED;

-- name: running_jobs_of
-- params: node_id text, limit integer
-- columns: job_id integer, lease_token integer
-- sqlite: the write transaction already excludes every other writer
SELECT job_id, lease_token FROM jobs
 WHERE state = 'running' AND node_id = :node_id
 ORDER BY job_id
 LIMIT :limit;
-- postgres: one that is being ended this moment needs no rescue
SELECT job_id, lease_token FROM jobs
 WHERE state = 'running' AND node_id = :node_id
 ORDER BY job_id
 LIMIT :limit
   FOR UPDATE SKIP LOCKED;

-- name: bring_back_future_jobs
-- params: now_us micros, later_us micros
-- Enqueued later than now: the clock was set back. What should begin at once would wait until it
-- has caught up.
UPDATE jobs SET run_at_us = run_at_us - (enqueued_us - :now_us), enqueued_us = :now_us
 WHERE state IN ('available', 'waiting') AND enqueued_us > :later_us;

-- name: shorten_future_leases
-- params: lease_until_us micros, later_us micros
-- The same for leases: a node that is gone would keep its jobs until the clock has caught up.
UPDATE jobs SET lease_until_us = :lease_until_us
 WHERE state = 'running' AND lease_until_us > :later_us;

-- name: forget_jobs
-- params: state text, before_us micros, limit integer
DELETE FROM jobs WHERE job_id IN (
  SELECT j.job_id FROM jobs j
   WHERE j.finished_us < :before_us AND j.state = :state
     AND NOT EXISTS (SELECT 1 FROM job_needs n JOIN jobs w ON w.job_id = n.job_id
                      WHERE n.needs = j.job_id AND w.state = 'waiting')
   LIMIT :limit);

-- name: forget_routine_jobs
-- params: kind text, before_us micros, limit integer
DELETE FROM jobs WHERE job_id IN (
  SELECT j.job_id FROM jobs j
   WHERE j.kind = :kind AND j.state = 'done' AND j.finished_us < :before_us
     AND NOT EXISTS (SELECT 1 FROM job_needs n JOIN jobs w ON w.job_id = n.job_id
                      WHERE n.needs = j.job_id AND w.state = 'waiting')
   LIMIT :limit);
