-- Labels, their lines and fulfilments as ShipStation showed them; the source of shipped history.

-- name: find_shipment
-- params: account_id integer, shipment_id integer
-- columns: content_hash text
SELECT content_hash FROM shipments WHERE account_id = :account_id AND shipment_id = :shipment_id;

-- name: put_shipment
-- params: account_id integer, shipment_id integer, shipstation_order_id integer?, order_number text?, created_us micros, ship_date day?, tracking_number text?, carrier_code text?, service_code text?, cost_cents integer?, return_label flag, voided flag, voided_us micros?, lines_known flag, content_hash text, run_id text, now_us micros
INSERT INTO shipments
  (account_id, shipment_id, shipstation_order_id, order_number, created_us, ship_date,
   tracking_number, carrier_code, service_code, cost_cents, return_label, voided, voided_us,
   lines_known, content_hash, run_id, seen_us)
VALUES
  (:account_id, :shipment_id, :shipstation_order_id, :order_number, :created_us, :ship_date,
   :tracking_number, :carrier_code, :service_code, :cost_cents, :return_label, :voided,
   :voided_us, :lines_known, :content_hash, :run_id, :now_us)
ON CONFLICT (account_id, shipment_id) DO UPDATE
   SET shipstation_order_id = excluded.shipstation_order_id,
       order_number = excluded.order_number, created_us = excluded.created_us,
       ship_date = excluded.ship_date, tracking_number = excluded.tracking_number,
       carrier_code = excluded.carrier_code, service_code = excluded.service_code,
       cost_cents = excluded.cost_cents, return_label = excluded.return_label,
       voided = excluded.voided, voided_us = excluded.voided_us,
       lines_known = excluded.lines_known, content_hash = excluded.content_hash,
       run_id = excluded.run_id, seen_us = excluded.seen_us;

-- name: drop_shipment_items
-- params: account_id integer, shipment_id integer
DELETE FROM shipment_items WHERE account_id = :account_id AND shipment_id = :shipment_id;

-- name: put_shipment_item
-- params: account_id integer, shipment_id integer, position integer, shipstation_line_id integer?, sku_text text?, name text, quantity integer
INSERT INTO shipment_items
  (account_id, shipment_id, position, shipstation_line_id, sku_text, name, quantity)
VALUES (:account_id, :shipment_id, :position, :shipstation_line_id, :sku_text, :name, :quantity);

-- name: list_shipments
-- params: account_id integer, shipstation_order_id integer
-- columns: shipment_id integer, created_us micros, ship_date day?, tracking_number text?, carrier_code text?, service_code text?, cost_cents integer?, return_label flag, voided flag, voided_us micros?, lines_known flag
SELECT shipment_id, created_us, ship_date, tracking_number, carrier_code, service_code, cost_cents,
       return_label, voided, voided_us, lines_known
  FROM shipments
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id
 ORDER BY shipment_id;

-- name: list_shipment_items
-- params: account_id integer, shipment_id integer
-- columns: position integer, shipstation_line_id integer?, sku_text text?, name text, quantity integer
SELECT position, shipstation_line_id, sku_text, name, quantity FROM shipment_items
 WHERE account_id = :account_id AND shipment_id = :shipment_id
 ORDER BY position;

-- name: find_fulfilment
-- params: account_id integer, fulfilment_id integer
-- columns: content_hash text
SELECT content_hash FROM fulfilments
 WHERE account_id = :account_id AND fulfilment_id = :fulfilment_id;

-- name: put_fulfilment
-- params: account_id integer, fulfilment_id integer, shipstation_order_id integer?, order_number text?, created_us micros, ship_date day?, tracking_number text?, carrier text?, voided flag, voided_us micros?, content_hash text, run_id text, now_us micros
INSERT INTO fulfilments
  (account_id, fulfilment_id, shipstation_order_id, order_number, created_us, ship_date,
   tracking_number, carrier, voided, voided_us, content_hash, run_id, seen_us)
VALUES
  (:account_id, :fulfilment_id, :shipstation_order_id, :order_number, :created_us, :ship_date,
   :tracking_number, :carrier, :voided, :voided_us, :content_hash, :run_id, :now_us)
ON CONFLICT (account_id, fulfilment_id) DO UPDATE
   SET shipstation_order_id = excluded.shipstation_order_id,
       order_number = excluded.order_number, created_us = excluded.created_us,
       ship_date = excluded.ship_date, tracking_number = excluded.tracking_number,
       carrier = excluded.carrier, voided = excluded.voided, voided_us = excluded.voided_us,
       content_hash = excluded.content_hash, run_id = excluded.run_id,
       seen_us = excluded.seen_us;

-- name: list_fulfilments
-- params: account_id integer, shipstation_order_id integer
-- columns: fulfilment_id integer, created_us micros, ship_date day?, tracking_number text?, carrier text?, voided flag, voided_us micros?
SELECT fulfilment_id, created_us, ship_date, tracking_number, carrier, voided, voided_us
  FROM fulfilments
 WHERE account_id = :account_id AND shipstation_order_id = :shipstation_order_id
 ORDER BY fulfilment_id;
