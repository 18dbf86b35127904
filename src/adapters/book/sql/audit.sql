-- The audit log: every write that a person or a program asked for. Append-only, and each row is
-- chained to the one before by its hash; audit_head says which row is the last.

-- name: lock_audit_head
-- params:
-- columns: last_id integer, hash text
-- sqlite: the write transaction already excludes every other writer
SELECT last_id, hash FROM audit_head WHERE head_id = 1;
-- postgres: the row lock makes one chain of what many programs write
SELECT last_id, hash FROM audit_head WHERE head_id = 1 FOR UPDATE;

-- name: last_audit_id
-- params:
-- columns: audit_id integer
-- Also of rows that somebody wrote without the program: they must not be in the way.
SELECT audit_id FROM audit_log ORDER BY audit_id DESC LIMIT 1;

-- name: add_audit
-- params: audit_id integer, now_us micros, who text, action text, subject text, detail text, prev_hash text, hash text
INSERT INTO audit_log (audit_id, at_us, who, action, subject, detail, prev_hash, hash)
VALUES (:audit_id, :now_us, :who, :action, :subject, :detail, :prev_hash, :hash);

-- name: move_audit_head
-- params: last_id integer, hash text
UPDATE audit_head SET last_id = :last_id, hash = :hash WHERE head_id = 1;

-- name: find_audit_head
-- params:
-- columns: last_id integer, hash text
SELECT last_id, hash FROM audit_head WHERE head_id = 1;

-- name: read_audit
-- params: after_id integer, limit integer
-- columns: audit_id integer, at_us micros, who text, action text, subject text, detail text, prev_hash text, hash text
SELECT audit_id, at_us, who, action, subject, detail, prev_hash, hash FROM audit_log
 WHERE audit_id > :after_id ORDER BY audit_id LIMIT :limit;

-- name: list_audit
-- params: who text?, action text?, subject text?, before_id integer, limit integer
-- columns: audit_id integer, at_us micros, who text, action text, subject text, detail text
SELECT audit_id, at_us, who, action, subject, detail FROM audit_log
 WHERE (:who IS NULL OR who = :who)
   AND (:action IS NULL OR action = :action)
   AND (:subject IS NULL OR subject = :subject)
   AND audit_id < :before_id
 ORDER BY audit_id DESC
 LIMIT :limit;

-- name: find_odd_audit
-- params:
-- columns: audit_id integer
SELECT audit_id FROM audit_log WHERE audit_id < 1 LIMIT 1;
