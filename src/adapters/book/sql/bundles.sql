-- Bundles and their components.

-- name: list_bundles
-- params: account_id integer
-- columns: id integer, bundle_sku text, description text, active integer, updated_at instant
SELECT id, bundle_sku, description, active, updated_at FROM bundle_skus
 WHERE account_id = :account_id
 ORDER BY bundle_sku;

-- name: list_components
-- params: account_id integer
-- columns: bundle_sku_id integer, component_sku text, multiplier integer
SELECT c.bundle_sku_id, c.component_sku, c.multiplier
  FROM bundle_components c JOIN bundle_skus b ON b.id = c.bundle_sku_id
 WHERE b.account_id = :account_id
 ORDER BY c.bundle_sku_id, c.sequence, c.id;

-- name: put_bundle
-- params: account_id integer, bundle_sku text, description text, active integer, now instant
-- columns: id integer
INSERT INTO bundle_skus (account_id, bundle_sku, description, active, created_at, updated_at)
VALUES (:account_id, :bundle_sku, :description, :active, :now, :now)
ON CONFLICT (bundle_sku, account_id) DO UPDATE
   SET description = excluded.description, active = excluded.active,
       updated_at = excluded.updated_at
RETURNING id;

-- name: drop_components
-- params: bundle_sku_id integer
DELETE FROM bundle_components WHERE bundle_sku_id = :bundle_sku_id;

-- name: add_component
-- params: bundle_sku_id integer, component_sku text, multiplier integer, sequence integer, now instant
INSERT INTO bundle_components (bundle_sku_id, component_sku, multiplier, sequence, created_at)
VALUES (:bundle_sku_id, :component_sku, :multiplier, :sequence, :now);
