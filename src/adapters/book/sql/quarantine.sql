-- Quarantine: what could not be applied, with its payload; it owns the obligation to try again.

-- name: put_quarantine
-- params: account_id integer, entity text, entity_key text, entity_id integer?, entity_number text?, stream text, error_class text, problem text, facts text, encoding text, payload blob?, run_id text, now_us micros
INSERT INTO quarantine
  (account_id, entity, entity_key, entity_id, entity_number, stream, error_class, problem, facts,
   encoding, payload, first_seen_us, last_seen_us, run_id)
VALUES
  (:account_id, :entity, :entity_key, :entity_id, :entity_number, :stream, :error_class, :problem,
   :facts, :encoding, :payload, :now_us, :now_us, :run_id)
ON CONFLICT (account_id, entity, entity_key) WHERE state = 'open' DO UPDATE
   SET stream = excluded.stream, error_class = excluded.error_class, problem = excluded.problem,
       facts = excluded.facts, encoding = excluded.encoding, payload = excluded.payload,
       last_seen_us = excluded.last_seen_us, attempts = quarantine.attempts + 1,
       run_id = excluded.run_id;

-- name: resolve_quarantine
-- params: account_id integer, entity text, entity_key text, now_us micros, closed_by text, reason text
UPDATE quarantine
   SET state = 'resolved', closed_us = :now_us, closed_by = :closed_by, close_reason = :reason
 WHERE account_id = :account_id AND entity = :entity AND entity_key = :entity_key
   AND state = 'open';

-- name: note_attempt
-- params: id integer, problem text, run_id text, now_us micros
UPDATE quarantine
   SET attempts = attempts + 1, last_seen_us = :now_us, problem = :problem, run_id = :run_id
 WHERE id = :id AND state = 'open';

-- name: list_open_quarantine
-- params: account_id integer, limit integer
-- columns: id integer, entity text, entity_key text, entity_id integer?, entity_number text?, stream text, error_class text, problem text, facts text, first_seen_us micros, last_seen_us micros, attempts integer, run_id text
-- What the sync tries again; an order of the shop's file comes back with a newer file and takes no
-- place here. Oldest attempt first, so that a cycle that can only try some of them is fair.
SELECT id, entity, entity_key, entity_id, entity_number, stream, error_class, problem, facts,
       first_seen_us, last_seen_us, attempts, run_id
  FROM quarantine
 WHERE account_id = :account_id AND state = 'open' AND entity <> 'shop_order'
 ORDER BY last_seen_us, id
 LIMIT :limit;

-- name: count_open_quarantine
-- params: account_id integer
-- columns: open integer
SELECT COUNT(*) AS open FROM quarantine WHERE account_id = :account_id AND state = 'open';

-- name: list_open_shop_orders
-- params: account_id integer
-- columns: entity_key text, stream text, problem text, facts text
SELECT entity_key, stream, problem, facts FROM quarantine
 WHERE account_id = :account_id AND entity = 'shop_order' AND state = 'open'
 ORDER BY entity_key;
