-- The schedule: where each workflow's stands, and every tick that was taken.

-- name: list_schedules
-- params:
-- columns: workflow text, plan text, since_us micros, taken_until_us micros?, lap integer
SELECT workflow, plan, since_us, taken_until_us, lap FROM schedules ORDER BY workflow;

-- name: hold_schedule
-- params: workflow text
-- columns: workflow text, plan text, since_us micros, taken_until_us micros?, lap integer
-- sqlite: the write transaction already excludes every other writer
SELECT workflow, plan, since_us, taken_until_us, lap FROM schedules WHERE workflow = :workflow;
-- postgres: looking and taking are one step for all nodes
SELECT workflow, plan, since_us, taken_until_us, lap FROM schedules WHERE workflow = :workflow
   FOR UPDATE;

-- name: save_schedule
-- params: workflow text, plan text, since_us micros, taken_until_us micros?, lap integer
INSERT INTO schedules (workflow, plan, since_us, taken_until_us, lap)
VALUES (:workflow, :plan, :since_us, :taken_until_us, :lap)
ON CONFLICT (workflow) DO UPDATE
   SET plan = excluded.plan, since_us = excluded.since_us,
       taken_until_us = excluded.taken_until_us, lap = excluded.lap;

-- name: take_tick
-- params: workflow text, tick_us micros, missed integer, now_us micros
-- columns: tick_us micros
-- No row: somebody has taken it.
INSERT INTO schedule_ticks (workflow, tick_us, missed, recorded_us)
VALUES (:workflow, :tick_us, :missed, :now_us)
ON CONFLICT (workflow, tick_us) DO NOTHING
RETURNING tick_us;

-- name: note_tick_job
-- params: workflow text, tick_us micros, job_id integer
UPDATE schedule_ticks SET job_id = :job_id WHERE workflow = :workflow AND tick_us = :tick_us;

-- name: forget_ticks
-- params: workflow text, before_us micros
DELETE FROM schedule_ticks WHERE workflow = :workflow AND tick_us < :before_us;

-- name: missed_ticks
-- params: since_us micros
-- columns: workflow text, missed integer, last_us micros
-- Few rows: only the ticks that stand for others.
SELECT workflow, missed, recorded_us AS last_us FROM schedule_ticks
 WHERE missed > 0 AND recorded_us >= :since_us
 ORDER BY workflow, recorded_us;

-- name: running_flights
-- params: account_id integer
-- columns: single_flight text, job_id integer
SELECT single_flight, job_id FROM jobs
 WHERE state = 'running' AND single_flight IS NOT NULL AND account_id = :account_id
 ORDER BY job_id;
