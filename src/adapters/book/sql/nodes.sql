-- Every program that does work, while it lives and for a while afterwards.

-- name: beat_node
-- params: node_id text, holder text, version text, kinds text, mail_from text, page_url text, now_us micros
INSERT INTO nodes (node_id, holder, version, kinds, mail_from, page_url, started_us, heartbeat_us)
VALUES (:node_id, :holder, :version, :kinds, :mail_from, :page_url, :now_us, :now_us)
ON CONFLICT (node_id) DO UPDATE SET heartbeat_us = excluded.heartbeat_us, stopped_us = NULL;

-- name: note_node_partner
-- params: node_id text, partner text, credentials text, fingerprint text
-- Never another one while the program runs.
INSERT INTO node_partners (node_id, partner, credentials, fingerprint)
VALUES (:node_id, :partner, :credentials, :fingerprint)
ON CONFLICT (node_id, partner) DO NOTHING;

-- name: list_set_up
-- params: since_us micros
-- columns: node_id text, holder text, kinds text, mail_from text, page_url text
SELECT node_id, holder, kinds, mail_from, page_url FROM nodes
 WHERE stopped_us IS NULL AND heartbeat_us >= :since_us
 ORDER BY started_us, node_id;

-- name: list_node_partners
-- params: since_us micros
-- columns: node_id text, partner text, credentials text, fingerprint text
SELECT p.node_id, p.partner, p.credentials, p.fingerprint
  FROM node_partners p JOIN nodes n ON n.node_id = p.node_id
 WHERE n.stopped_us IS NULL AND n.heartbeat_us >= :since_us
 ORDER BY p.node_id, p.partner;

-- name: living_key
-- params: partner text, fingerprint text, since_us micros
-- columns: node_id text
SELECT p.node_id FROM node_partners p JOIN nodes n ON n.node_id = p.node_id
 WHERE p.partner = :partner AND p.fingerprint = :fingerprint AND p.credentials = 'complete'
   AND n.stopped_us IS NULL AND n.heartbeat_us >= :since_us
 LIMIT 1;

-- name: living_credentials
-- params: partner text, since_us micros
-- columns: node_id text
SELECT p.node_id FROM node_partners p JOIN nodes n ON n.node_id = p.node_id
 WHERE p.partner = :partner AND p.credentials = 'complete'
   AND n.stopped_us IS NULL AND n.heartbeat_us >= :since_us
 LIMIT 1;

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
