-- API tokens: programs that ask on somebody's behalf. Only the hash of a token is kept.

-- name: add_api_token
-- params: token_id text, token_hash text, name text, role text, now_us micros, created_by text, expires_us micros?
INSERT INTO api_tokens (token_id, token_hash, name, role, created_us, created_by, expires_us)
VALUES (:token_id, :token_hash, :name, :role, :now_us, :created_by, :expires_us);

-- name: find_api_token
-- params: token_id text
-- columns: token_hash text, name text, role text, expires_us micros?, last_used_us micros?, revoked_us micros?
SELECT token_hash, name, role, expires_us, last_used_us, revoked_us FROM api_tokens
 WHERE token_id = :token_id;

-- name: note_api_token_use
-- params: token_id text, now_us micros
UPDATE api_tokens SET last_used_us = :now_us WHERE token_id = :token_id;

-- name: revoke_api_token
-- params: token_id text, now_us micros
UPDATE api_tokens SET revoked_us = :now_us WHERE token_id = :token_id AND revoked_us IS NULL;

-- name: list_api_tokens
-- params:
-- columns: token_id text, name text, role text, created_us micros, created_by text, expires_us micros?, last_used_us micros?, revoked_us micros?
SELECT token_id, name, role, created_us, created_by, expires_us, last_used_us, revoked_us
  FROM api_tokens ORDER BY created_us DESC, token_id;

-- name: revoke_tokens_of
-- params: created_by text, now_us micros
UPDATE api_tokens SET revoked_us = :now_us WHERE created_by = :created_by AND revoked_us IS NULL;
