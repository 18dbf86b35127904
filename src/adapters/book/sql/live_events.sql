-- Small hints about what changed, for pages that watch.

-- name: publish_event
-- params: now_us micros, kind text, data text
INSERT INTO live_events (at_us, kind, data) VALUES (:now_us, :kind, :data);

-- name: forget_events
-- params: before_us micros, limit integer
DELETE FROM live_events WHERE event_id IN (
  SELECT event_id FROM live_events WHERE at_us < :before_us ORDER BY at_us LIMIT :limit);
