-- What needs a person: a few rows of each kind, those that wait longest first.

-- name: list_alerts_needing_attention
-- params: now_us micros, limit integer
-- columns: alert_id integer, rule text, subject text, severity text, title text, detail text, evidence text, opened_us micros
-- Without alerts about what is listed here row by row.
SELECT alert_id, rule, subject, severity, title, detail, evidence, opened_us FROM alerts
 WHERE state = 'open' AND (snoozed_until_us IS NULL OR snoozed_until_us <= :now_us)
   AND rule NOT IN ('quarantine_not_empty', 'breaker_open')
 ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, opened_us, alert_id
 LIMIT :limit;

-- name: count_alerts_needing_attention
-- params: now_us micros
-- columns: alerts integer
SELECT COUNT(*) AS alerts FROM alerts
 WHERE state = 'open' AND (snoozed_until_us IS NULL OR snoozed_until_us <= :now_us)
   AND rule NOT IN ('quarantine_not_empty', 'breaker_open');

-- name: list_open_cases
-- params: account_id integer, limit integer
-- columns: id integer, kind text, order_number text, evidence text, opened_us micros
SELECT id, kind, order_number, evidence, opened_us FROM cases
 WHERE account_id = :account_id AND state = 'open'
 ORDER BY opened_us, id
 LIMIT :limit;

-- name: list_oldest_quarantine
-- params: account_id integer, limit integer
-- columns: id integer, entity text, entity_key text, entity_number text?, problem text, first_seen_us micros
SELECT id, entity, entity_key, entity_number, problem, first_seen_us FROM quarantine
 WHERE account_id = :account_id AND state = 'open'
 ORDER BY first_seen_us, id
 LIMIT :limit;

-- name: list_workflow_names
-- params: limit integer
-- columns: workflow_name text
SELECT workflow_name FROM workflow_controls ORDER BY workflow_name LIMIT :limit;
