-- "There may be work", from one program to the others on the same PostgreSQL.

-- name: tell_of_work
-- params: channel text, node_id text
-- columns: told integer
-- sqlite: one program alone uses the file
SELECT LENGTH(:channel) * 0 + LENGTH(:node_id) * 0 AS told;
-- postgres: all commits of the server that notify wait for each other: ours waits for no disk
SELECT LENGTH(set_config('synchronous_commit', 'off', TRUE) ||
              CAST(pg_notify(:channel, :node_id) AS TEXT)) AS told;
