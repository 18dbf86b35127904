-- What pages list: orders by newest change, counts by status.

-- name: list_orders
-- params: account_id integer, status text?, source_system text?, search text?, search_end text?, lower text?, lower_end text?, sku text?, attention flag, archived flag, before_at instant, before_id integer, limit integer
-- columns: id integer, order_number text, status text, source_system text, order_date day, ship_company text?, ship_name text?, total_items integer, shipping_carrier_code text?, shipping_service_name text?, tracking_number text?, updated_at instant, open_cases integer, quarantined integer, provisional integer, lines integer
SELECT q.id, q.order_number, q.status, q.source_system, q.order_date, q.ship_company, q.ship_name,
       q.total_items, q.shipping_carrier_code, q.shipping_service_name, q.tracking_number,
       q.updated_at, q.open_cases, q.quarantined, q.provisional, q.lines
  FROM (
    SELECT o.id, o.order_number, o.status, o.source_system, o.order_date, o.ship_company,
           o.ship_name, o.total_items, o.shipping_carrier_code, o.shipping_service_name,
           o.tracking_number, o.updated_at,
           (SELECT COUNT(*) FROM cases c
             WHERE c.account_id = o.account_id AND c.order_number = o.order_number
               AND c.state = 'open') AS open_cases,
           (SELECT COUNT(*) FROM quarantine k
             WHERE k.account_id = o.account_id AND k.state = 'open' AND k.entity = 'order'
               AND k.entity_number = o.order_number) AS quarantined,
           (SELECT COUNT(*) FROM shipped_orders s
             WHERE s.account_id = o.account_id AND s.order_number = o.order_number
               AND s.provisional = 1) AS provisional,
           (SELECT COUNT(*) FROM order_items_inbox i WHERE i.order_inbox_id = o.id) AS lines
      FROM orders_inbox o
     WHERE o.account_id = :account_id
       AND ((:archived = 0 AND (o.archived_us IS NULL OR :search IS NOT NULL))
            OR (:archived = 1 AND o.archived_us IS NOT NULL))
       AND (:status IS NULL OR o.status = :status)
       AND (:source_system IS NULL OR o.source_system = :source_system)
       AND (:search IS NULL
            OR (o.order_number >= :search AND o.order_number < :search_end)
            OR o.tracking_number = :search
            OR (LOWER(o.ship_company) >= :lower AND LOWER(o.ship_company) < :lower_end)
            OR (LOWER(o.ship_name) >= :lower AND LOWER(o.ship_name) < :lower_end))
       AND (:sku IS NULL OR EXISTS (SELECT 1 FROM order_items_inbox i
                                     WHERE i.order_inbox_id = o.id AND i.sku = :sku))
       AND (o.updated_at < :before_at OR (o.updated_at = :before_at AND o.id < :before_id))
  ) q
 WHERE :attention = 0 OR q.open_cases > 0 OR q.quarantined > 0 OR q.status = 'failed'
    OR (q.lines = 0 AND q.status <> 'shipped' AND q.status <> 'cancelled')
 ORDER BY q.updated_at DESC, q.id DESC
 LIMIT :limit;

-- name: find_order_row
-- params: account_id integer, id integer
-- columns: id integer, order_number text, status text, source_system text, order_date day, ship_company text?, ship_name text?, total_items integer, shipping_carrier_code text?, shipping_service_name text?, tracking_number text?, updated_at instant, open_cases integer, quarantined integer, provisional integer, lines integer
SELECT o.id, o.order_number, o.status, o.source_system, o.order_date, o.ship_company, o.ship_name,
       o.total_items, o.shipping_carrier_code, o.shipping_service_name, o.tracking_number,
       o.updated_at,
       (SELECT COUNT(*) FROM cases c
         WHERE c.account_id = o.account_id AND c.order_number = o.order_number
           AND c.state = 'open') AS open_cases,
       (SELECT COUNT(*) FROM quarantine k
         WHERE k.account_id = o.account_id AND k.state = 'open' AND k.entity = 'order'
           AND k.entity_number = o.order_number) AS quarantined,
       (SELECT COUNT(*) FROM shipped_orders s
         WHERE s.account_id = o.account_id AND s.order_number = o.order_number
           AND s.provisional = 1) AS provisional,
       (SELECT COUNT(*) FROM order_items_inbox i WHERE i.order_inbox_id = o.id) AS lines
  FROM orders_inbox o WHERE o.account_id = :account_id AND o.id = :id;

-- name: count_orders_by_status
-- params: account_id integer
-- columns: status text, orders integer, units integer?
-- sqlite: SUM of integers is an integer
SELECT status, COUNT(*) AS orders, SUM(total_items) AS units FROM orders_inbox
 WHERE account_id = :account_id AND archived_us IS NULL GROUP BY status ORDER BY status;
-- postgres: SUM of bigint is numeric there and has to be named a bigint
SELECT status, COUNT(*) AS orders, CAST(SUM(total_items) AS bigint) AS units FROM orders_inbox
 WHERE account_id = :account_id AND archived_us IS NULL GROUP BY status ORDER BY status;

-- name: count_orders_needing_attention
-- params: account_id integer
-- columns: orders integer
SELECT COUNT(*) AS orders FROM orders_inbox o
 WHERE o.account_id = :account_id
   AND (o.status = 'failed'
        OR EXISTS (SELECT 1 FROM cases c
                    WHERE c.account_id = o.account_id AND c.order_number = o.order_number
                      AND c.state = 'open')
        OR EXISTS (SELECT 1 FROM quarantine k
                    WHERE k.account_id = o.account_id AND k.state = 'open'
                      AND k.entity = 'order' AND k.entity_number = o.order_number)
        OR (o.status <> 'shipped' AND o.status <> 'cancelled'
            AND NOT EXISTS (SELECT 1 FROM order_items_inbox i WHERE i.order_inbox_id = o.id)));
