-- Small hints about what changed, for pages that watch.

-- name: publish_event
-- params: now_us micros, kind text, data text
INSERT INTO live_events (at_us, kind, data) VALUES (:now_us, :kind, :data);

-- name: events_after
-- params: after integer, limit integer
-- columns: event_id integer, at_us micros, kind text, data text
SELECT event_id, at_us, kind, data FROM live_events WHERE event_id > :after
 ORDER BY event_id LIMIT :limit;

-- name: events_since
-- params: since_us micros, limit integer
-- columns: event_id integer, at_us micros, kind text, data text
SELECT event_id, at_us, kind, data FROM live_events WHERE at_us >= :since_us
 ORDER BY event_id LIMIT :limit;

-- name: event_up_to
-- params: id integer
-- columns: event_id integer, at_us micros
SELECT event_id, at_us FROM live_events WHERE event_id <= :id ORDER BY event_id DESC LIMIT 1;

-- name: forget_events
-- params: before_us micros, limit integer
DELETE FROM live_events WHERE event_id IN (
  SELECT event_id FROM live_events WHERE at_us < :before_us ORDER BY at_us LIMIT :limit);
