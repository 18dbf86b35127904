-- Who is signed in, and who tried in vain. Only hashes of what a browser sends are kept.

-- name: add_session
-- params: session_hash text, user_id integer, now_us micros, expires_us micros, peer text
INSERT INTO sessions (session_hash, user_id, created_us, seen_us, expires_us, peer)
VALUES (:session_hash, :user_id, :now_us, :now_us, :expires_us, :peer);

-- name: find_session
-- params: session_hash text
-- columns: user_id integer, name text, role text, seen_us micros, expires_us micros
SELECT s.user_id, u.name, u.role, s.seen_us, s.expires_us
  FROM sessions s JOIN users u ON u.user_id = s.user_id
 WHERE s.session_hash = :session_hash AND s.ended_us IS NULL AND u.disabled_us IS NULL;

-- name: touch_session
-- params: session_hash text, now_us micros
UPDATE sessions SET seen_us = :now_us
 WHERE session_hash = :session_hash AND seen_us < :now_us AND ended_us IS NULL;

-- name: end_session
-- params: session_hash text, now_us micros
UPDATE sessions SET ended_us = :now_us WHERE session_hash = :session_hash AND ended_us IS NULL;

-- name: end_sessions_of_user
-- params: user_id integer, now_us micros
UPDATE sessions SET ended_us = :now_us WHERE user_id = :user_id AND ended_us IS NULL;

-- name: find_session_from_peer
-- params: user_id integer, peer text, after_us micros
-- columns: user_id integer
-- Whether this person has signed in from there lately.
SELECT user_id FROM sessions
 WHERE user_id = :user_id AND peer = :peer AND created_us > :after_us
 LIMIT 1;

-- name: forget_sessions
-- params: before_us micros
DELETE FROM sessions WHERE seen_us < :before_us;

-- name: add_login_failure
-- params: subject text, now_us micros
-- columns: failure_id integer
INSERT INTO login_failures (subject, at_us) VALUES (:subject, :now_us) RETURNING failure_id;

-- name: count_login_failures
-- params: subject text, after_us micros
-- columns: failures integer, last_us micros?
SELECT COUNT(*) AS failures, MAX(at_us) AS last_us FROM login_failures
 WHERE subject = :subject AND at_us > :after_us;

-- name: forget_login_failure
-- params: failure_id integer
DELETE FROM login_failures WHERE failure_id = :failure_id;

-- name: forget_login_failures_of
-- params: subject text
DELETE FROM login_failures WHERE subject = :subject;

-- name: forget_old_login_failures
-- params: before_us micros
DELETE FROM login_failures WHERE at_us <= :before_us;
