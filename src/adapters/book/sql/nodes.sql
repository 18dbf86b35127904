-- Every program that does work, while it lives and for a while afterwards.

-- name: beat_node
-- params: node_id text, holder text, version text, now_us micros
INSERT INTO nodes (node_id, holder, version, started_us, heartbeat_us)
VALUES (:node_id, :holder, :version, :now_us, :now_us)
ON CONFLICT (node_id) DO UPDATE SET heartbeat_us = excluded.heartbeat_us, stopped_us = NULL;

-- name: stop_node
-- params: node_id text, now_us micros
UPDATE nodes SET stopped_us = :now_us WHERE node_id = :node_id AND stopped_us IS NULL;

-- name: list_nodes
-- columns: node_id text, holder text, version text, started_us micros, heartbeat_us micros, stopped_us micros?, running integer
SELECT n.node_id, n.holder, n.version, n.started_us, n.heartbeat_us, n.stopped_us,
       (SELECT COUNT(*) FROM jobs j WHERE j.state = 'running' AND j.node_id = n.node_id) AS running
  FROM nodes n
 ORDER BY n.started_us DESC, n.node_id;

-- name: list_living_nodes
-- columns: node_id text, holder text
-- One that said goodbye but could not hand its jobs back is among them.
SELECT node_id, holder FROM nodes
 WHERE stopped_us IS NULL
    OR EXISTS (SELECT 1 FROM jobs WHERE jobs.node_id = nodes.node_id AND jobs.state = 'running')
 ORDER BY node_id;

-- name: forget_nodes
-- params: before_us micros
DELETE FROM nodes WHERE COALESCE(stopped_us, heartbeat_us) < :before_us;
