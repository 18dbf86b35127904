-- Numbers for Today and for the daily snapshot. SUM of bigint is numeric on PostgreSQL and has to be
-- named a bigint there: the reason of every pair of blocks below.

-- name: count_shipped_orders
-- params: account_id integer, first_day day, last_day day
-- columns: orders integer, provisional integer
SELECT COUNT(*) AS orders, COUNT(CASE WHEN provisional = 1 THEN 1 END) AS provisional
  FROM shipped_orders
 WHERE account_id = :account_id AND ship_date >= :first_day AND ship_date <= :last_day;

-- name: sum_shipped_units
-- params: account_id integer, first_day day, last_day day
-- columns: units integer
-- sqlite: SUM of integers is an integer
SELECT COALESCE(SUM(quantity_shipped), 0) AS units FROM shipped_items
 WHERE account_id = :account_id AND ship_date >= :first_day AND ship_date <= :last_day;
-- postgres: named a bigint
SELECT CAST(COALESCE(SUM(quantity_shipped), 0) AS bigint) AS units FROM shipped_items
 WHERE account_id = :account_id AND ship_date >= :first_day AND ship_date <= :last_day;

-- name: count_orders_come_in
-- params: account_id integer, from_at instant, to_at instant
-- columns: orders integer
SELECT COUNT(*) AS orders FROM orders_inbox
 WHERE account_id = :account_id AND created_at >= :from_at AND created_at < :to_at;

-- name: count_runs
-- params: account_id integer, from_us micros, to_us micros
-- columns: ok integer, failed integer, requests integer
-- sqlite: SUM of integers is an integer
SELECT COUNT(CASE WHEN outcome = 'ok' OR outcome = 'partial' THEN 1 END) AS ok,
       COUNT(CASE WHEN outcome = 'failed' THEN 1 END) AS failed,
       COALESCE(SUM(requests), 0) AS requests
  FROM runs WHERE account_id = :account_id AND started_us >= :from_us AND started_us < :to_us;
-- postgres: named a bigint
SELECT COUNT(CASE WHEN outcome = 'ok' OR outcome = 'partial' THEN 1 END) AS ok,
       COUNT(CASE WHEN outcome = 'failed' THEN 1 END) AS failed,
       CAST(COALESCE(SUM(requests), 0) AS bigint) AS requests
  FROM runs WHERE account_id = :account_id AND started_us >= :from_us AND started_us < :to_us;

-- name: count_open_cases
-- params: account_id integer
-- columns: cases integer
SELECT COUNT(*) AS cases FROM cases WHERE account_id = :account_id AND state = 'open';

-- name: sum_awaiting_at_shipstation
-- params: account_id integer
-- columns: orders integer, units integer
-- sqlite: SUM of integers is an integer
SELECT COUNT(*) AS orders, COALESCE(SUM(units), 0) AS units FROM remote_orders
 WHERE account_id = :account_id AND status = 'awaiting_shipment' AND survivor_id IS NULL;
-- postgres: named a bigint
SELECT COUNT(*) AS orders, CAST(COALESCE(SUM(units), 0) AS bigint) AS units FROM remote_orders
 WHERE account_id = :account_id AND status = 'awaiting_shipment' AND survivor_id IS NULL;

-- name: list_local_unit_gaps
-- params: account_id integer
-- columns: status text, units integer, lines integer, parts integer, awaiting integer, uncounted integer, awaiting_units integer
-- Orders to ship of the book that ShipStation's orders linked to them do not add up to.
SELECT q.status, q.units, q.lines, q.parts, q.awaiting, q.uncounted, q.awaiting_units
  FROM (
    SELECT o.id, o.status, o.total_items AS units,
           (SELECT COUNT(*) FROM order_items_inbox i WHERE i.order_inbox_id = o.id) AS lines,
           (SELECT COUNT(*) FROM order_links l WHERE l.order_inbox_id = o.id) AS parts,
           (SELECT COUNT(*) FROM order_links l JOIN remote_orders r
                ON r.account_id = l.account_id
               AND r.shipstation_order_id = l.shipstation_order_id
             WHERE l.order_inbox_id = o.id AND r.status = 'awaiting_shipment'
               AND r.survivor_id IS NULL) AS awaiting,
           (SELECT COUNT(*) FROM order_links l JOIN remote_orders r
                ON r.account_id = l.account_id
               AND r.shipstation_order_id = l.shipstation_order_id
             WHERE l.order_inbox_id = o.id AND r.status = 'awaiting_shipment'
               AND r.survivor_id IS NULL AND r.units IS NULL) AS uncounted,
-- sqlite: SUM of integers is an integer
           (SELECT COALESCE(SUM(r.units), 0)
-- postgres: named a bigint
           (SELECT CAST(COALESCE(SUM(r.units), 0) AS bigint)
-- shared
              FROM order_links l JOIN remote_orders r
                ON r.account_id = l.account_id
               AND r.shipstation_order_id = l.shipstation_order_id
             WHERE l.order_inbox_id = o.id AND r.status = 'awaiting_shipment'
               AND r.survivor_id IS NULL) AS awaiting_units
      FROM orders_inbox o
     WHERE o.account_id = :account_id
       AND o.status IN ('awaiting_shipment', 'pending', 'uploaded')
  ) q
 WHERE q.units <> q.awaiting_units
 ORDER BY q.id;

-- name: list_remote_unit_gaps
-- params: account_id integer
-- columns: disposition text, here integer, uncounted integer, orders integer, units integer
-- ShipStation orders awaiting shipment that no order to ship of the book stands for.
SELECT q.disposition, COUNT(q.order_inbox_id) AS here, COUNT(*) - COUNT(q.units) AS uncounted,
       COUNT(*) AS orders,
-- sqlite: SUM of integers is an integer
       COALESCE(SUM(q.units), 0) AS units
-- postgres: named a bigint
       CAST(COALESCE(SUM(q.units), 0) AS bigint) AS units
-- shared
  FROM (
    SELECT r.disposition, r.units, o.id AS order_inbox_id
      FROM remote_orders r
      LEFT JOIN order_links l
        ON l.account_id = r.account_id AND l.shipstation_order_id = r.shipstation_order_id
      LEFT JOIN orders_inbox o ON o.id = l.order_inbox_id
     WHERE r.account_id = :account_id AND r.status = 'awaiting_shipment'
       AND r.survivor_id IS NULL
       AND (o.id IS NULL OR o.status NOT IN ('awaiting_shipment', 'pending', 'uploaded'))
  ) q
 GROUP BY q.disposition, q.order_inbox_id IS NULL, q.units IS NULL
 ORDER BY q.disposition, 2, 3;

-- name: list_accounts
-- params: limit integer
-- columns: account_id integer
SELECT account_id FROM accounts ORDER BY account_id LIMIT :limit;

-- name: put_kpis
-- params: account_id integer, snapshot_date day, orders_today integer, shipments_sent integer, pending_uploads integer, system_status text, orders_awaiting integer, units_to_ship integer, units_shipped integer, orders_on_hold integer, quarantined integer, open_cases integer, runs_ok integer, runs_failed integer, requests integer, as_of_us micros, proven flag, proof text, run_id text
-- Taken again on the same day it replaces the row.
INSERT INTO system_kpis
  (account_id, snapshot_date, orders_today, shipments_sent, pending_uploads, system_status,
   orders_awaiting, units_to_ship, units_shipped, orders_on_hold, quarantined, open_cases, runs_ok,
   runs_failed, requests, as_of_us, proven, proof, run_id)
VALUES
  (:account_id, :snapshot_date, :orders_today, :shipments_sent, :pending_uploads, :system_status,
   :orders_awaiting, :units_to_ship, :units_shipped, :orders_on_hold, :quarantined, :open_cases,
   :runs_ok, :runs_failed, :requests, :as_of_us, :proven, :proof, :run_id)
ON CONFLICT (account_id, snapshot_date) DO UPDATE
   SET orders_today = excluded.orders_today, shipments_sent = excluded.shipments_sent,
       pending_uploads = excluded.pending_uploads, system_status = excluded.system_status,
       orders_awaiting = excluded.orders_awaiting, units_to_ship = excluded.units_to_ship,
       units_shipped = excluded.units_shipped, orders_on_hold = excluded.orders_on_hold,
       quarantined = excluded.quarantined, open_cases = excluded.open_cases,
       runs_ok = excluded.runs_ok, runs_failed = excluded.runs_failed,
       requests = excluded.requests, as_of_us = excluded.as_of_us, proven = excluded.proven,
       proof = excluded.proof, run_id = excluded.run_id;

-- name: list_kpis
-- params: account_id integer, first_day day, limit integer
-- columns: snapshot_date day, orders_today integer, shipments_sent integer, pending_uploads integer, system_status text, orders_awaiting integer, units_to_ship integer, units_shipped integer, orders_on_hold integer, quarantined integer, open_cases integer, runs_ok integer, runs_failed integer, requests integer, as_of_us micros?, proven flag, proof text, run_id text?
SELECT snapshot_date, orders_today, shipments_sent, pending_uploads, system_status, orders_awaiting,
       units_to_ship, units_shipped, orders_on_hold, quarantined, open_cases, runs_ok, runs_failed,
       requests, as_of_us, proven, proof, run_id
  FROM system_kpis WHERE account_id = :account_id AND snapshot_date >= :first_day
 ORDER BY snapshot_date DESC
 LIMIT :limit;
