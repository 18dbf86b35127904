-- The rate budget tells people from the schedule; a breaker per partner.

ALTER TABLE rate_grants ADD COLUMN urgency bigint NOT NULL DEFAULT 1 CHECK (urgency IN (0, 1));

CREATE TABLE breakers (
  partner        text COLLATE "C" PRIMARY KEY,
  state          text COLLATE "C" NOT NULL CHECK (state IN ('closed', 'open', 'probing')),
  failures       bigint NOT NULL DEFAULT 0,
  reason         text NOT NULL DEFAULT '',
  opened_us      bigint,
  next_probe_us  bigint,
  changed_us     bigint NOT NULL
);
