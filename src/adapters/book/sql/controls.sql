-- Switches of workflows, also changed by plain SQL: what scripts write into times is never read.

-- name: find_control
-- params: workflow_name text
-- columns: enabled integer
SELECT enabled FROM workflow_controls WHERE workflow_name = :workflow_name;

-- name: hold_control
-- params: workflow_name text
-- columns: enabled integer
-- sqlite: the write transaction already excludes every other writer
SELECT enabled FROM workflow_controls WHERE workflow_name = :workflow_name;
-- postgres: whoever switches it off meanwhile does so before we look, or after we have committed
SELECT enabled FROM workflow_controls WHERE workflow_name = :workflow_name FOR SHARE;

-- name: list_controls
-- params:
-- columns: workflow_name text, enabled integer, description text, reason text, changed_us micros?, updated_by text, seen_enabled integer?
SELECT workflow_name, enabled, description, reason, changed_us, updated_by, seen_enabled
  FROM workflow_controls ORDER BY workflow_name;

-- name: lock_control
-- params: workflow_name text
-- columns: enabled integer, reason text, seen_enabled integer?
-- sqlite: the write transaction already excludes every other writer
SELECT enabled, reason, seen_enabled FROM workflow_controls WHERE workflow_name = :workflow_name;
-- postgres: two who switch at once do so one after the other
SELECT enabled, reason, seen_enabled FROM workflow_controls WHERE workflow_name = :workflow_name
   FOR UPDATE;

-- name: add_control
-- params: workflow_name text, description text, now_us micros
-- A workflow that has been known before and whose switch is gone stays off until a person decides:
-- a lost row is no permission.
INSERT INTO workflow_controls
  (workflow_name, enabled, description, reason, seen_enabled, changed_us, updated_by)
SELECT w.workflow_name, w.enabled, :description, w.reason, w.enabled, :now_us, 'system'
  FROM (SELECT :workflow_name AS workflow_name,
               CASE WHEN EXISTS (SELECT 1 FROM schedules WHERE workflow = :workflow_name)
                    THEN 0 ELSE 1 END AS enabled,
               CASE WHEN EXISTS (SELECT 1 FROM schedules WHERE workflow = :workflow_name)
                    THEN 'Its row in workflow_controls was missing.' ELSE '' END AS reason) w
 WHERE NOT EXISTS (SELECT 1 FROM workflow_controls WHERE workflow_name = :workflow_name)
ON CONFLICT (workflow_name) DO NOTHING;

-- name: know_controls
-- params:
-- Rows that were there before the program: what they say is taken as known.
UPDATE workflow_controls SET seen_enabled = enabled WHERE seen_enabled IS NULL;

-- name: set_control
-- params: workflow_name text, enabled integer, reason text, who text, now_us micros, now instant
UPDATE workflow_controls
   SET enabled = :enabled, reason = :reason, updated_by = :who, changed_us = :now_us,
       last_updated = :now, seen_enabled = :enabled
 WHERE workflow_name = :workflow_name;

-- name: note_control_run
-- params: workflow_name text, now instant
UPDATE workflow_controls SET last_run_at = :now WHERE workflow_name = :workflow_name;
