-- Small hints about what changed, for pages that watch.

-- name: publish_event
-- params: now_us micros, kind text, data text
INSERT INTO live_events (at_us, kind, data) VALUES (:now_us, :kind, :data);
