-- The rate budget tells people from the schedule; a breaker per partner; units at ShipStation.

ALTER TABLE rate_grants ADD COLUMN urgency bigint NOT NULL DEFAULT 1 CHECK (urgency IN (0, 1));
ALTER TABLE rate_budget ADD COLUMN people_wait_us bigint NOT NULL DEFAULT 0;
ALTER TABLE rate_budget ADD COLUMN last_429_us bigint;

CREATE TABLE breakers (
  partner        text COLLATE "C" PRIMARY KEY,
  state          text COLLATE "C" NOT NULL CHECK (state IN ('closed', 'open', 'probing')),
  failures       bigint NOT NULL DEFAULT 0,
  openings       bigint NOT NULL DEFAULT 0,
  reason         text NOT NULL DEFAULT '',
  opened_us      bigint,
  next_probe_us  bigint,
  changed_us     bigint NOT NULL
);

-- Units of every ShipStation order, ours or not: what the difference of the two books is made of.
-- NULL until the order is read again.
ALTER TABLE remote_orders ADD COLUMN units bigint;
CREATE INDEX remote_orders_awaiting ON remote_orders (account_id, shipstation_order_id)
  WHERE status = 'awaiting_shipment';
