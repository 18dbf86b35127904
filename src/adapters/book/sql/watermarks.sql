-- How far each stream has provably been read.

-- name: find_watermark
-- params: account_id integer, workflow_name text
-- columns: last_sync_timestamp text, watermark_us micros?, read_until_us micros?
SELECT last_sync_timestamp, watermark_us, read_until_us FROM sync_watermark
 WHERE account_id = :account_id AND workflow_name = :workflow_name;

-- name: put_watermark
-- params: account_id integer, workflow_name text, text text, watermark_us micros?, read_until_us micros?, now instant
INSERT INTO sync_watermark
  (account_id, workflow_name, last_sync_timestamp, watermark_us, read_until_us, updated_at)
VALUES (:account_id, :workflow_name, :text, :watermark_us, :read_until_us, :now)
ON CONFLICT (account_id, workflow_name) DO UPDATE
   SET last_sync_timestamp = excluded.last_sync_timestamp, watermark_us = excluded.watermark_us,
       read_until_us = excluded.read_until_us, updated_at = excluded.updated_at;

-- name: mark_due
-- params: account_id integer, workflow_name text
-- Written with what made it due, so that a crash in between forgets nothing.
UPDATE sync_watermark SET read_until_us = NULL
 WHERE account_id = :account_id AND workflow_name = :workflow_name;

-- name: find_checkpoint
-- params: account_id integer, stream text
-- columns: run_id text, state text, updated_us micros
SELECT run_id, state, updated_us FROM checkpoints
 WHERE account_id = :account_id AND stream = :stream;

-- name: put_checkpoint
-- params: account_id integer, stream text, run_id text, state text, now_us micros
INSERT INTO checkpoints (account_id, stream, run_id, state, updated_us)
VALUES (:account_id, :stream, :run_id, :state, :now_us)
ON CONFLICT (account_id, stream) DO UPDATE
   SET run_id = excluded.run_id, state = excluded.state, updated_us = excluded.updated_us;

-- name: drop_checkpoint
-- params: account_id integer, stream text
DELETE FROM checkpoints WHERE account_id = :account_id AND stream = :stream;
