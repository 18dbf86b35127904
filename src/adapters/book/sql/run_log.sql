-- The lines of runs, for people who watch and for those who look later.

-- name: add_run_line
-- params: run_id text, now_us micros, level text, text text
INSERT INTO run_log (run_id, at_us, level, text) VALUES (:run_id, :now_us, :level, :text);

-- name: list_run_lines
-- params: run_id text, after integer, limit integer
-- columns: line_id integer, at_us micros, level text, text text
SELECT line_id, at_us, level, text FROM run_log
 WHERE run_id = :run_id AND line_id > :after
 ORDER BY line_id
 LIMIT :limit;

-- name: list_job_lines
-- params: job_id integer, after integer, limit integer
-- columns: line_id integer, at_us micros, level text, text text
-- Of all attempts.
SELECT l.line_id, l.at_us, l.level, l.text
  FROM job_attempts a JOIN run_log l ON l.run_id = a.run_id
 WHERE a.job_id = :job_id AND l.line_id > :after
 ORDER BY l.line_id
 LIMIT :limit;

-- name: forget_run_lines
-- params: before_us micros, limit integer
-- Ids grow with time: the oldest are the first.
DELETE FROM run_log WHERE line_id IN (
  SELECT o.line_id FROM (SELECT line_id, at_us FROM run_log ORDER BY line_id LIMIT :limit) o
   WHERE o.at_us < :before_us);
