-- Jobs, the schedule and the nodes that do the work. docs/schema.md says what every table means.

CREATE TABLE jobs (
  job_id               INTEGER PRIMARY KEY,
  account_id           INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  kind                 TEXT NOT NULL CHECK (kind <> ''),
  args                 TEXT NOT NULL DEFAULT '{}',
  unique_key           TEXT,
  single_flight        TEXT,
  priority             INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 4),
  state                TEXT NOT NULL
    CHECK (state IN ('waiting', 'available', 'running', 'done', 'cancelled', 'dead')),
  asked_by             TEXT NOT NULL,
  why                  TEXT NOT NULL,
  enqueued_us          INTEGER NOT NULL,
  run_at_us            INTEGER NOT NULL,
  timeout_us           INTEGER NOT NULL CHECK (timeout_us > 0),
  attempt              INTEGER NOT NULL DEFAULT 0,
  max_attempts         INTEGER NOT NULL CHECK (max_attempts > 0),
  snoozes              INTEGER NOT NULL DEFAULT 0,
  node_id              TEXT,
  run_id               TEXT,
  lease_token          INTEGER NOT NULL DEFAULT 0,
  lease_until_us       INTEGER,
  deadline_us          INTEGER,
  started_us           INTEGER,
  finished_us          INTEGER,
  cancel_requested_us  INTEGER,
  cancel_requested_by  TEXT,
  phase                TEXT NOT NULL DEFAULT '',
  progress_done        INTEGER NOT NULL DEFAULT 0,
  progress_total       INTEGER NOT NULL DEFAULT 0,
  cursor               TEXT,
  outcome              TEXT,
  message              TEXT NOT NULL DEFAULT '',
  result               TEXT,
  redrive_of           INTEGER
) STRICT;
CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key, account_id)
  WHERE unique_key IS NOT NULL AND state IN ('waiting', 'available', 'running');
CREATE UNIQUE INDEX jobs_single_flight ON jobs (single_flight, account_id)
  WHERE single_flight IS NOT NULL AND state = 'running';
CREATE INDEX jobs_claim ON jobs (priority, run_at_us, job_id) WHERE state = 'available';
CREATE INDEX jobs_state ON jobs (state, job_id);
CREATE INDEX jobs_kind ON jobs (kind, job_id);
CREATE INDEX jobs_finished ON jobs (finished_us) WHERE finished_us IS NOT NULL;

CREATE TABLE job_needs (
  job_id  INTEGER NOT NULL REFERENCES jobs (job_id) ON DELETE CASCADE,
  needs   INTEGER NOT NULL,
  PRIMARY KEY (job_id, needs)
) STRICT;
CREATE INDEX job_needs_needed ON job_needs (needs);

CREATE TABLE job_attempts (
  job_id       INTEGER NOT NULL REFERENCES jobs (job_id) ON DELETE CASCADE,
  lease_token  INTEGER NOT NULL,
  attempt_no   INTEGER NOT NULL,
  run_id       TEXT NOT NULL,
  node_id      TEXT NOT NULL,
  started_us   INTEGER NOT NULL,
  ended_us     INTEGER,
  outcome      TEXT NOT NULL DEFAULT 'running',
  message      TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (job_id, lease_token)
) STRICT;

CREATE TABLE run_log (
  line_id  INTEGER PRIMARY KEY,
  run_id   TEXT NOT NULL,
  at_us    INTEGER NOT NULL,
  level    TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  text     TEXT NOT NULL
) STRICT;
CREATE INDEX run_log_run ON run_log (run_id, line_id);

CREATE TABLE schedule_ticks (
  workflow     TEXT NOT NULL,
  tick_us      INTEGER NOT NULL,
  job_id       INTEGER,
  missed       INTEGER NOT NULL DEFAULT 0,
  recorded_us  INTEGER NOT NULL,
  PRIMARY KEY (workflow, tick_us)
) STRICT;

-- Where the schedule of each workflow stands; all nodes read and lock this row.
CREATE TABLE schedules (
  workflow        TEXT PRIMARY KEY,
  plan            TEXT NOT NULL,
  since_us        INTEGER NOT NULL,
  taken_until_us  INTEGER,
  lap             INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE nodes (
  node_id       TEXT PRIMARY KEY,
  holder        TEXT NOT NULL,
  version       TEXT NOT NULL,
  started_us    INTEGER NOT NULL,
  heartbeat_us  INTEGER NOT NULL,
  stopped_us    INTEGER,
  kinds         TEXT NOT NULL DEFAULT '',
  mail_from     TEXT NOT NULL DEFAULT '',
  page_url      TEXT NOT NULL DEFAULT ''
) STRICT;

-- What each node has set up of each partner: fingerprints of keys, never keys.
CREATE TABLE node_partners (
  node_id      TEXT NOT NULL REFERENCES nodes (node_id) ON DELETE CASCADE,
  partner      TEXT NOT NULL,
  credentials  TEXT NOT NULL CHECK (credentials IN ('none', 'incomplete', 'complete')),
  fingerprint  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (node_id, partner)
) STRICT;

ALTER TABLE workflow_controls ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE workflow_controls ADD COLUMN seen_enabled INTEGER;
ALTER TABLE workflow_controls ADD COLUMN changed_us INTEGER;

ALTER TABLE runs ADD COLUMN job_id INTEGER;
ALTER TABLE runs ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';
-- The fingerprint of the key with which it asked its partner.
ALTER TABLE runs ADD COLUMN credential TEXT NOT NULL DEFAULT '';
CREATE INDEX runs_credential ON runs (workflow, credential, started_us, run_id);

-- What changed, for pages that watch: small hints, kept for an hour.
CREATE TABLE live_events (
  event_id  INTEGER PRIMARY KEY AUTOINCREMENT,
  at_us     INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  data      TEXT NOT NULL
) STRICT;
CREATE INDEX live_events_at ON live_events (at_us);
