-- The order book, first slice: what the ShipStation sync reads and writes. docs/schema.md says what
-- every table and column means. Never edited once released: corrections are new migrations.

CREATE TABLE accounts (
  account_id  INTEGER PRIMARY KEY,
  partner     TEXT NOT NULL CHECK (partner IN ('shipstation', 'shopify', 'rms')),
  name        TEXT NOT NULL,
  created_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
) STRICT;
INSERT INTO accounts (account_id, partner, name) VALUES (1, 'shipstation', 'ShipStation');

CREATE TABLE orders_inbox (
  id                     INTEGER PRIMARY KEY,
  account_id             INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  order_number           TEXT NOT NULL CHECK (order_number <> ''),
  order_date             TEXT NOT NULL,
  customer_email         TEXT,
  status                 TEXT NOT NULL DEFAULT 'pending',
  shipstation_order_id   TEXT,
  total_items            INTEGER NOT NULL DEFAULT 0,
  total_amount_cents     INTEGER,
  currency               TEXT NOT NULL DEFAULT 'USD',
  source_system          TEXT NOT NULL DEFAULT 'X-Cart',
  created_at             TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  updated_at             TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  failure_reason         TEXT,
  ship_name              TEXT,
  ship_company           TEXT,
  ship_street1           TEXT,
  ship_street2           TEXT,
  ship_street3           TEXT,
  ship_city              TEXT,
  ship_state             TEXT,
  ship_postal_code       TEXT,
  ship_country           TEXT,
  ship_phone             TEXT,
  bill_name              TEXT,
  bill_company           TEXT,
  bill_street1           TEXT,
  bill_street2           TEXT,
  bill_street3           TEXT,
  bill_city              TEXT,
  bill_state             TEXT,
  bill_postal_code       TEXT,
  bill_country           TEXT,
  bill_phone             TEXT,
  shipping_carrier_code  TEXT,
  shipping_carrier_id    TEXT,
  shipping_service_code  TEXT,
  shipping_service_name  TEXT,
  ship_date              TEXT,
  tracking_number        TEXT,
  is_flagged             INTEGER NOT NULL DEFAULT 0 CHECK (is_flagged IN (0, 1)),
  flag_reason            TEXT,
  notes                  TEXT
) STRICT;
-- Here and below the selective column first: an index that begins with the account alone is chosen
-- for lookups by other columns while the planner knows no statistics, and then reads every row.
CREATE UNIQUE INDEX orders_inbox_number ON orders_inbox (order_number, account_id);
CREATE INDEX orders_inbox_shipstation ON orders_inbox (shipstation_order_id, account_id);
CREATE INDEX orders_inbox_status ON orders_inbox (status, account_id, updated_at, id);
CREATE INDEX orders_inbox_updated ON orders_inbox (updated_at, id, account_id);

CREATE TABLE order_items_inbox (
  id                   INTEGER PRIMARY KEY,
  order_inbox_id       INTEGER NOT NULL REFERENCES orders_inbox (id) ON DELETE CASCADE,
  shipstation_line_id  INTEGER,
  shipstation_order_id INTEGER,
  sku                  TEXT NOT NULL CHECK (sku <> ''),
  sku_lot              TEXT,
  name                 TEXT,
  quantity             INTEGER NOT NULL CHECK (quantity > 0),
  unit_price_cents     INTEGER
) STRICT;
CREATE INDEX order_items_inbox_order ON order_items_inbox (order_inbox_id);
CREATE INDEX order_items_inbox_sku ON order_items_inbox (sku);
CREATE UNIQUE INDEX order_items_inbox_line
  ON order_items_inbox (order_inbox_id, shipstation_line_id)
  WHERE shipstation_line_id IS NOT NULL;

CREATE TABLE shipstation_order_line_items (
  id                    INTEGER PRIMARY KEY,
  account_id            INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  order_inbox_id        INTEGER NOT NULL REFERENCES orders_inbox (id),
  sku                   TEXT NOT NULL,
  lot                   TEXT,
  lot_map_version       INTEGER,
  shipstation_order_id  TEXT NOT NULL,
  created_at            TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  UNIQUE (order_inbox_id, sku)
) STRICT;
CREATE INDEX shipstation_order_line_items_remote
  ON shipstation_order_line_items (account_id, shipstation_order_id);

CREATE TABLE shipped_orders (
  id                     INTEGER PRIMARY KEY,
  account_id             INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  ship_date              TEXT NOT NULL,
  order_number           TEXT NOT NULL CHECK (order_number <> ''),
  customer_email         TEXT,
  total_items            INTEGER NOT NULL DEFAULT 0,
  shipstation_order_id   TEXT,
  shipping_carrier_code  TEXT,
  shipping_carrier_id    TEXT,
  shipping_service_code  TEXT,
  shipping_service_name  TEXT,
  provisional            INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)),
  created_at             TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
) STRICT;
CREATE UNIQUE INDEX shipped_orders_number ON shipped_orders (account_id, order_number);
CREATE INDEX shipped_orders_day ON shipped_orders (ship_date);

CREATE TABLE shipped_items (
  id                   INTEGER PRIMARY KEY,
  account_id           INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  ship_date            TEXT NOT NULL,
  sku_lot              TEXT NOT NULL DEFAULT '',
  base_sku             TEXT NOT NULL,
  quantity_shipped     INTEGER NOT NULL CHECK (quantity_shipped > 0),
  order_number         TEXT,
  tracking_number      TEXT,
  shipment_id          INTEGER,
  shipstation_line_id  INTEGER,
  provisional          INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)),
  created_at           TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
) STRICT;
CREATE INDEX shipped_items_order ON shipped_items (account_id, order_number);
CREATE INDEX shipped_items_day ON shipped_items (ship_date);
CREATE INDEX shipped_items_sku ON shipped_items (base_sku, ship_date);
CREATE UNIQUE INDEX shipped_items_line
  ON shipped_items (account_id, shipment_id, shipstation_line_id, sku_lot)
  WHERE shipment_id IS NOT NULL AND shipstation_line_id IS NOT NULL;

CREATE TABLE remote_orders (
  account_id            INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  shipstation_order_id  INTEGER NOT NULL,
  order_number          TEXT NOT NULL,
  order_key             TEXT,
  created_us            INTEGER NOT NULL,
  modified_us           INTEGER NOT NULL,
  status                TEXT NOT NULL,
  content_hash          TEXT,
  disposition           TEXT NOT NULL
    CHECK (disposition IN ('applied', 'skipped', 'quarantined', 'deferred')),
  rule                  TEXT NOT NULL,
  reason                TEXT NOT NULL,
  parent_id             INTEGER,
  survivor_id           INTEGER,
  run_id                TEXT NOT NULL,
  first_seen_us         INTEGER NOT NULL,
  decided_us            INTEGER NOT NULL,
  PRIMARY KEY (account_id, shipstation_order_id)
) STRICT;
CREATE INDEX remote_orders_number ON remote_orders (order_number, account_id);
CREATE INDEX remote_orders_modified ON remote_orders (modified_us, account_id);
CREATE INDEX remote_orders_parent ON remote_orders (parent_id, account_id);

CREATE TABLE order_links (
  account_id            INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  shipstation_order_id  INTEGER NOT NULL,
  order_inbox_id        INTEGER NOT NULL REFERENCES orders_inbox (id) ON DELETE CASCADE,
  role                  TEXT NOT NULL CHECK (role IN ('primary', 'split')),
  rule                  TEXT NOT NULL,
  run_id                TEXT NOT NULL,
  linked_us             INTEGER NOT NULL,
  PRIMARY KEY (account_id, shipstation_order_id)
) STRICT;
CREATE INDEX order_links_order ON order_links (order_inbox_id);

CREATE TABLE payloads (
  payload_id  INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  kind        TEXT NOT NULL CHECK (kind IN ('order', 'shipment', 'fulfilment')),
  entity_id   INTEGER NOT NULL,
  seen_us     INTEGER NOT NULL,
  run_id      TEXT NOT NULL,
  encoding    TEXT NOT NULL CHECK (encoding IN ('plain', 'zstd')),
  body        BLOB NOT NULL
) STRICT;
CREATE INDEX payloads_entity ON payloads (account_id, kind, entity_id, payload_id);
CREATE INDEX payloads_seen ON payloads (seen_us);

CREATE TABLE shipments (
  account_id            INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  shipment_id           INTEGER NOT NULL,
  shipstation_order_id  INTEGER,
  order_number          TEXT,
  created_us            INTEGER NOT NULL,
  ship_date             TEXT,
  tracking_number       TEXT,
  carrier_code          TEXT,
  service_code          TEXT,
  cost_cents            INTEGER,
  return_label          INTEGER NOT NULL CHECK (return_label IN (0, 1)),
  voided                INTEGER NOT NULL CHECK (voided IN (0, 1)),
  voided_us             INTEGER,
  lines_known           INTEGER NOT NULL CHECK (lines_known IN (0, 1)),
  content_hash          TEXT NOT NULL,
  run_id                TEXT NOT NULL,
  seen_us               INTEGER NOT NULL,
  PRIMARY KEY (account_id, shipment_id)
) STRICT;
CREATE INDEX shipments_order ON shipments (shipstation_order_id, account_id, shipment_id);

CREATE TABLE shipment_items (
  account_id           INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  shipment_id          INTEGER NOT NULL,
  position             INTEGER NOT NULL,
  shipstation_line_id  INTEGER,
  sku_text             TEXT,
  name                 TEXT NOT NULL,
  quantity             INTEGER NOT NULL,
  PRIMARY KEY (account_id, shipment_id, position)
) STRICT;

CREATE TABLE fulfilments (
  account_id            INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  fulfilment_id         INTEGER NOT NULL,
  shipstation_order_id  INTEGER,
  order_number          TEXT,
  created_us            INTEGER NOT NULL,
  ship_date             TEXT,
  tracking_number       TEXT,
  carrier               TEXT,
  voided                INTEGER NOT NULL CHECK (voided IN (0, 1)),
  voided_us             INTEGER,
  content_hash          TEXT NOT NULL,
  run_id                TEXT NOT NULL,
  seen_us               INTEGER NOT NULL,
  PRIMARY KEY (account_id, fulfilment_id)
) STRICT;
CREATE INDEX fulfilments_order ON fulfilments (shipstation_order_id, account_id, fulfilment_id);

CREATE TABLE order_events (
  event_id              INTEGER PRIMARY KEY,
  account_id            INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  order_inbox_id        INTEGER,
  shipstation_order_id  INTEGER,
  order_number          TEXT NOT NULL,
  at_us                 INTEGER NOT NULL,
  kind                  TEXT NOT NULL,
  title                 TEXT NOT NULL,
  detail                TEXT NOT NULL DEFAULT '',
  source                TEXT NOT NULL CHECK (source IN ('shipstation', 'tallyman', 'person')),
  tone                  TEXT NOT NULL CHECK (tone IN ('ours', 'elsewhere', 'problem')),
  rule                  TEXT,
  run_id                TEXT,
  by_whom               TEXT,
  changes               TEXT
) STRICT;
CREATE INDEX order_events_order ON order_events (order_inbox_id, event_id);
CREATE INDEX order_events_remote ON order_events (account_id, shipstation_order_id, event_id);

CREATE TABLE runs (
  run_id                  TEXT PRIMARY KEY,
  account_id              INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  workflow                TEXT NOT NULL,
  mode                    TEXT NOT NULL CHECK (mode IN ('live', 'shadow', 'dry')),
  outcome                 TEXT NOT NULL
    CHECK (outcome IN ('running', 'ok', 'partial', 'failed', 'skipped')),
  why                     TEXT NOT NULL,
  started_us              INTEGER NOT NULL,
  finished_us             INTEGER,
  message                 TEXT NOT NULL DEFAULT '',
  failure                 TEXT,
  window_from_us          INTEGER,
  window_to_us            INTEGER,
  source_total            INTEGER NOT NULL DEFAULT 0,
  received                INTEGER NOT NULL DEFAULT 0,
  applied                 INTEGER NOT NULL DEFAULT 0,
  unchanged               INTEGER NOT NULL DEFAULT 0,
  skipped                 INTEGER NOT NULL DEFAULT 0,
  quarantined             INTEGER NOT NULL DEFAULT 0,
  deferred                INTEGER NOT NULL DEFAULT 0,
  skipped_reasons         TEXT NOT NULL DEFAULT '{}',
  requests                INTEGER NOT NULL DEFAULT 0,
  manual_orders_imported  INTEGER NOT NULL DEFAULT 0,
  status_updates          INTEGER NOT NULL DEFAULT 0,
  watermark_before_us     INTEGER,
  watermark_after_us      INTEGER,
  read_until_us           INTEGER,
  warnings                TEXT NOT NULL DEFAULT '[]',
  phase                   TEXT NOT NULL DEFAULT '',
  progress_done           INTEGER NOT NULL DEFAULT 0,
  progress_total          INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX runs_latest ON runs (workflow, started_us, run_id);

CREATE TABLE applied_batches (
  run_id      TEXT NOT NULL,
  seq         INTEGER NOT NULL,
  applied_us  INTEGER NOT NULL,
  PRIMARY KEY (run_id, seq)
) STRICT;

CREATE TABLE checkpoints (
  account_id  INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  stream      TEXT NOT NULL,
  run_id      TEXT NOT NULL,
  state       TEXT NOT NULL,
  updated_us  INTEGER NOT NULL,
  PRIMARY KEY (account_id, stream)
) STRICT;

CREATE TABLE quarantine (
  id             INTEGER PRIMARY KEY,
  account_id     INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  entity         TEXT NOT NULL
    CHECK (entity IN ('order', 'shipment', 'fulfilment', 'hole')),
  entity_key     TEXT NOT NULL,
  entity_id      INTEGER,
  entity_number  TEXT,
  stream         TEXT NOT NULL,
  error_class    TEXT NOT NULL,
  problem        TEXT NOT NULL,
  facts          TEXT NOT NULL DEFAULT '{}',
  encoding       TEXT NOT NULL DEFAULT 'plain' CHECK (encoding IN ('plain', 'zstd')),
  payload        BLOB,
  first_seen_us  INTEGER NOT NULL,
  last_seen_us   INTEGER NOT NULL,
  attempts       INTEGER NOT NULL DEFAULT 1,
  state          TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'resolved', 'ignored')),
  closed_us      INTEGER,
  closed_by      TEXT,
  close_reason   TEXT,
  run_id         TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX quarantine_open
  ON quarantine (account_id, entity, entity_key) WHERE state = 'open';
CREATE INDEX quarantine_state ON quarantine (account_id, state, last_seen_us);

CREATE TABLE cases (
  id                    INTEGER PRIMARY KEY,
  account_id            INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  kind                  TEXT NOT NULL,
  order_number          TEXT NOT NULL,
  order_inbox_id        INTEGER,
  shipstation_order_id  INTEGER,
  fact_hash             TEXT NOT NULL,
  evidence              TEXT NOT NULL,
  state                 TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'decided')),
  opened_us             INTEGER NOT NULL,
  decided_us            INTEGER,
  decision              TEXT,
  decided_by            TEXT,
  reason                TEXT,
  run_id                TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX cases_open
  ON cases (account_id, kind, shipstation_order_id) WHERE state = 'open';
CREATE INDEX cases_number ON cases (account_id, order_number);

CREATE TABLE manual_order_conflicts (
  id                        INTEGER PRIMARY KEY,
  account_id                INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  conflicting_order_number  TEXT NOT NULL,
  shipstation_order_id      TEXT NOT NULL,
  customer_name             TEXT,
  original_ship_date        TEXT,
  detected_at               TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  resolved_at               TEXT,
  new_order_number          TEXT,
  new_shipstation_order_id  TEXT,
  resolution_status         TEXT NOT NULL DEFAULT 'pending',
  original_company          TEXT,
  original_items            TEXT,
  duplicate_company         TEXT,
  duplicate_items           TEXT
) STRICT;
CREATE UNIQUE INDEX manual_order_conflicts_remote
  ON manual_order_conflicts (account_id, shipstation_order_id);

CREATE TABLE sync_watermark (
  id                   INTEGER PRIMARY KEY,
  account_id           INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  workflow_name        TEXT NOT NULL,
  last_sync_timestamp  TEXT NOT NULL,
  watermark_us         INTEGER,
  read_until_us        INTEGER,
  updated_at           TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
) STRICT;
CREATE UNIQUE INDEX sync_watermark_name ON sync_watermark (account_id, workflow_name);

CREATE TABLE migration_log (
  id      INTEGER PRIMARY KEY,
  at_us   INTEGER NOT NULL,
  what    TEXT NOT NULL,
  detail  TEXT NOT NULL,
  run_id  TEXT
) STRICT;

CREATE TABLE sync_locks (
  lock_name     TEXT PRIMARY KEY,
  holder        TEXT NOT NULL,
  run_id        TEXT NOT NULL,
  token         INTEGER NOT NULL,
  expires_us    INTEGER NOT NULL,
  heartbeat_us  INTEGER NOT NULL
) STRICT;

CREATE TABLE workflow_controls (
  workflow_name  TEXT PRIMARY KEY,
  enabled        INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  description    TEXT NOT NULL DEFAULT '',
  last_run_at    TEXT,
  last_updated   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  updated_by     TEXT NOT NULL DEFAULT 'system'
) STRICT;
INSERT INTO workflow_controls (workflow_name, enabled, description)
VALUES ('shipstation-sync', 1,
        'Reads every order changed in ShipStation and keeps the order book in step with it');

CREATE TABLE configuration_params (
  id              INTEGER PRIMARY KEY,
  category        TEXT NOT NULL,
  parameter_name  TEXT NOT NULL,
  value           TEXT NOT NULL,
  sku             TEXT,
  notes           TEXT,
  last_updated    TEXT,
  created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
) STRICT;
CREATE UNIQUE INDEX configuration_params_name
  ON configuration_params (category, parameter_name, COALESCE(sku, ''));

CREATE TABLE rate_budget (
  credential        TEXT PRIMARY KEY,
  limit_per_minute  INTEGER NOT NULL,
  blocked_until_us  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE rate_grants (
  grant_id    INTEGER PRIMARY KEY,
  credential  TEXT NOT NULL REFERENCES rate_budget (credential),
  granted_us  INTEGER NOT NULL
) STRICT;
CREATE INDEX rate_grants_window ON rate_grants (credential, granted_us);

-- What scripts write by hand is brought into the one form that we compare and order by. A value that
-- is no time at all becomes NULL here and is refused by NOT NULL.
CREATE TRIGGER orders_inbox_dates AFTER INSERT ON orders_inbox
WHEN NEW.order_date NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
  OR NEW.created_at NOT GLOB '????-??-??T??:??:??.??????Z'
  OR NEW.updated_at NOT GLOB '????-??-??T??:??:??.??????Z'
BEGIN
  UPDATE orders_inbox
     SET order_date = date(NEW.order_date),
         created_at = strftime('%Y-%m-%dT%H:%M:%f000Z', NEW.created_at),
         updated_at = strftime('%Y-%m-%dT%H:%M:%f000Z', NEW.updated_at)
   WHERE id = NEW.id;
END;
CREATE TRIGGER orders_inbox_dates_changed AFTER UPDATE OF order_date, created_at, updated_at
ON orders_inbox
WHEN NEW.order_date NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
  OR NEW.created_at NOT GLOB '????-??-??T??:??:??.??????Z'
  OR NEW.updated_at NOT GLOB '????-??-??T??:??:??.??????Z'
BEGIN
  UPDATE orders_inbox
     SET order_date = date(NEW.order_date),
         created_at = strftime('%Y-%m-%dT%H:%M:%f000Z', NEW.created_at),
         updated_at = strftime('%Y-%m-%dT%H:%M:%f000Z', NEW.updated_at)
   WHERE id = NEW.id;
END;
