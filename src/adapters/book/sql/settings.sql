-- Settings kept in the database, also changed by plain SQL, and every change that went through us.

-- name: list_settings
-- params:
-- columns: category text, parameter_name text, value text
SELECT category, parameter_name, value FROM configuration_params
 WHERE sku IS NULL ORDER BY category, parameter_name;

-- name: hold_setting
-- params: category text, parameter_name text
-- columns: value text
-- sqlite: the write transaction already excludes every other writer
SELECT value FROM configuration_params
 WHERE category = :category AND parameter_name = :parameter_name AND sku IS NULL;
-- postgres: two who change it at once do so one after the other, and the history says so
SELECT value FROM configuration_params
 WHERE category = :category AND parameter_name = :parameter_name AND sku IS NULL
   FOR UPDATE;

-- name: save_setting
-- params: category text, parameter_name text, value text, now instant
INSERT INTO configuration_params (category, parameter_name, value, last_updated)
VALUES (:category, :parameter_name, :value, :now)
ON CONFLICT (category, parameter_name, COALESCE(sku, '')) DO UPDATE
   SET value = excluded.value, last_updated = excluded.last_updated;

-- name: drop_setting
-- params: category text, parameter_name text
DELETE FROM configuration_params
 WHERE category = :category AND parameter_name = :parameter_name AND sku IS NULL;

-- name: add_setting_change
-- params: category text, parameter_name text, old_value text?, new_value text?, now_us micros, who text, reason text
INSERT INTO settings_history
  (category, parameter_name, old_value, new_value, changed_us, changed_by, reason)
VALUES (:category, :parameter_name, :old_value, :new_value, :now_us, :who, :reason);

-- name: list_setting_changes
-- params: category text, parameter_name text, limit integer
-- columns: changed_us micros, changed_by text, old_value text?, new_value text?, reason text
SELECT changed_us, changed_by, old_value, new_value, reason FROM settings_history
 WHERE category = :category AND parameter_name = :parameter_name
 ORDER BY history_id DESC LIMIT :limit;

-- name: last_setting_changes
-- params:
-- columns: category text, parameter_name text, changed_us micros, changed_by text, old_value text?, new_value text?, reason text
SELECT h.category, h.parameter_name, h.changed_us, h.changed_by, h.old_value, h.new_value, h.reason
  FROM settings_history h
 WHERE h.history_id = (SELECT MAX(o.history_id) FROM settings_history o
                        WHERE o.category = h.category AND o.parameter_name = h.parameter_name)
 ORDER BY h.category, h.parameter_name;
