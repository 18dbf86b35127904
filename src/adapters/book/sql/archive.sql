-- The archive: old finished orders leave the inbox view. No row goes.

-- name: list_old_orders
-- params: account_id integer, before day, after_id integer, limit integer
-- columns: id integer, order_number text, status text, order_date day, shipped day?
SELECT o.id, o.order_number, o.status, o.order_date,
       (SELECT s.ship_date FROM shipped_orders s
         WHERE s.account_id = o.account_id AND s.order_number = o.order_number) AS shipped
  FROM orders_inbox o
 WHERE o.account_id = :account_id AND o.archived_us IS NULL AND o.order_date < :before
   AND o.id > :after_id
 ORDER BY o.id
 LIMIT :limit;

-- name: archive_order
-- params: id integer, status text, now_us micros
-- Not when it was opened again since we looked.
UPDATE orders_inbox SET archived_us = :now_us
 WHERE id = :id AND status = :status AND archived_us IS NULL;

-- name: return_from_archive
-- params: account_id integer
-- Opened again, be it by plain SQL.
UPDATE orders_inbox SET archived_us = NULL
 WHERE account_id = :account_id AND archived_us IS NOT NULL
   AND status <> 'shipped' AND status <> 'cancelled';

-- name: count_archived
-- params: account_id integer
-- columns: orders integer
SELECT COUNT(*) AS orders FROM orders_inbox
 WHERE account_id = :account_id AND archived_us IS NOT NULL;
