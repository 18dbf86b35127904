-- Files of the shop: what came, what was read of it, and what the shop said of each order.

-- name: add_import
-- params: account_id integer, name text, source text, sha256 text, size_bytes integer, received_by text, body_encoding text, body blob?, now_us micros
-- columns: import_id integer
INSERT INTO import_files
  (account_id, name, source, sha256, size_bytes, received_us, received_by, outcome, body_encoding,
   body)
VALUES
  (:account_id, :name, :source, :sha256, :size_bytes, :now_us, :received_by, 'waiting',
   :body_encoding, :body)
RETURNING import_id;

-- name: set_import_job
-- params: import_id integer, job_id integer
UPDATE import_files SET job_id = :job_id WHERE import_id = :import_id;

-- name: finish_import
-- params: import_id integer, run_id text, outcome text, message text, encoding text, rules_hash text, orders integer, inserted integer, updated integer, unchanged integer, skipped integer, quarantined integer, deferred integer, lines_dropped integer, now_us micros
UPDATE import_files
   SET run_id = :run_id, outcome = :outcome, message = :message, encoding = :encoding,
       rules_hash = :rules_hash, orders = :orders, inserted = :inserted, updated = :updated,
       unchanged = :unchanged, skipped = :skipped, quarantined = :quarantined,
       deferred = :deferred, lines_dropped = :lines_dropped, finished_us = :now_us
 WHERE import_id = :import_id;

-- name: find_import
-- params: account_id integer, import_id integer
-- columns: import_id integer, name text, source text, sha256 text, size_bytes integer, rules_hash text, received_us micros, received_by text, job_id integer?, run_id text?, outcome text, finished_us micros?, message text, encoding text, orders integer, inserted integer, updated integer, unchanged integer, skipped integer, quarantined integer, deferred integer, lines_dropped integer
SELECT import_id, name, source, sha256, size_bytes, rules_hash, received_us, received_by, job_id,
       run_id, outcome, finished_us, message, encoding, orders, inserted, updated, unchanged,
       skipped, quarantined, deferred, lines_dropped
  FROM import_files WHERE account_id = :account_id AND import_id = :import_id;

-- name: find_newest_import
-- params: account_id integer, source text, name text
-- columns: import_id integer
SELECT import_id FROM import_files
 WHERE source = :source AND name = :name AND account_id = :account_id
 ORDER BY import_id DESC
 LIMIT 1;

-- name: list_imports
-- params: account_id integer, before_id integer, limit integer
-- columns: import_id integer, name text, source text, sha256 text, size_bytes integer, rules_hash text, received_us micros, received_by text, job_id integer?, run_id text?, outcome text, finished_us micros?, message text, encoding text, orders integer, inserted integer, updated integer, unchanged integer, skipped integer, quarantined integer, deferred integer, lines_dropped integer
SELECT import_id, name, source, sha256, size_bytes, rules_hash, received_us, received_by, job_id,
       run_id, outcome, finished_us, message, encoding, orders, inserted, updated, unchanged,
       skipped, quarantined, deferred, lines_dropped
  FROM import_files WHERE account_id = :account_id AND import_id < :before_id
 ORDER BY import_id DESC
 LIMIT :limit;

-- name: load_import_body
-- params: import_id integer
-- columns: body_encoding text, body blob?
SELECT body_encoding, body FROM import_files WHERE import_id = :import_id;

-- name: drop_findings
-- params: import_id integer
DELETE FROM import_findings WHERE import_id = :import_id;

-- name: add_finding
-- params: import_id integer, position integer, kind text, order_number text?, line integer, col integer, sku text?, quantity integer?, reason text
INSERT INTO import_findings
  (import_id, position, kind, order_number, line, col, sku, quantity, reason)
VALUES
  (:import_id, :position, :kind, :order_number, :line, :col, :sku, :quantity, :reason);

-- name: list_findings
-- params: import_id integer, kind text?, after integer, limit integer
-- columns: position integer, kind text, order_number text?, line integer, col integer, sku text?, quantity integer?, reason text
SELECT position, kind, order_number, line, col, sku, quantity, reason FROM import_findings
 WHERE import_id = :import_id AND position > :after AND (:kind IS NULL OR kind = :kind)
 ORDER BY position
 LIMIT :limit;

-- name: find_shop_word
-- params: account_id integer, order_number text
-- columns: shop_hash text, decision text
SELECT shop_hash, decision FROM import_orders
 WHERE account_id = :account_id AND order_number = :order_number;

-- name: put_shop_word
-- params: account_id integer, order_number text, shop_hash text, import_id integer, line integer, decision text, now_us micros
INSERT INTO import_orders
  (account_id, order_number, shop_hash, import_id, line, decision, decided_us)
VALUES (:account_id, :order_number, :shop_hash, :import_id, :line, :decision, :now_us)
ON CONFLICT (account_id, order_number) DO UPDATE
   SET shop_hash = excluded.shop_hash, import_id = excluded.import_id, line = excluded.line,
       decision = excluded.decision, decided_us = excluded.decided_us
 WHERE import_orders.shop_hash <> excluded.shop_hash
    OR import_orders.decision <> excluded.decision;

-- name: hold_order
-- params: id integer
-- columns: id integer
-- sqlite: the write transaction already excludes every other writer
SELECT id FROM orders_inbox WHERE id = :id;
-- postgres: who takes the order further meanwhile does so before we look, or after we have committed
SELECT id FROM orders_inbox WHERE id = :id FOR UPDATE;

-- name: find_shipped_day
-- params: account_id integer, order_number text
-- columns: ship_date day
SELECT ship_date FROM shipped_orders
 WHERE account_id = :account_id AND order_number = :order_number;

-- name: find_strangers
-- params: account_id integer, order_number text
-- columns: shipstation_order_id integer, status text
-- ShipStation orders of that number that belong to no local order and were not swallowed by another.
SELECT r.shipstation_order_id, r.status FROM remote_orders r
 WHERE r.order_number = :order_number AND r.account_id = :account_id
   AND r.survivor_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM order_links l
                    WHERE l.account_id = r.account_id
                      AND l.shipstation_order_id = r.shipstation_order_id)
 ORDER BY r.shipstation_order_id;

-- name: find_kept_apart
-- params: account_id integer, order_number text
-- columns: id integer
-- A person decided that the ShipStation order of that number is another one.
SELECT id FROM cases
 WHERE account_id = :account_id AND order_number = :order_number AND kind = 'link_or_refuse'
   AND state = 'decided' AND decision = 'keep_apart'
 ORDER BY id
 LIMIT 1;

-- name: count_kept_apart
-- params: account_id integer
-- columns: decided integer
SELECT COUNT(*) AS decided FROM cases
 WHERE account_id = :account_id AND kind = 'link_or_refuse'
   AND state = 'decided' AND decision = 'keep_apart';

-- name: drop_import_bodies
-- params: before_us micros
-- The newest file of each source and name is kept.
UPDATE import_files SET body = NULL, body_encoding = 'plain'
 WHERE body IS NOT NULL AND received_us < :before_us AND outcome <> 'waiting'
   AND EXISTS (SELECT 1 FROM import_files n
                WHERE n.source = import_files.source AND n.name = import_files.name
                  AND n.account_id = import_files.account_id
                  AND n.import_id > import_files.import_id);

-- name: forget_findings
-- params: before_us micros
DELETE FROM import_findings
 WHERE import_id IN (SELECT f.import_id FROM import_files f
                      WHERE f.received_us < :before_us AND f.outcome <> 'waiting'
                        AND EXISTS (SELECT 1 FROM import_files n
                                     WHERE n.source = f.source AND n.name = f.name
                                       AND n.account_id = f.account_id
                                       AND n.import_id > f.import_id));
