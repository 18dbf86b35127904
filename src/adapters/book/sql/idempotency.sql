-- Answers given once are given again to whoever asks the same with the same key.

-- name: claim_idempotency_key
-- params: who text, request_key text, fingerprint text, now_us micros
-- No row changed: the key is known.
INSERT INTO idempotency_keys (who, request_key, fingerprint, at_us)
VALUES (:who, :request_key, :fingerprint, :now_us)
ON CONFLICT (who, request_key) DO NOTHING;

-- name: find_idempotency_key
-- params: who text, request_key text
-- columns: fingerprint text, status integer?, answer text?
SELECT fingerprint, status, answer FROM idempotency_keys
 WHERE who = :who AND request_key = :request_key;

-- name: keep_idempotent_answer
-- params: who text, request_key text, status integer, answer text
UPDATE idempotency_keys SET status = :status, answer = :answer
 WHERE who = :who AND request_key = :request_key;

-- name: forget_idempotency_key
-- params: who text, request_key text
DELETE FROM idempotency_keys WHERE who = :who AND request_key = :request_key;

-- name: forget_old_idempotency_keys
-- params: before_us micros
DELETE FROM idempotency_keys WHERE at_us < :before_us;
