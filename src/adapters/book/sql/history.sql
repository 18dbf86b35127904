-- Shipped history: what was really shipped. Rows are derived (domain/shipments/history) and brought
-- to the derived state by difference, so nothing is overwritten and nothing doubled.

-- name: load_shipped_order
-- params: account_id integer, order_number text
-- columns: id integer, ship_date day, customer_email text?, total_items integer, shipstation_order_id text?, shipping_carrier_code text?, shipping_carrier_id text?, shipping_service_code text?, shipping_service_name text?, provisional flag
SELECT id, ship_date, customer_email, total_items, shipstation_order_id, shipping_carrier_code,
       shipping_carrier_id, shipping_service_code, shipping_service_name, provisional
  FROM shipped_orders WHERE account_id = :account_id AND order_number = :order_number;

-- name: put_shipped_order
-- params: account_id integer, ship_date day, order_number text, customer_email text?, total_items integer, shipstation_order_id text?, shipping_carrier_code text?, shipping_carrier_id text?, shipping_service_code text?, shipping_service_name text?, provisional flag, now instant
INSERT INTO shipped_orders
  (account_id, ship_date, order_number, customer_email, total_items, shipstation_order_id,
   shipping_carrier_code, shipping_carrier_id, shipping_service_code, shipping_service_name,
   provisional, created_at)
VALUES
  (:account_id, :ship_date, :order_number, :customer_email, :total_items, :shipstation_order_id,
   :shipping_carrier_code, :shipping_carrier_id, :shipping_service_code, :shipping_service_name,
   :provisional, :now)
ON CONFLICT (account_id, order_number) DO UPDATE
   SET ship_date = excluded.ship_date, customer_email = excluded.customer_email,
       total_items = excluded.total_items, shipstation_order_id = excluded.shipstation_order_id,
       shipping_carrier_code = excluded.shipping_carrier_code,
       shipping_carrier_id = excluded.shipping_carrier_id,
       shipping_service_code = excluded.shipping_service_code,
       shipping_service_name = excluded.shipping_service_name,
       provisional = excluded.provisional;

-- name: drop_shipped_order
-- params: account_id integer, order_number text
DELETE FROM shipped_orders WHERE account_id = :account_id AND order_number = :order_number;

-- name: renumber_shipped_order
-- params: account_id integer, old_number text, new_number text
UPDATE shipped_orders SET order_number = :new_number
 WHERE account_id = :account_id AND order_number = :old_number
   AND NOT EXISTS (SELECT 1 FROM shipped_orders
                    WHERE account_id = :account_id AND order_number = :new_number);

-- name: renumber_shipped_items
-- params: account_id integer, old_number text, new_number text
UPDATE shipped_items SET order_number = :new_number
 WHERE account_id = :account_id AND order_number = :old_number;

-- name: load_shipped_items
-- params: account_id integer, order_number text
-- columns: id integer, ship_date day, sku_lot text, base_sku text, quantity_shipped integer, tracking_number text?, shipment_id integer?, shipstation_line_id integer?, provisional flag
SELECT id, ship_date, sku_lot, base_sku, quantity_shipped, tracking_number, shipment_id,
       shipstation_line_id, provisional
  FROM shipped_items WHERE account_id = :account_id AND order_number = :order_number
 ORDER BY id;

-- name: insert_shipped_item
-- params: account_id integer, ship_date day, sku_lot text, base_sku text, quantity_shipped integer, order_number text, tracking_number text?, shipment_id integer?, shipstation_line_id integer?, provisional flag, now instant
INSERT INTO shipped_items
  (account_id, ship_date, sku_lot, base_sku, quantity_shipped, order_number, tracking_number,
   shipment_id, shipstation_line_id, provisional, created_at)
VALUES
  (:account_id, :ship_date, :sku_lot, :base_sku, :quantity_shipped, :order_number,
   :tracking_number, :shipment_id, :shipstation_line_id, :provisional, :now);

-- name: delete_shipped_item
-- params: id integer
DELETE FROM shipped_items WHERE id = :id;
