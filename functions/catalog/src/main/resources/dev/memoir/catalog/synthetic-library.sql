-- Items <first> to <last>; a number's digits decide everything, by hashes of it that are spread over 0 to 1.
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
WITH numbers AS (
    SELECT n,
           sha256(convert_to('synthetic ' || n, 'UTF8')) AS sha256,
           ('x' || substr(md5('a' || n), 1, 8))::bit(32)::bigint / 4294967296.0 AS a,
           ('x' || substr(md5('b' || n), 1, 8))::bit(32)::bigint / 4294967296.0 AS b,
           ('x' || substr(md5('c' || n), 1, 8))::bit(32)::bigint / 4294967296.0 AS c,
           ('x' || substr(md5('d' || n), 1, 8))::bit(32)::bigint / 4294967296.0 AS d,
           ('x' || substr(md5('e' || n), 1, 8))::bit(32)::bigint / 4294967296.0 AS e,
           ('x' || substr(md5('f' || n), 1, 8))::bit(32)::bigint / 4294967296.0 AS f,
           ('x' || substr(md5('g' || n), 1, 8))::bit(32)::bigint / 4294967296.0 AS g,
           ('x' || substr(md5('h' || n), 1, 8))::bit(32)::bigint / 4294967296.0 AS h
    FROM generate_series(<first>, <last>) AS s(n)
)
SELECT n, sha256,
       -- over 20 years, more in the later ones
       timestamptz '2006-01-01 00:00:00Z' + sqrt(a::float8) * interval '7300 days' AS sort_time,
       CASE WHEN b < 0.06 THEN 'video/mp4' WHEN b < 0.40 THEN 'image/heic' WHEN b < 0.45 THEN 'image/png'
            ELSE 'image/jpeg' END AS media_type,
       (ARRAY['iPhone 15 Pro', 'iPhone 12', 'Pixel 8', 'EOS R5', 'ILCE-7M4', 'DMC-TZ101', 'X-T5', 'HERO9'])
           [1 + floor(exp(c::float8 * ln(8.999)) - 1)::int % 8] AS model,
       -- half at home, the others on places spread over the earth, each a few kilometres wide
       CASE WHEN d < 0.3 THEN NULL
            WHEN d < 0.65 THEN 47.37 + e::float8 * 0.1
            ELSE -55 + mod(floor(d * 400)::int * 37, 120) + e::float8 * 0.05 END AS latitude,
       CASE WHEN d < 0.3 THEN NULL
            WHEN d < 0.65 THEN 8.54 + f::float8 * 0.1
            ELSE -179 + mod(floor(d * 400)::int * 91, 358) + f::float8 * 0.05 END AS longitude,
       power(g::float8, 6) AS nsfw,
       'label ' || floor(exp(g::float8 * ln(1000)))::int AS label1,
       'label ' || floor(exp(h::float8 * ln(1000)))::int AS label2,
       'label ' || floor(exp((f::float8 + h::float8) / 2 * ln(1000)))::int AS label3,
       'word' || floor(exp(f::float8 * ln(20000)))::int AS word1,
       'word' || floor(exp(e::float8 * ln(20000)))::int AS word2,
       CASE WHEN h < 0.02 THEN 5 WHEN h < 0.1 THEN 4 END AS rating,
       NULL::text[] AS terms, NULL::bigint AS period, NULL::bigint AS number
FROM numbers;

UPDATE made SET period = floor(extract(epoch FROM sort_time) / <period>);

-- The next free numbers of each period.
UPDATE made SET number = placed.number
FROM (SELECT m.n, coalesce(p.slots, 0) + row_number() OVER (PARTITION BY m.period ORDER BY m.n) - 1 AS number
      FROM made m LEFT JOIN period p ON p.owner = <owner> AND p.number = m.period) placed
WHERE placed.n = made.n;

INSERT INTO period (owner, number, slots)
SELECT <owner>, period, count(*) FROM made GROUP BY period
ON CONFLICT (owner, number) DO UPDATE SET slots = period.slots + excluded.slots;

UPDATE made SET terms = (
    SELECT array_agg(DISTINCT term ORDER BY term) FROM (
        SELECT unnest(ARRAY[
            't:' || media_type, 'k:' || split_part(media_type, '/', 1), 'c:' || model,
            'y:' || extract(year FROM sort_time AT TIME ZONE 'UTC'), 's:ready',
            'n:' || least(9, floor(nsfw * 10)::int), 'r:' || rating,
            'l:' || label1, 'l:' || label2, 'l:' || label3,
            'w:label', 'w:' || split_part(label1, ' ', 2), 'w:' || split_part(label2, ' ', 2),
            'w:' || split_part(label3, ' ', 2),
            'w:' || word1, 'w:' || word2, 'w:' || split_part(lower(model), ' ', 1), 'w:img', 'w:' || n, 'w:jpg']) AS term
        UNION ALL
        SELECT 'g:' || l || '/' || floor((longitude + 180) / 360 * (1 << l)) || '/' || floor((latitude + 90) / 180 * (1 << l))
        FROM unnest(ARRAY[4, 6, 8, 10, 12, 14, 16]) AS level(l)
    ) found WHERE term IS NOT NULL
);

INSERT INTO asset (sha256, state, media_type, width, height, taken_at, taken_local, taken_source, latitude, longitude,
                   camera_model, rating, title, keywords, renditions, thumbhash, pipeline, described_at, raw_tags)
SELECT sha256, 'ready', media_type, 4032, 3024, sort_time, sort_time AT TIME ZONE 'UTC', 'LOCAL_ASSUMED_UTC',
       latitude, longitude, model, rating, word1, ARRAY[word2], ARRAY['PREVIEW', 'THUMBNAIL', 'ANALYSIS'],
       substr(sha256, 1, 25), 1, clock_timestamp(), '{"Exif IFD0": {"Make": "synthetic"}}'
FROM made ORDER BY sha256;

INSERT INTO object (bucket, key, version_id, sha256, owner, etag, size, last_modified, current, seen_at)
SELECT 'originals', convert_to('synthetic/' || <owner> || '/IMG_' || n || '.jpg', 'UTF8'), 'v1', sha256, <owner>,
       md5(n::text), 3000000 + n, sort_time, true, clock_timestamp()
FROM made;

INSERT INTO item (id, owner, sha256, sort_time, latitude, longitude, nsfw, added_at, present, terms, block, slot)
SELECT md5(<owner> || n)::uuid, <owner>, sha256, sort_time, latitude, longitude, nsfw, clock_timestamp(), true, terms,
       period * <blocks> + number / <slots>, number % <slots>
FROM made;

INSERT INTO term_block (owner, term, block, sensitive, items)
SELECT <owner>, t.term, period * <blocks> + number / <slots>, coalesce(nsfw > 0.8, false),
       bit_or(set_bit(cast(0 AS bit(<slots>)), (number % <slots>)::int, 1))
FROM made CROSS JOIN unnest(terms) AS t(term) GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
ON CONFLICT (owner, term, block, sensitive) DO UPDATE SET items = term_block.items | excluded.items;

INSERT INTO term_count (owner, kind, term, sensitive, items)
SELECT <owner>, left(t.term, 1), t.term, coalesce(nsfw > 0.8, false), count(*) FROM made CROSS JOIN unnest(terms) AS t(term)
WHERE left(t.term, 1) IN ('l', 'c', 't', 'k', 'y', 'n', 's', 'r')
GROUP BY 3, 4 ORDER BY 3, 4
ON CONFLICT (owner, kind, term, sensitive) DO UPDATE SET items = term_count.items + excluded.items;

INSERT INTO analysis (sha256, task, model, version, score, at)
SELECT sha256, 'nsfw', 'synthetic', '1', nsfw, clock_timestamp() FROM made
UNION ALL
SELECT sha256, 'labels', 'synthetic', '1', NULL, clock_timestamp() FROM made;

INSERT INTO label (sha256, task, model, position, name, confidence)
SELECT sha256, 'labels', 'synthetic', 0, label1, 0.8 FROM made
UNION ALL
SELECT sha256, 'labels', 'synthetic', 1, label2, 0.1 FROM made
UNION ALL
SELECT sha256, 'labels', 'synthetic', 2, label3, 0.05 FROM made
