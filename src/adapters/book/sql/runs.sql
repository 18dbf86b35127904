-- Runs: one row per execution of a workflow; the proof that it adds up.

-- name: start_run
-- params: run_id text, account_id integer, workflow text, mode text, why text, asked_by text, job_id integer?, credential text, now_us micros
INSERT INTO runs (run_id, account_id, workflow, mode, outcome, why, asked_by, job_id, credential,
                  started_us)
VALUES (:run_id, :account_id, :workflow, :mode, 'running', :why, :asked_by, :job_id, :credential,
        :now_us);

-- name: finish_run
-- params: run_id text, outcome text, now_us micros, message text, failure text?, window_from_us micros?, window_to_us micros?, source_total integer, received integer, applied integer, unchanged integer, skipped integer, quarantined integer, deferred integer, skipped_reasons text, requests integer, manual_orders_imported integer, status_updates integer, watermark_before_us micros?, watermark_after_us micros?, read_until_us micros?, warnings text
UPDATE runs
   SET outcome = :outcome, finished_us = :now_us, message = :message,
       failure = :failure, window_from_us = :window_from_us, window_to_us = :window_to_us,
       source_total = :source_total, received = :received, applied = :applied,
       unchanged = :unchanged, skipped = :skipped, quarantined = :quarantined,
       deferred = :deferred, skipped_reasons = :skipped_reasons, requests = :requests,
       manual_orders_imported = :manual_orders_imported, status_updates = :status_updates,
       watermark_before_us = :watermark_before_us, watermark_after_us = :watermark_after_us,
       read_until_us = :read_until_us, warnings = :warnings, phase = ''
 WHERE run_id = :run_id;

-- name: show_progress
-- params: run_id text, phase text, done integer, total integer, requests integer
UPDATE runs SET phase = :phase, progress_done = :done, progress_total = :total, requests = :requests
 WHERE run_id = :run_id AND outcome = 'running';

-- name: close_lost_runs
-- params: workflow text, account_id integer, run_id text, now_us micros
-- A run still marked as running while its lease went to another was cut off: it says so.
UPDATE runs SET outcome = 'failed', finished_us = :now_us,
       message = 'Cut off: the program was stopped or lost its lease. The next run goes on.'
 WHERE workflow = :workflow AND account_id = :account_id AND outcome = 'running'
   AND run_id <> :run_id;

-- name: note_batch
-- params: run_id text, seq integer, now_us micros
INSERT INTO applied_batches (run_id, seq, applied_us) VALUES (:run_id, :seq, :now_us);

-- name: find_batch
-- params: run_id text, seq integer
-- columns: applied_us micros
SELECT applied_us FROM applied_batches WHERE run_id = :run_id AND seq = :seq;

-- name: forget_batches
-- params: before_us micros, limit integer
-- Of a run that still says it runs they stay: it may yet ask for them.
DELETE FROM applied_batches WHERE (run_id, seq) IN (
  SELECT b.run_id, b.seq FROM applied_batches b
   WHERE b.applied_us < :before_us
     AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.run_id = b.run_id AND r.outcome = 'running')
   LIMIT :limit);

-- name: find_run
-- params: run_id text
-- columns: run_id text, workflow text, mode text, outcome text, why text, started_us micros, finished_us micros?, message text, failure text?, window_from_us micros?, window_to_us micros?, source_total integer, received integer, applied integer, unchanged integer, skipped integer, quarantined integer, deferred integer, skipped_reasons text, requests integer, manual_orders_imported integer, status_updates integer, watermark_before_us micros?, watermark_after_us micros?, read_until_us micros?, warnings text, phase text, progress_done integer, progress_total integer, asked_by text, job_id integer?
SELECT run_id, workflow, mode, outcome, why, started_us, finished_us, message, failure, window_from_us,
       window_to_us, source_total, received, applied, unchanged, skipped, quarantined, deferred,
       skipped_reasons, requests, manual_orders_imported, status_updates, watermark_before_us,
       watermark_after_us, read_until_us, warnings, phase, progress_done, progress_total, asked_by,
       job_id
  FROM runs WHERE run_id = :run_id;

-- name: list_runs
-- params: workflow text, before_us micros, before_id text, limit integer
-- columns: run_id text, workflow text, mode text, outcome text, why text, started_us micros, finished_us micros?, message text, failure text?, window_from_us micros?, window_to_us micros?, source_total integer, received integer, applied integer, unchanged integer, skipped integer, quarantined integer, deferred integer, skipped_reasons text, requests integer, manual_orders_imported integer, status_updates integer, watermark_before_us micros?, watermark_after_us micros?, read_until_us micros?, warnings text, phase text, progress_done integer, progress_total integer, asked_by text, job_id integer?
SELECT run_id, workflow, mode, outcome, why, started_us, finished_us, message, failure, window_from_us,
       window_to_us, source_total, received, applied, unchanged, skipped, quarantined, deferred,
       skipped_reasons, requests, manual_orders_imported, status_updates, watermark_before_us,
       watermark_after_us, read_until_us, warnings, phase, progress_done, progress_total, asked_by,
       job_id
  FROM runs
 WHERE workflow = :workflow
   AND (started_us < :before_us OR (started_us = :before_us AND run_id < :before_id))
 ORDER BY started_us DESC, run_id DESC
 LIMIT :limit;

-- name: last_finished_run
-- params: workflow text, account_id integer
-- columns: run_id text, outcome text, started_us micros, finished_us micros?
SELECT run_id, outcome, started_us, finished_us FROM runs
 WHERE workflow = :workflow AND account_id = :account_id AND outcome <> 'running'
   AND outcome <> 'skipped'
 ORDER BY started_us DESC, run_id DESC
 LIMIT 1;

-- name: note_migration
-- params: now_us micros, what text, detail text, run_id text
-- One-time steps that moved data, such as the first backfill.
INSERT INTO migration_log (at_us, what, detail, run_id) VALUES (:now_us, :what, :detail, :run_id);

-- name: last_accepted_run
-- params: workflow text, account_id integer
-- columns: started_us micros, finished_us micros?, credential text
SELECT started_us, finished_us, credential FROM runs
 WHERE workflow = :workflow AND account_id = :account_id AND outcome IN ('ok', 'partial')
 ORDER BY started_us DESC, run_id DESC
 LIMIT 1;

-- name: last_refused_run
-- params: workflow text, account_id integer
-- columns: finished_us micros?, message text
SELECT finished_us, message FROM runs
 WHERE workflow = :workflow AND account_id = :account_id
   AND failure IN ('credentials refused', 'forbidden')
 ORDER BY started_us DESC, run_id DESC
 LIMIT 1;
