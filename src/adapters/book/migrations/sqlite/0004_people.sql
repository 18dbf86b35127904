-- Who may do what, and what was done.

CREATE TABLE users (
  user_id        INTEGER PRIMARY KEY,
  name           TEXT NOT NULL CHECK (name <> ''),
  role           TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  password_hash  TEXT NOT NULL,
  created_us     INTEGER NOT NULL,
  changed_us     INTEGER NOT NULL,
  disabled_us    INTEGER
) STRICT;
CREATE UNIQUE INDEX users_name ON users (name);

CREATE TABLE sessions (
  session_hash  TEXT PRIMARY KEY,
  user_id       INTEGER NOT NULL REFERENCES users (user_id),
  created_us    INTEGER NOT NULL,
  seen_us       INTEGER NOT NULL,
  expires_us    INTEGER NOT NULL,
  peer          TEXT NOT NULL,
  ended_us      INTEGER
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_seen ON sessions (seen_us);

CREATE TABLE api_tokens (
  token_id      TEXT PRIMARY KEY,
  token_hash    TEXT NOT NULL,
  name          TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  created_us    INTEGER NOT NULL,
  created_by    TEXT NOT NULL,
  expires_us    INTEGER,
  last_used_us  INTEGER,
  revoked_us    INTEGER
) STRICT;

CREATE TABLE setup_links (
  token_hash  TEXT PRIMARY KEY,
  created_us  INTEGER NOT NULL,
  expires_us  INTEGER NOT NULL,
  used_us     INTEGER
) STRICT;

CREATE TABLE login_failures (
  failure_id  INTEGER PRIMARY KEY,
  subject     TEXT NOT NULL,
  at_us       INTEGER NOT NULL
) STRICT;
CREATE INDEX login_failures_subject ON login_failures (subject, at_us);

CREATE TABLE audit_log (
  audit_id   INTEGER PRIMARY KEY,
  at_us      INTEGER NOT NULL,
  who        TEXT NOT NULL,
  action     TEXT NOT NULL,
  subject    TEXT NOT NULL,
  detail     TEXT NOT NULL DEFAULT '{}',
  prev_hash  TEXT NOT NULL,
  hash       TEXT NOT NULL
) STRICT;
CREATE INDEX audit_log_who ON audit_log (who, audit_id);
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE audit_head (
  head_id  INTEGER PRIMARY KEY CHECK (head_id = 1),
  last_id  INTEGER NOT NULL,
  hash     TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (head_id, last_id, hash) VALUES (1, 0, '');

CREATE TABLE idempotency_keys (
  who          TEXT NOT NULL,
  request_key  TEXT NOT NULL,
  fingerprint  TEXT NOT NULL,
  at_us        INTEGER NOT NULL,
  status       INTEGER,
  answer       TEXT,
  PRIMARY KEY (who, request_key)
) STRICT;
