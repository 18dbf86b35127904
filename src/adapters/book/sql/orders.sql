-- The order book proper: orders_inbox, its items and the links to ShipStation orders.

-- name: find_local_by_link
-- params: account_id integer, shipstation_order_id integer
-- columns: order_inbox_id integer
SELECT order_inbox_id FROM order_links
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id;

-- name: find_local_by_shipstation_text
-- params: account_id integer, shipstation_order_id text
-- columns: id integer
-- Rows written by scripts carry the ShipStation id as text and have no link yet.
SELECT id FROM orders_inbox
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id
 ORDER BY id
 LIMIT 1;

-- name: find_local_by_number
-- params: account_id integer, order_number text
-- columns: id integer
SELECT id FROM orders_inbox WHERE account_id = :account_id AND order_number = :order_number;

-- name: find_local_origin
-- params: account_id integer, shipstation_order_id text
-- columns: order_inbox_id integer
-- Evidence that we uploaded this ShipStation order ourselves.
SELECT order_inbox_id FROM shipstation_order_line_items
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id
 ORDER BY order_inbox_id
 LIMIT 1;

-- name: find_upload_evidence
-- params: order_inbox_id integer
-- columns: id integer
SELECT id FROM shipstation_order_line_items WHERE order_inbox_id = :order_inbox_id
 ORDER BY id
 LIMIT 1;

-- name: load_order
-- params: id integer
-- columns: id integer, order_number text, order_date day, customer_email text?, status text, shipstation_order_id text?, total_items integer, total_amount_cents integer?, source_system text, ship_name text?, ship_company text?, ship_street1 text?, ship_street2 text?, ship_street3 text?, ship_city text?, ship_state text?, ship_postal_code text?, ship_country text?, ship_phone text?, bill_name text?, bill_company text?, bill_street1 text?, bill_street2 text?, bill_street3 text?, bill_city text?, bill_state text?, bill_postal_code text?, bill_country text?, bill_phone text?, shipping_carrier_code text?, shipping_carrier_id text?, shipping_service_code text?, shipping_service_name text?, ship_date day?, tracking_number text?, created_at instant, updated_at instant
SELECT id, order_number, order_date, customer_email, status, shipstation_order_id, total_items,
       total_amount_cents, source_system, ship_name, ship_company, ship_street1, ship_street2,
       ship_street3, ship_city, ship_state, ship_postal_code, ship_country, ship_phone, bill_name,
       bill_company, bill_street1, bill_street2, bill_street3, bill_city, bill_state,
       bill_postal_code, bill_country, bill_phone, shipping_carrier_code, shipping_carrier_id,
       shipping_service_code, shipping_service_name, ship_date, tracking_number, created_at,
       updated_at
  FROM orders_inbox WHERE id = :id;

-- name: load_items
-- params: order_inbox_id integer
-- columns: id integer, shipstation_line_id integer?, shipstation_order_id integer?, sku text, sku_lot text?, name text?, quantity integer, unit_price_cents integer?
SELECT id, shipstation_line_id, shipstation_order_id, sku, sku_lot, name, quantity,
       unit_price_cents
  FROM order_items_inbox WHERE order_inbox_id = :order_inbox_id
 ORDER BY id;

-- name: load_links
-- params: order_inbox_id integer
-- columns: shipstation_order_id integer, status text?, modified_us micros?
-- Subqueries, not a join: PostgreSQL plans it once, while the tables are still empty, and would
-- hash all of remote_orders for every order from then on.
SELECT l.shipstation_order_id,
       (SELECT r.status FROM remote_orders r
         WHERE r.account_id = l.account_id
           AND r.shipstation_order_id = l.shipstation_order_id) AS status,
       (SELECT r.modified_us FROM remote_orders r
         WHERE r.account_id = l.account_id
           AND r.shipstation_order_id = l.shipstation_order_id) AS modified_us
  FROM order_links l
 WHERE l.order_inbox_id = :order_inbox_id
 ORDER BY l.shipstation_order_id;

-- name: insert_order
-- params: account_id integer, order_number text, order_date day, customer_email text?, status text, shipstation_order_id text?, total_items integer, total_amount_cents integer?, source_system text, ship_name text?, ship_company text?, ship_street1 text?, ship_street2 text?, ship_street3 text?, ship_city text?, ship_state text?, ship_postal_code text?, ship_country text?, ship_phone text?, bill_name text?, bill_company text?, bill_street1 text?, bill_street2 text?, bill_street3 text?, bill_city text?, bill_state text?, bill_postal_code text?, bill_country text?, bill_phone text?, shipping_carrier_code text?, shipping_carrier_id text?, shipping_service_code text?, shipping_service_name text?, ship_date day?, tracking_number text?, now instant
-- columns: id integer
INSERT INTO orders_inbox
  (account_id, order_number, order_date, customer_email, status, shipstation_order_id, total_items,
   total_amount_cents, source_system, ship_name, ship_company, ship_street1, ship_street2,
   ship_street3, ship_city, ship_state, ship_postal_code, ship_country, ship_phone, bill_name,
   bill_company, bill_street1, bill_street2, bill_street3, bill_city, bill_state, bill_postal_code,
   bill_country, bill_phone, shipping_carrier_code, shipping_carrier_id, shipping_service_code,
   shipping_service_name, ship_date, tracking_number, created_at, updated_at)
VALUES
  (:account_id, :order_number, :order_date, :customer_email, :status, :shipstation_order_id,
   :total_items, :total_amount_cents, :source_system, :ship_name, :ship_company, :ship_street1,
   :ship_street2, :ship_street3, :ship_city, :ship_state, :ship_postal_code, :ship_country,
   :ship_phone, :bill_name, :bill_company, :bill_street1, :bill_street2, :bill_street3, :bill_city,
   :bill_state, :bill_postal_code, :bill_country, :bill_phone, :shipping_carrier_code,
   :shipping_carrier_id, :shipping_service_code, :shipping_service_name, :ship_date, :tracking_number,
   :now, :now)
RETURNING id;

-- name: update_order
-- params: id integer, order_number text, order_date day, customer_email text?, status text, shipstation_order_id text?, total_items integer, total_amount_cents integer?, ship_name text?, ship_company text?, ship_street1 text?, ship_street2 text?, ship_street3 text?, ship_city text?, ship_state text?, ship_postal_code text?, ship_country text?, ship_phone text?, bill_name text?, bill_company text?, bill_street1 text?, bill_street2 text?, bill_street3 text?, bill_city text?, bill_state text?, bill_postal_code text?, bill_country text?, bill_phone text?, shipping_carrier_code text?, shipping_carrier_id text?, shipping_service_code text?, shipping_service_name text?, ship_date day?, tracking_number text?, now instant
UPDATE orders_inbox
   SET order_number = :order_number, order_date = :order_date, customer_email = :customer_email,
       status = :status, shipstation_order_id = :shipstation_order_id, total_items = :total_items,
       total_amount_cents = :total_amount_cents, ship_name = :ship_name,
       ship_company = :ship_company, ship_street1 = :ship_street1, ship_street2 = :ship_street2,
       ship_street3 = :ship_street3, ship_city = :ship_city, ship_state = :ship_state,
       ship_postal_code = :ship_postal_code, ship_country = :ship_country,
       ship_phone = :ship_phone, bill_name = :bill_name, bill_company = :bill_company,
       bill_street1 = :bill_street1, bill_street2 = :bill_street2, bill_street3 = :bill_street3,
       bill_city = :bill_city, bill_state = :bill_state, bill_postal_code = :bill_postal_code,
       bill_country = :bill_country, bill_phone = :bill_phone,
       shipping_carrier_code = :shipping_carrier_code, shipping_carrier_id = :shipping_carrier_id,
       shipping_service_code = :shipping_service_code,
       shipping_service_name = :shipping_service_name, ship_date = :ship_date,
       tracking_number = :tracking_number, updated_at = :now,
       archived_us = CASE WHEN :status = 'shipped' OR :status = 'cancelled'
                          THEN archived_us ELSE NULL END
 WHERE id = :id;

-- name: set_tracking
-- params: id integer, tracking_number text?, now instant
UPDATE orders_inbox SET tracking_number = :tracking_number, updated_at = :now WHERE id = :id;

-- name: insert_item
-- params: order_inbox_id integer, shipstation_line_id integer?, shipstation_order_id integer?, sku text, sku_lot text?, name text?, quantity integer, unit_price_cents integer?
INSERT INTO order_items_inbox
  (order_inbox_id, shipstation_line_id, shipstation_order_id, sku, sku_lot, name,
   quantity, unit_price_cents)
VALUES
  (:order_inbox_id, :shipstation_line_id, :shipstation_order_id, :sku, :sku_lot,
   :name, :quantity, :unit_price_cents);

-- name: update_item
-- params: id integer, shipstation_line_id integer?, shipstation_order_id integer?, sku text, sku_lot text?, name text?, quantity integer, unit_price_cents integer?
UPDATE order_items_inbox
   SET shipstation_line_id = :shipstation_line_id, shipstation_order_id = :shipstation_order_id,
       sku = :sku, sku_lot = :sku_lot, name = :name, quantity = :quantity,
       unit_price_cents = :unit_price_cents
 WHERE id = :id;

-- name: delete_item
-- params: id integer
DELETE FROM order_items_inbox WHERE id = :id;

-- name: put_link
-- params: account_id integer, shipstation_order_id integer, order_inbox_id integer, role text, rule text, run_id text, now_us micros
INSERT INTO order_links
  (account_id, shipstation_order_id, order_inbox_id, role, rule, run_id, linked_us)
VALUES (:account_id, :shipstation_order_id, :order_inbox_id, :role, :rule, :run_id, :now_us)
ON CONFLICT (account_id, shipstation_order_id) DO NOTHING;

-- name: drop_link
-- params: account_id integer, shipstation_order_id integer, order_inbox_id integer
DELETE FROM order_links
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id
   AND order_inbox_id = :order_inbox_id;
