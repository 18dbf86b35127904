-- Numbers for whoever watches the program from outside.

-- name: count_runs_by_outcome
-- params: account_id integer
-- columns: workflow text, outcome text, runs integer
SELECT workflow, outcome, COUNT(*) AS runs FROM runs
 WHERE account_id = :account_id AND outcome <> 'running'
 GROUP BY workflow, outcome;

-- name: last_good_runs
-- params: account_id integer
-- columns: workflow text, finished_us micros?
SELECT workflow, MAX(finished_us) AS finished_us FROM runs
 WHERE account_id = :account_id AND outcome IN ('ok', 'partial')
 GROUP BY workflow;
