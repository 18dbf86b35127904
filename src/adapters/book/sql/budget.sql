-- The rate budget: an exact log of what was asked in the last minute, per credential.

-- name: open_budget
-- params: credential text, limit_per_minute integer
INSERT INTO rate_budget (credential, limit_per_minute) VALUES (:credential, :limit_per_minute)
ON CONFLICT (credential) DO NOTHING;

-- name: lock_budget
-- params: credential text
-- columns: limit_per_minute integer, blocked_until_us micros, people_wait_us micros
-- sqlite: the write transaction already excludes every other writer
SELECT limit_per_minute, blocked_until_us, people_wait_us FROM rate_budget
 WHERE credential = :credential;
-- postgres: the row lock makes counting and granting one step for all processes
SELECT limit_per_minute, blocked_until_us, people_wait_us FROM rate_budget
 WHERE credential = :credential
   FOR UPDATE;

-- name: time_under_lock
-- params: began_us micros
-- columns: now_us micros
-- sqlite: the transaction began with the lock, so it is the same time
SELECT :began_us AS now_us;
-- postgres: the transaction may have waited for the row; a request counts from when it got it
SELECT GREATEST(:began_us, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS bigint))
    AS now_us;

-- name: recent_grants
-- params: credential text, since_us micros
-- columns: granted_us micros, urgency integer
SELECT granted_us, urgency FROM rate_grants
 WHERE credential = :credential AND granted_us > :since_us
 ORDER BY granted_us;

-- name: grant_request
-- params: credential text, urgency integer, at_us micros
INSERT INTO rate_grants (credential, urgency, granted_us) VALUES (:credential, :urgency, :at_us);

-- name: forget_grants
-- params: credential text, before_us micros
DELETE FROM rate_grants WHERE credential = :credential AND granted_us <= :before_us;

-- name: bring_back_grants
-- params: credential text, after_us micros, now_us micros
-- The clock was put back: what was granted "later" counts as granted now.
UPDATE rate_grants SET granted_us = :now_us
 WHERE credential = :credential AND granted_us > :after_us;

-- name: note_people_waiting
-- params: credential text, until_us micros
UPDATE rate_budget SET people_wait_us = :until_us WHERE credential = :credential;

-- name: lower_limit
-- params: credential text, limit_per_minute integer
UPDATE rate_budget SET limit_per_minute = :limit_per_minute WHERE credential = :credential;

-- name: block_budget
-- params: credential text, until_us micros, longest_us micros
-- Never shortened by a later, shorter word; a block beyond any sense is a clock that was put back.
UPDATE rate_budget SET blocked_until_us = :until_us
 WHERE credential = :credential
   AND (blocked_until_us < :until_us OR blocked_until_us > :longest_us);

-- name: note_throttled
-- params: credential text, now_us micros
UPDATE rate_budget SET last_429_us = :now_us WHERE credential = :credential;

-- name: find_budget
-- params: credential text
-- columns: limit_per_minute integer, blocked_until_us micros, last_429_us micros?
SELECT limit_per_minute, blocked_until_us, last_429_us FROM rate_budget
 WHERE credential = :credential;
