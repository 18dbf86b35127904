-- Leases in sync_locks: a row with an expiry, a token that only grows and the run that holds it.

-- name: take_lease
-- params: lock_name text, holder text, run_id text, now_us micros, expires_us micros
-- columns: token integer
-- Takes a free or expired lease; no row means somebody else holds it.
INSERT INTO sync_locks (lock_name, holder, run_id, token, expires_us, heartbeat_us)
VALUES (:lock_name, :holder, :run_id, 1, :expires_us, :now_us)
ON CONFLICT (lock_name) DO UPDATE
   SET holder = excluded.holder, run_id = excluded.run_id, token = sync_locks.token + 1,
       expires_us = excluded.expires_us, heartbeat_us = excluded.heartbeat_us
 WHERE sync_locks.expires_us < excluded.heartbeat_us
RETURNING token;

-- name: fence_lease
-- params: lock_name text, token integer, run_id text, now_us micros, expires_us micros
-- First statement of every fenced transaction, and the heartbeat: no row changed means the lease
-- is lost. Token equality decides, not expiry: expired but not taken over is still ours.
UPDATE sync_locks SET expires_us = :expires_us, heartbeat_us = :now_us
 WHERE lock_name = :lock_name AND token = :token AND run_id = :run_id AND expires_us > 0;

-- name: release_lease
-- params: lock_name text, token integer, run_id text
-- The row stays, so that the token keeps growing.
UPDATE sync_locks SET expires_us = 0
 WHERE lock_name = :lock_name AND token = :token AND run_id = :run_id;

-- name: find_lease
-- params: lock_name text
-- columns: holder text, run_id text, token integer, expires_us micros, heartbeat_us micros
SELECT holder, run_id, token, expires_us, heartbeat_us FROM sync_locks
 WHERE lock_name = :lock_name;
