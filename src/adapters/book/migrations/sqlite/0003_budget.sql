-- The rate budget tells people from the schedule; a breaker per partner.

ALTER TABLE rate_grants ADD COLUMN urgency INTEGER NOT NULL DEFAULT 1 CHECK (urgency IN (0, 1));

CREATE TABLE breakers (
  partner        TEXT PRIMARY KEY,
  state          TEXT NOT NULL CHECK (state IN ('closed', 'open', 'probing')),
  failures       INTEGER NOT NULL DEFAULT 0,
  reason         TEXT NOT NULL DEFAULT '',
  opened_us      INTEGER,
  next_probe_us  INTEGER,
  changed_us     INTEGER NOT NULL
) STRICT;
