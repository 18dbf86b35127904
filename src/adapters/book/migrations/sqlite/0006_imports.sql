-- The shop's files: bundles, what was read of each file, and the archive of old orders.

CREATE TABLE bundle_skus (
  id           INTEGER PRIMARY KEY,
  account_id   INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  bundle_sku   TEXT NOT NULL CHECK (bundle_sku <> ''),
  description  TEXT NOT NULL DEFAULT '',
  active       INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  created_at   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')),
  updated_at   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
) STRICT;
CREATE UNIQUE INDEX bundle_skus_sku ON bundle_skus (bundle_sku, account_id);

CREATE TABLE bundle_components (
  id             INTEGER PRIMARY KEY,
  bundle_sku_id  INTEGER NOT NULL REFERENCES bundle_skus (id) ON DELETE CASCADE,
  component_sku  TEXT NOT NULL CHECK (component_sku <> ''),
  multiplier     INTEGER NOT NULL CHECK (multiplier > 0),
  sequence       INTEGER NOT NULL DEFAULT 1,
  created_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))
) STRICT;
CREATE INDEX bundle_components_bundle ON bundle_components (bundle_sku_id, sequence, id);
CREATE INDEX bundle_components_sku ON bundle_components (component_sku);

CREATE TABLE import_files (
  import_id      INTEGER PRIMARY KEY,
  account_id     INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  name           TEXT NOT NULL,
  source         TEXT NOT NULL CHECK (source IN ('folder', 'upload')),
  sha256         TEXT NOT NULL,
  size_bytes     INTEGER NOT NULL,
  rules_hash     TEXT NOT NULL DEFAULT '',
  received_us    INTEGER NOT NULL,
  received_by    TEXT NOT NULL,
  job_id         INTEGER,
  run_id         TEXT,
  outcome        TEXT NOT NULL CHECK (outcome IN ('waiting', 'ok', 'partial', 'refused')),
  finished_us    INTEGER,
  message        TEXT NOT NULL DEFAULT '',
  encoding       TEXT NOT NULL DEFAULT '',
  orders         INTEGER NOT NULL DEFAULT 0,
  inserted       INTEGER NOT NULL DEFAULT 0,
  updated        INTEGER NOT NULL DEFAULT 0,
  unchanged      INTEGER NOT NULL DEFAULT 0,
  skipped        INTEGER NOT NULL DEFAULT 0,
  quarantined    INTEGER NOT NULL DEFAULT 0,
  deferred       INTEGER NOT NULL DEFAULT 0,
  lines_dropped  INTEGER NOT NULL DEFAULT 0,
  body_encoding  TEXT NOT NULL DEFAULT 'plain' CHECK (body_encoding IN ('plain', 'zstd')),
  body           BLOB
) STRICT;
CREATE INDEX import_files_source ON import_files (source, name, account_id, import_id);
CREATE INDEX import_files_kept ON import_files (received_us) WHERE body IS NOT NULL;

CREATE TABLE import_findings (
  import_id     INTEGER NOT NULL REFERENCES import_files (import_id) ON DELETE CASCADE,
  position      INTEGER NOT NULL,
  kind          TEXT NOT NULL
    CHECK (kind IN ('order_skipped', 'line_dropped', 'quarantined', 'deferred', 'not_taken',
                    'element_ignored')),
  order_number  TEXT,
  line          INTEGER NOT NULL,
  col           INTEGER NOT NULL,
  sku           TEXT,
  quantity      INTEGER,
  reason        TEXT NOT NULL,
  PRIMARY KEY (import_id, position)
) STRICT;

CREATE TABLE import_orders (
  account_id    INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  order_number  TEXT NOT NULL,
  shop_hash     TEXT NOT NULL,
  import_id     INTEGER NOT NULL,
  line          INTEGER NOT NULL,
  decision      TEXT NOT NULL,
  decided_us    INTEGER NOT NULL,
  PRIMARY KEY (account_id, order_number)
) STRICT;

ALTER TABLE orders_inbox ADD COLUMN archived_us INTEGER;
CREATE INDEX orders_inbox_archive ON orders_inbox (status, order_date, id)
  WHERE archived_us IS NULL;

-- An order of the shop's file that cannot be read waits in quarantine too. SQLite changes no CHECK:
-- the table is made anew.
CREATE TABLE quarantine_0006 (
  id             INTEGER PRIMARY KEY,
  account_id     INTEGER NOT NULL DEFAULT 1 REFERENCES accounts (account_id),
  entity         TEXT NOT NULL
    CHECK (entity IN ('order', 'shipment', 'fulfilment', 'hole', 'shop_order')),
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
INSERT INTO quarantine_0006
  (id, account_id, entity, entity_key, entity_id, entity_number, stream, error_class, problem, facts,
   encoding, payload, first_seen_us, last_seen_us, attempts, state, closed_us, closed_by,
   close_reason, run_id)
SELECT id, account_id, entity, entity_key, entity_id, entity_number, stream, error_class, problem,
       facts, encoding, payload, first_seen_us, last_seen_us, attempts, state, closed_us, closed_by,
       close_reason, run_id
  FROM quarantine;
DROP TABLE quarantine;
ALTER TABLE quarantine_0006 RENAME TO quarantine;
CREATE UNIQUE INDEX quarantine_open
  ON quarantine (account_id, entity, entity_key) WHERE state = 'open';
CREATE INDEX quarantine_state ON quarantine (account_id, state, last_seen_us);

-- Lists of orders ask for each of them whether something of it waits.
CREATE INDEX quarantine_number ON quarantine (account_id, entity_number, entity)
  WHERE state = 'open';
