-- Cases: what only a person can decide, with its evidence.

-- name: put_case
-- params: account_id integer, kind text, order_number text, order_inbox_id integer?, shipstation_order_id integer, fact_hash text, evidence text, run_id text, now_us micros
INSERT INTO cases
  (account_id, kind, order_number, order_inbox_id, shipstation_order_id, fact_hash, evidence,
   run_id, opened_us)
VALUES
  (:account_id, :kind, :order_number, :order_inbox_id, :shipstation_order_id, :fact_hash,
   :evidence, :run_id, :now_us)
ON CONFLICT (account_id, kind, shipstation_order_id) WHERE state = 'open' DO UPDATE
   SET fact_hash = excluded.fact_hash, evidence = excluded.evidence,
       order_number = excluded.order_number, order_inbox_id = excluded.order_inbox_id
 WHERE cases.fact_hash <> excluded.fact_hash;

-- name: find_decided_case
-- params: account_id integer, kind text, shipstation_order_id integer, fact_hash text
-- columns: id integer
SELECT id FROM cases
 WHERE account_id = :account_id AND kind = :kind
   AND shipstation_order_id = :shipstation_order_id AND fact_hash = :fact_hash
   AND state = 'decided'
 ORDER BY id
 LIMIT 1;

-- name: list_cases_of_order
-- params: account_id integer, order_number text
-- columns: id integer, kind text, shipstation_order_id integer?, evidence text, state text, opened_us micros
SELECT id, kind, shipstation_order_id, evidence, state, opened_us FROM cases
 WHERE account_id = :account_id AND order_number = :order_number
 ORDER BY id;

-- name: put_number_conflict
-- params: account_id integer, conflicting_order_number text, shipstation_order_id text, customer_name text?, original_ship_date day?, original_company text?, original_items text?, duplicate_company text?, duplicate_items text?, now instant
INSERT INTO manual_order_conflicts
  (account_id, conflicting_order_number, shipstation_order_id, customer_name, original_ship_date,
   detected_at, original_company, original_items, duplicate_company, duplicate_items)
VALUES
  (:account_id, :conflicting_order_number, :shipstation_order_id, :customer_name,
   :original_ship_date, :now, :original_company, :original_items, :duplicate_company,
   :duplicate_items)
ON CONFLICT (account_id, shipstation_order_id) DO NOTHING;
