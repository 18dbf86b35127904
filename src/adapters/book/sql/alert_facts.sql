-- What the alert rules look at. Each of these is a small read of an index, once a minute.

-- name: recent_runs
-- params: account_id integer, workflow text, limit integer
-- columns: run_id text, outcome text, failure text?, message text, started_us micros, finished_us micros?
SELECT run_id, outcome, failure, message, started_us, finished_us FROM runs
 WHERE workflow = :workflow AND account_id = :account_id AND outcome <> 'skipped'
 ORDER BY started_us DESC, run_id DESC
 LIMIT :limit;

-- name: first_run
-- params: account_id integer, workflow text
-- columns: started_us micros
SELECT started_us FROM runs
 WHERE workflow = :workflow AND account_id = :account_id
 ORDER BY started_us, run_id
 LIMIT 1;

-- name: last_word_on_credentials
-- params: account_id integer, workflow text, refused text, forbidden text
-- columns: credential text, failure text?
-- The newest run that tells whether the partner takes a key of ours.
SELECT credential, failure FROM runs
 WHERE workflow = :workflow AND account_id = :account_id
   AND (outcome = 'ok' OR outcome = 'partial' OR failure = :refused OR failure = :forbidden)
 ORDER BY started_us DESC, run_id DESC
 LIMIT 1;

-- name: last_word_on_key
-- params: account_id integer, workflow text, credential text, refused text, forbidden text
-- columns: credential text, failure text?
-- The same of one key.
SELECT credential, failure FROM runs
 WHERE workflow = :workflow AND credential = :credential AND account_id = :account_id
   AND (outcome = 'ok' OR outcome = 'partial' OR failure = :refused OR failure = :forbidden)
 ORDER BY started_us DESC, run_id DESC
 LIMIT 1;

-- name: quarantine_by_entity
-- params: account_id integer
-- columns: entity text, open integer, oldest_us micros
SELECT entity, COUNT(*) AS open, MIN(first_seen_us) AS oldest_us FROM quarantine
 WHERE account_id = :account_id AND state = 'open'
 GROUP BY entity ORDER BY entity;

-- name: newest_quarantine
-- columns: newest integer?
-- Cured rows included: what was cured is no news.
SELECT MAX(id) AS newest FROM quarantine;

-- name: dead_jobs
-- columns: kind text, count integer, newest integer
-- Dead, not asked for again, and with no good run of the same workflow since.
SELECT d.kind, COUNT(*) AS count, MAX(d.job_id) AS newest FROM jobs d
 WHERE d.state = 'dead'
   AND d.job_id NOT IN (SELECT r.redrive_of FROM jobs r WHERE r.redrive_of IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM runs g
                     JOIN workflow_controls c ON c.workflow_name = g.workflow
                    WHERE g.workflow = d.kind AND g.outcome IN ('ok', 'partial')
                      AND g.started_us > d.finished_us)
 GROUP BY d.kind ORDER BY d.kind;

-- name: message_of_job
-- params: job_id integer
-- columns: message text
SELECT message FROM jobs WHERE job_id = :job_id;

-- name: living_nodes
-- columns: node_id text, holder text, started_us micros, heartbeat_us micros
-- Those that did not say that they stop.
SELECT node_id, holder, started_us, heartbeat_us FROM nodes WHERE stopped_us IS NULL
 ORDER BY started_us, node_id;

-- name: open_statuses
-- params: account_id integer
-- columns: status text, orders integer
-- The two words that nearly every order has are stepped over, not counted.
SELECT status, COUNT(*) AS orders FROM orders_inbox
 WHERE account_id = :account_id
   AND (status < 'cancelled' OR (status > 'cancelled' AND status < 'shipped') OR status > 'shipped')
 GROUP BY status ORDER BY status;
