-- Alerts that remember, daily numbers, settings with their history.

CREATE TABLE alerts (
  alert_id          INTEGER PRIMARY KEY,
  rule              TEXT NOT NULL,
  subject           TEXT NOT NULL,
  fact_hash         TEXT NOT NULL,
  severity          TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  state             TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
  title             TEXT NOT NULL,
  detail            TEXT NOT NULL,
  evidence          TEXT NOT NULL DEFAULT '',
  owner             TEXT,
  opened_us         INTEGER NOT NULL,
  last_seen_us      INTEGER NOT NULL,
  seen              INTEGER NOT NULL DEFAULT 1,
  acknowledged_us   INTEGER,
  acknowledged_by   TEXT,
  snoozed_until_us  INTEGER,
  resolved_us       INTEGER,
  resolved_by       TEXT,
  resolution        TEXT,
  ended_us          INTEGER,
  mail_queued_us    INTEGER,
  mailed_us         INTEGER
) STRICT;
CREATE UNIQUE INDEX alerts_open ON alerts (rule, subject) WHERE state = 'open';
CREATE INDEX alerts_memory ON alerts (rule, subject, alert_id);
CREATE INDEX alerts_state ON alerts (state, alert_id);

CREATE INDEX alerts_standing ON alerts (alert_id) WHERE ended_us IS NULL;
CREATE INDEX alerts_mail ON alerts (mail_queued_us) WHERE mail_queued_us IS NOT NULL;

CREATE TABLE mail_log (
  mail_id     INTEGER PRIMARY KEY,
  message_id  TEXT NOT NULL,
  job_id      INTEGER,
  recipient   TEXT NOT NULL,
  subject     TEXT NOT NULL,
  at_us       INTEGER NOT NULL,
  outcome     TEXT NOT NULL CHECK (outcome IN ('accepted', 'failed', 'refused', 'unknown')),
  message     TEXT NOT NULL
) STRICT;
CREATE INDEX mail_log_message ON mail_log (message_id, mail_id);
CREATE INDEX mail_log_outcome ON mail_log (outcome, mail_id);

CREATE TABLE system_kpis (
  id                    INTEGER PRIMARY KEY,
  account_id            INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  snapshot_date         TEXT NOT NULL,
  orders_today          INTEGER NOT NULL DEFAULT 0,
  shipments_sent        INTEGER NOT NULL DEFAULT 0,
  pending_uploads       INTEGER NOT NULL DEFAULT 0,
  system_status         TEXT NOT NULL DEFAULT 'online'
    CHECK (system_status IN ('online', 'degraded', 'offline')),
  total_revenue_cents   INTEGER,
  orders_awaiting       INTEGER NOT NULL DEFAULT 0,
  units_to_ship         INTEGER NOT NULL DEFAULT 0,
  units_shipped         INTEGER NOT NULL DEFAULT 0,
  orders_on_hold        INTEGER NOT NULL DEFAULT 0,
  quarantined           INTEGER NOT NULL DEFAULT 0,
  open_cases            INTEGER NOT NULL DEFAULT 0,
  runs_ok               INTEGER NOT NULL DEFAULT 0,
  runs_failed           INTEGER NOT NULL DEFAULT 0,
  requests              INTEGER NOT NULL DEFAULT 0,
  as_of_us              INTEGER,
  proven                INTEGER NOT NULL DEFAULT 0 CHECK (proven IN (0, 1)),
  proof                 TEXT NOT NULL DEFAULT '',
  run_id                TEXT,
  created_at            TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
) STRICT;
CREATE UNIQUE INDEX system_kpis_day ON system_kpis (account_id, snapshot_date);

CREATE TABLE settings_history (
  history_id      INTEGER PRIMARY KEY,
  category        TEXT NOT NULL,
  parameter_name  TEXT NOT NULL,
  old_value       TEXT,
  new_value       TEXT,
  changed_us      INTEGER NOT NULL,
  changed_by      TEXT NOT NULL,
  reason          TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX settings_history_name ON settings_history (category, parameter_name, history_id);
