-- The rate budget tells people from the schedule; a breaker per partner; units at ShipStation.

ALTER TABLE rate_grants ADD COLUMN urgency INTEGER NOT NULL DEFAULT 1 CHECK (urgency IN (0, 1));
ALTER TABLE rate_budget ADD COLUMN people_wait_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rate_budget ADD COLUMN last_429_us INTEGER;

CREATE TABLE breakers (
  partner        TEXT PRIMARY KEY,
  state          TEXT NOT NULL CHECK (state IN ('closed', 'open', 'probing')),
  failures       INTEGER NOT NULL DEFAULT 0,
  openings       INTEGER NOT NULL DEFAULT 0,
  reason         TEXT NOT NULL DEFAULT '',
  opened_us      INTEGER,
  next_probe_us  INTEGER,
  changed_us     INTEGER NOT NULL
) STRICT;

-- Units of every ShipStation order, ours or not: what the difference of the two books is made of.
-- NULL until the order is read again.
ALTER TABLE remote_orders ADD COLUMN units INTEGER;
CREATE INDEX remote_orders_awaiting ON remote_orders (account_id, shipstation_order_id)
  WHERE status = 'awaiting_shipment';
