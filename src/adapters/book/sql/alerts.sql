-- Alerts that remember: what is wrong, who looks after it, and what a person has already seen.

-- name: standing_alerts
-- columns: alert_id integer, rule text, subject text, fact_hash text, severity text, state text, title text, detail text, evidence text, owner text?, opened_us micros, last_seen_us micros, seen integer, acknowledged_us micros?, acknowledged_by text?, snoozed_until_us micros?, resolved_us micros?, resolved_by text?, resolution text?, ended_us micros?, mail_queued_us micros?, mailed_us micros?
-- Those that still count: open, or resolved by a person while the condition lasts.
SELECT alert_id, rule, subject, fact_hash, severity, state, title, detail, evidence, owner, opened_us,
       last_seen_us, seen, acknowledged_us, acknowledged_by, snoozed_until_us, resolved_us,
       resolved_by, resolution, ended_us, mail_queued_us, mailed_us
  FROM alerts WHERE ended_us IS NULL ORDER BY alert_id;

-- name: open_alert
-- params: rule text, subject text, fact_hash text, severity text, title text, detail text, evidence text, now_us micros
-- columns: alert_id integer
-- No row: another check opened it a moment ago.
INSERT INTO alerts
  (rule, subject, fact_hash, severity, state, title, detail, evidence, opened_us, last_seen_us)
VALUES
  (:rule, :subject, :fact_hash, :severity, 'open', :title, :detail, :evidence, :now_us, :now_us)
ON CONFLICT (rule, subject) WHERE state = 'open' DO NOTHING
RETURNING alert_id;

-- name: refresh_alert
-- params: alert_id integer, fact_hash text, severity text, title text, detail text, evidence text, now_us micros
UPDATE alerts
   SET fact_hash = :fact_hash, severity = :severity, title = :title, detail = :detail,
       evidence = :evidence, last_seen_us = :now_us, seen = seen + 1
 WHERE alert_id = :alert_id AND state = 'open';

-- name: wake_alert
-- params: alert_id integer
UPDATE alerts SET snoozed_until_us = NULL WHERE alert_id = :alert_id AND state = 'open';

-- name: close_alert
-- params: alert_id integer, now_us micros, resolved_by text, resolution text, ended_us micros?
UPDATE alerts
   SET state = 'resolved', resolved_us = :now_us, resolved_by = :resolved_by,
       resolution = :resolution, ended_us = :ended_us, snoozed_until_us = NULL
 WHERE alert_id = :alert_id AND state = 'open';

-- name: end_alert
-- params: alert_id integer, now_us micros
UPDATE alerts SET ended_us = :now_us
 WHERE alert_id = :alert_id AND state = 'resolved' AND ended_us IS NULL;

-- name: acknowledge_alert
-- params: alert_id integer, now_us micros, who text, owner text
UPDATE alerts SET acknowledged_us = :now_us, acknowledged_by = :who, owner = :owner
 WHERE alert_id = :alert_id AND state = 'open';

-- name: snooze_alert
-- params: alert_id integer, until_us micros
UPDATE alerts SET snoozed_until_us = :until_us WHERE alert_id = :alert_id AND state = 'open';

-- name: find_alert
-- params: alert_id integer
-- columns: alert_id integer, rule text, subject text, fact_hash text, severity text, state text, title text, detail text, evidence text, owner text?, opened_us micros, last_seen_us micros, seen integer, acknowledged_us micros?, acknowledged_by text?, snoozed_until_us micros?, resolved_us micros?, resolved_by text?, resolution text?, ended_us micros?, mail_queued_us micros?, mailed_us micros?
SELECT alert_id, rule, subject, fact_hash, severity, state, title, detail, evidence, owner, opened_us,
       last_seen_us, seen, acknowledged_us, acknowledged_by, snoozed_until_us, resolved_us,
       resolved_by, resolution, ended_us, mail_queued_us, mailed_us
  FROM alerts WHERE alert_id = :alert_id;

-- name: list_alerts
-- params: state text?, before_id integer, limit integer
-- columns: alert_id integer, rule text, subject text, fact_hash text, severity text, state text, title text, detail text, evidence text, owner text?, opened_us micros, last_seen_us micros, seen integer, acknowledged_us micros?, acknowledged_by text?, snoozed_until_us micros?, resolved_us micros?, resolved_by text?, resolution text?, ended_us micros?, mail_queued_us micros?, mailed_us micros?
SELECT alert_id, rule, subject, fact_hash, severity, state, title, detail, evidence, owner, opened_us,
       last_seen_us, seen, acknowledged_us, acknowledged_by, snoozed_until_us, resolved_us,
       resolved_by, resolution, ended_us, mail_queued_us, mailed_us
  FROM alerts
 WHERE (:state IS NULL OR state = :state) AND alert_id < :before_id
 ORDER BY alert_id DESC
 LIMIT :limit;

-- name: open_alerts
-- columns: severity text, acknowledged_us micros?, snoozed_until_us micros?
SELECT severity, acknowledged_us, snoozed_until_us FROM alerts WHERE state = 'open';

-- name: queue_alert_mail
-- params: alert_id integer, now_us micros
UPDATE alerts SET mail_queued_us = :now_us WHERE alert_id = :alert_id;

-- name: note_alert_mailed
-- params: alert_id integer, now_us micros
UPDATE alerts SET mailed_us = :now_us WHERE alert_id = :alert_id AND mailed_us IS NULL;

-- name: recent_alert_mails
-- params: since_us micros
-- columns: rule text, subject text, mail_queued_us micros
SELECT rule, subject, mail_queued_us FROM alerts WHERE mail_queued_us >= :since_us
 ORDER BY mail_queued_us;
