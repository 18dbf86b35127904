-- People who sign in, and the link with which the first of them is made.

-- name: find_any_user
-- params:
-- columns: user_id integer
SELECT user_id FROM users ORDER BY user_id LIMIT 1;

-- name: add_user
-- params: name text, role text, password_hash text, now_us micros
INSERT INTO users (name, role, password_hash, created_us, changed_us)
VALUES (:name, :role, :password_hash, :now_us, :now_us)
ON CONFLICT (name) DO NOTHING;

-- name: find_user
-- params: name text
-- columns: user_id integer, name text, role text, password_hash text, created_us micros, disabled_us micros?
SELECT user_id, name, role, password_hash, created_us, disabled_us FROM users
 WHERE name = :name;

-- name: list_users
-- params: now_us micros, seen_after_us micros
-- columns: user_id integer, name text, role text, created_us micros, disabled_us micros?, last_seen_us micros?, sessions integer
SELECT u.user_id, u.name, u.role, u.created_us, u.disabled_us,
       (SELECT MAX(s.seen_us) FROM sessions s WHERE s.user_id = u.user_id) AS last_seen_us,
       (SELECT COUNT(*) FROM sessions s
         WHERE s.user_id = u.user_id AND s.ended_us IS NULL AND s.expires_us > :now_us
           AND s.seen_us > :seen_after_us) AS sessions
  FROM users u ORDER BY u.name;

-- name: lock_admins
-- params:
-- columns: user_id integer
-- sqlite: the write transaction already excludes every other writer
SELECT user_id FROM users WHERE role = 'admin' AND disabled_us IS NULL ORDER BY user_id;
-- postgres: two admins who demote each other at once must not both succeed
SELECT user_id FROM users WHERE role = 'admin' AND disabled_us IS NULL ORDER BY user_id FOR UPDATE;

-- name: set_user_role
-- params: user_id integer, role text, now_us micros
UPDATE users SET role = :role, changed_us = :now_us WHERE user_id = :user_id;

-- name: set_user_disabled
-- params: user_id integer, disabled_us micros?, now_us micros
UPDATE users SET disabled_us = :disabled_us, changed_us = :now_us WHERE user_id = :user_id;

-- name: set_user_password
-- params: user_id integer, password_hash text, now_us micros
UPDATE users SET password_hash = :password_hash, changed_us = :now_us WHERE user_id = :user_id;

-- name: add_setup_link
-- params: token_hash text, now_us micros, expires_us micros
INSERT INTO setup_links (token_hash, created_us, expires_us)
VALUES (:token_hash, :now_us, :expires_us);

-- name: use_setup_link
-- params: token_hash text, now_us micros
-- No row changed: unknown, used before or too old.
UPDATE setup_links SET used_us = :now_us
 WHERE token_hash = :token_hash AND used_us IS NULL AND expires_us > :now_us;

-- name: find_setup_link
-- params: token_hash text, now_us micros
-- columns: expires_us micros
SELECT expires_us FROM setup_links
 WHERE token_hash = :token_hash AND used_us IS NULL AND expires_us > :now_us;

-- name: forget_setup_links
-- params:
DELETE FROM setup_links;
