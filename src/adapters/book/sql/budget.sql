-- The rate budget: an exact log of what was asked in the last minute, per credential.

-- name: open_budget
-- params: credential text, limit_per_minute integer
INSERT INTO rate_budget (credential, limit_per_minute) VALUES (:credential, :limit_per_minute)
ON CONFLICT (credential) DO NOTHING;

-- name: lock_budget
-- params: credential text
-- columns: limit_per_minute integer, blocked_until_us micros
-- sqlite: the write transaction already excludes every other writer
SELECT limit_per_minute, blocked_until_us FROM rate_budget WHERE credential = :credential;
-- postgres: the row lock makes counting and granting one step for all processes
SELECT limit_per_minute, blocked_until_us FROM rate_budget WHERE credential = :credential
   FOR UPDATE;

-- name: recent_grants
-- params: credential text, since_us micros
-- columns: granted_us micros
SELECT granted_us FROM rate_grants WHERE credential = :credential AND granted_us > :since_us
 ORDER BY granted_us;

-- name: grant_request
-- params: credential text, now_us micros
INSERT INTO rate_grants (credential, granted_us) VALUES (:credential, :now_us);

-- name: forget_grants
-- params: credential text, before_us micros
DELETE FROM rate_grants WHERE credential = :credential AND granted_us <= :before_us;

-- name: tune_budget
-- params: credential text, limit_per_minute integer, blocked_until_us micros
UPDATE rate_budget SET limit_per_minute = :limit_per_minute, blocked_until_us = :blocked_until_us
 WHERE credential = :credential;

-- name: find_budget
-- params: credential text
-- columns: limit_per_minute integer, blocked_until_us micros
SELECT limit_per_minute, blocked_until_us FROM rate_budget WHERE credential = :credential;
