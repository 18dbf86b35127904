-- Switches of workflows, also changed by plain SQL.

-- name: find_control
-- params: workflow_name text
-- columns: enabled integer, last_run_at instant?
SELECT enabled, last_run_at FROM workflow_controls WHERE workflow_name = :workflow_name;

-- name: note_control_run
-- params: workflow_name text, now instant
UPDATE workflow_controls SET last_run_at = :now WHERE workflow_name = :workflow_name;
