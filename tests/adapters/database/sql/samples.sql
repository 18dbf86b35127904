-- Statements of the conformance suite, over a table that has one column of each type.

-- name: put_sample
-- params: id integer, number integer?, words text?, seen_at instant?
-- params: on_day day?, due_us micros?, is_open flag?, payload blob?
INSERT INTO samples (id, number, words, seen_at, on_day, due_us, is_open, payload)
VALUES (:id, :number, :words, :seen_at, :on_day, :due_us, :is_open, :payload)
ON CONFLICT (id) DO UPDATE
   SET number = excluded.number, words = excluded.words, seen_at = excluded.seen_at,
       on_day = excluded.on_day, due_us = excluded.due_us, is_open = excluded.is_open,
       payload = excluded.payload;

-- name: find_sample
-- params: id integer
-- columns: id integer, number integer?, words text?, seen_at instant?
-- columns: on_day day?, due_us micros?, is_open flag?, payload blob?
SELECT id, number, words, seen_at, on_day, due_us, is_open, payload FROM samples WHERE id = :id;

-- name: add_sample
-- params: id integer, words text
-- columns: id integer, words text
-- Refuses a known id; answers what was stored.
INSERT INTO samples (id, words) VALUES (:id, :words) RETURNING id, words;

-- name: add_to_number
-- params: id integer, amount integer
UPDATE samples SET number = COALESCE(number, 0) + :amount WHERE id = :id;

-- name: count_samples
-- columns: samples integer, total integer?, has_any flag
-- A sum of big integers and a truth value differ in type between the two databases.
SELECT COUNT(*) AS samples, SUM(number) AS total, COUNT(*) > 0 AS has_any FROM samples;

-- name: list_samples
-- columns: id integer, words text?
SELECT id, words FROM samples ORDER BY id;

-- name: sample_seen_before
-- params: moment instant
-- columns: id integer
SELECT id FROM samples WHERE seen_at < :moment ORDER BY seen_at, id;

-- name: tricky_text
-- params: id integer
-- columns: words text
-- A colon in a string, a doubled quote, and a comment with :another name stay what they are.
SELECT 'it''s :id; -- no comment' AS words -- not :a_param; really
  FROM samples /* nor :here */ WHERE id = :id;

-- name: lock_sample
-- params: id integer
-- columns: number integer?
SELECT number FROM samples WHERE id = :id
-- sqlite: the writer is alone already
-- postgres: two writers must queue here
   FOR UPDATE
-- shared
;

-- name: add_child
-- params: id integer, sample_id integer
INSERT INTO sample_children (id, sample_id) VALUES (:id, :sample_id);
