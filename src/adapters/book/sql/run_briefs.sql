-- Runs in a line each: for strips of the last ones, without their numbers.

-- name: list_run_briefs
-- params: workflow text, limit integer
-- columns: run_id text, outcome text, started_us micros, finished_us micros?, message text
SELECT run_id, outcome, started_us, finished_us, message FROM runs
 WHERE workflow = :workflow
 ORDER BY started_us DESC, run_id DESC
 LIMIT :limit;
