-- What listed items are found by, as bits instead of one row for each term and item.

-- The owner of the tables fills the new ones from the old.
ALTER TABLE item NO FORCE ROW LEVEL SECURITY;

ALTER TABLE item ADD COLUMN block bigint;   -- where term_block speaks of it: in which block of the timeline
ALTER TABLE item ADD COLUMN slot integer;   -- and by which of its bits, from 0

UPDATE item SET block = placed.period * 1048576 + placed.number / 1024, slot = placed.number % 1024
FROM (SELECT id, cast(floor(extract(epoch FROM sort_time) / 604800) AS bigint) AS period,
             row_number() OVER (PARTITION BY owner, floor(extract(epoch FROM sort_time) / 604800) ORDER BY id) - 1 AS number
      FROM item) placed
WHERE placed.id = item.id;

ALTER TABLE item ALTER COLUMN block SET NOT NULL;
ALTER TABLE item ALTER COLUMN slot SET NOT NULL;
CREATE UNIQUE INDEX item_slot ON item (owner, block, slot);

-- How many slots of a period of the timeline are given away. A period is seven days; its blocks are filled one by one.
CREATE TABLE period (
    owner  text NOT NULL CHECK (owner <> ''),
    number bigint NOT NULL,                 -- periods since 1970, UTC
    slots  bigint NOT NULL,
    PRIMARY KEY (owner, number)
);

INSERT INTO period (owner, number, slots)
SELECT owner, cast(floor(extract(epoch FROM sort_time) / 604800) AS bigint), count(*) FROM item GROUP BY 1, 2;

-- The timeline is cut into blocks of at most 1024 items; for each term, a block's bits say which of them carry it. So
-- conditions, however frequent, meet by a bitwise AND of some thousand short rows even in a library of a million. The rows
-- are found by equality on a btree, the one search that keeps its index under row security: text and integer comparisons are
-- leakproof; tsvector, arrays, LIKE and boxes are not.
CREATE TABLE term_block (
    owner text NOT NULL CHECK (owner <> ''),
    term  text NOT NULL,
    block bigint NOT NULL,
    items bit(1024) NOT NULL,
    PRIMARY KEY (owner, term, block)
) WITH (fillfactor = 80);                   -- bits change in place as photos come

INSERT INTO term_block (owner, term, block, items)
SELECT i.owner, t.term, i.block, bit_or(set_bit(cast(0 AS bit(1024)), i.slot, 1))
FROM item i CROSS JOIN unnest(i.terms) AS t(term)
WHERE i.present AND i.trashed_at IS NULL
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

DROP TABLE item_term;
DROP TABLE item_place;

ALTER TABLE item FORCE ROW LEVEL SECURITY;
ALTER TABLE period ENABLE ROW LEVEL SECURITY;
ALTER TABLE period FORCE ROW LEVEL SECURITY;
ALTER TABLE term_block ENABLE ROW LEVEL SECURITY;
ALTER TABLE term_block FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON period TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON term_block TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY own ON term_block TO memoir_api
    USING (owner = current_setting('memoir.subject', true))
    WITH CHECK (owner = current_setting('memoir.subject', true));

GRANT SELECT, INSERT, UPDATE, DELETE ON period, term_block TO memoir_ingest;
GRANT SELECT, INSERT, UPDATE ON term_block TO memoir_api;
