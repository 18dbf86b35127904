-- Every order ever seen at ShipStation, ours or not: the basis of "unchanged", proof and "why".

-- name: find_remote_order
-- params: account_id integer, shipstation_order_id integer
-- columns: content_hash text?, modified_us micros, status text, disposition text, rule text
SELECT content_hash, modified_us, status, disposition, rule FROM remote_orders
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id;

-- name: put_remote_order
-- params: account_id integer, shipstation_order_id integer, order_number text, order_key text, created_us micros, modified_us micros, status text, content_hash text?, disposition text, rule text, reason text, parent_id integer?, units integer, run_id text, now_us micros
INSERT INTO remote_orders
  (account_id, shipstation_order_id, order_number, order_key, created_us, modified_us, status,
   content_hash, disposition, rule, reason, parent_id, units, run_id, first_seen_us, decided_us)
VALUES
  (:account_id, :shipstation_order_id, :order_number, :order_key, :created_us, :modified_us,
   :status, :content_hash, :disposition, :rule, :reason, :parent_id, :units, :run_id, :now_us,
   :now_us)
ON CONFLICT (account_id, shipstation_order_id) DO UPDATE
   SET order_number = excluded.order_number, order_key = excluded.order_key,
       created_us = excluded.created_us, modified_us = excluded.modified_us,
       status = excluded.status, content_hash = excluded.content_hash,
       disposition = excluded.disposition, rule = excluded.rule, reason = excluded.reason,
       parent_id = excluded.parent_id, units = excluded.units, run_id = excluded.run_id,
       decided_us = excluded.decided_us;

-- name: touch_remote_order
-- params: account_id integer, shipstation_order_id integer, modified_us micros
-- The content is the same but ShipStation moved its modifyDate: only proof needs to know.
UPDATE remote_orders SET modified_us = :modified_us
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id
   AND modified_us < :modified_us;

-- name: note_survivor
-- params: account_id integer, shipstation_order_id integer, survivor_id integer
-- The survivor of a merge lists the ids it swallowed; they are gone from every list.
UPDATE remote_orders SET survivor_id = :survivor_id
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id;

-- name: find_survivor
-- params: account_id integer, shipstation_order_id integer
-- columns: order_inbox_id integer
SELECT l.order_inbox_id FROM remote_orders r
  JOIN order_links l
    ON l.account_id = r.account_id AND l.shipstation_order_id = r.survivor_id
 WHERE r.account_id = :account_id AND r.shipstation_order_id = :shipstation_order_id;

-- name: list_remote_orders_by_number
-- params: account_id integer, order_number text
-- columns: shipstation_order_id integer, status text, disposition text, rule text, reason text, run_id text, first_seen_us micros, decided_us micros, modified_us micros
SELECT shipstation_order_id, status, disposition, rule, reason, run_id, first_seen_us, decided_us,
       modified_us
  FROM remote_orders
 WHERE account_id = :account_id AND order_number = :order_number
 ORDER BY shipstation_order_id;

-- name: find_split_children
-- params: account_id integer, parent_id integer
-- columns: order_inbox_id integer
-- Local orders that hold a part of the family of this ShipStation order.
SELECT l.order_inbox_id FROM remote_orders r
  JOIN order_links l
    ON l.account_id = r.account_id AND l.shipstation_order_id = r.shipstation_order_id
 WHERE r.account_id = :account_id AND r.parent_id = :parent_id
 ORDER BY l.order_inbox_id
 LIMIT 1;

-- name: put_payload
-- params: account_id integer, kind text, entity_id integer, seen_us micros, run_id text, encoding text, body blob
INSERT INTO payloads (account_id, kind, entity_id, seen_us, run_id, encoding, body)
VALUES (:account_id, :kind, :entity_id, :seen_us, :run_id, :encoding, :body);

-- name: latest_payload
-- params: account_id integer, kind text, entity_id integer
-- columns: seen_us micros, run_id text, encoding text, body blob
SELECT seen_us, run_id, encoding, body FROM payloads
 WHERE account_id = :account_id AND kind = :kind AND entity_id = :entity_id
 ORDER BY payload_id DESC
 LIMIT 1;
