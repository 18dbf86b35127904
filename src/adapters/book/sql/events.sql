-- Order events: one per decision, for people. Append-only.

-- name: insert_event
-- params: account_id integer, order_inbox_id integer?, shipstation_order_id integer?, order_number text, at_us micros, kind text, title text, detail text, source text, tone text, rule text?, run_id text?, by_whom text?, changes text?
INSERT INTO order_events
  (account_id, order_inbox_id, shipstation_order_id, order_number, at_us, kind, title, detail,
   source, tone, rule, run_id, by_whom, changes)
VALUES
  (:account_id, :order_inbox_id, :shipstation_order_id, :order_number, :at_us, :kind, :title,
   :detail, :source, :tone, :rule, :run_id, :by_whom, :changes);

-- name: newest_event
-- params:
-- columns: event_id integer?
SELECT MAX(event_id) AS event_id FROM order_events;

-- name: list_events_of_run
-- params: after_id integer, run_id text, limit integer
-- columns: order_number text, title text, detail text
SELECT order_number, title, detail FROM order_events
 WHERE event_id > :after_id AND run_id = :run_id
 ORDER BY event_id
 LIMIT :limit;

-- name: list_events
-- params: order_inbox_id integer
-- columns: event_id integer, shipstation_order_id integer?, at_us micros, kind text, title text, detail text, source text, tone text, rule text?, run_id text?, by_whom text?, changes text?
SELECT event_id, shipstation_order_id, at_us, kind, title, detail, source, tone, rule, run_id,
       by_whom, changes
  FROM order_events WHERE order_inbox_id = :order_inbox_id
 ORDER BY event_id DESC
 LIMIT 500;
