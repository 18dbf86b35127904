-- Breakers: whether calls to a partner are paused, for all nodes.

-- name: open_breaker
-- params: partner text, now_us micros
INSERT INTO breakers (partner, state, changed_us) VALUES (:partner, 'closed', :now_us)
ON CONFLICT (partner) DO NOTHING;

-- name: lock_breaker
-- params: partner text
-- columns: state text, failures integer, openings integer, reason text, opened_us micros?, next_probe_us micros?
-- sqlite: the write transaction already excludes every other writer
SELECT state, failures, openings, reason, opened_us, next_probe_us FROM breakers
 WHERE partner = :partner;
-- postgres: so that one node alone sends the probe
SELECT state, failures, openings, reason, opened_us, next_probe_us FROM breakers
 WHERE partner = :partner
   FOR UPDATE;

-- name: put_breaker
-- params: partner text, state text, failures integer, openings integer, reason text, opened_us micros?, next_probe_us micros?, now_us micros
UPDATE breakers
   SET state = :state, failures = :failures, openings = :openings, reason = :reason,
       opened_us = :opened_us, next_probe_us = :next_probe_us, changed_us = :now_us
 WHERE partner = :partner;

-- name: find_breaker
-- params: partner text
-- columns: state text, failures integer, openings integer, reason text, opened_us micros?, next_probe_us micros?
SELECT state, failures, openings, reason, opened_us, next_probe_us FROM breakers
 WHERE partner = :partner;

-- name: list_breakers
-- params: limit integer
-- columns: partner text, state text, failures integer, openings integer, reason text, opened_us micros?, next_probe_us micros?
SELECT partner, state, failures, openings, reason, opened_us, next_probe_us FROM breakers
 ORDER BY partner
 LIMIT :limit;
