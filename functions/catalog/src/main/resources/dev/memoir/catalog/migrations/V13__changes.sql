-- What changed since somebody last asked. Each owner's changes are counted, and an item stands in the row of its last one. The
-- count's row is locked until its writer ends: so numbers become visible in their order, and none comes late.

-- What was hidden from children before a change and is after it is counted by itself, so that neither count tells of it.
CREATE TABLE change_count (
    owner  text NOT NULL CHECK (owner <> ''),
    hidden boolean NOT NULL,
    epoch  uuid NOT NULL DEFAULT gen_random_uuid(),     -- another one in a database that was made anew
    number bigint NOT NULL,
    PRIMARY KEY (owner, hidden)
);

CREATE TABLE item_change (
    owner  text NOT NULL CHECK (owner <> ''),
    hidden boolean NOT NULL,
    item   uuid NOT NULL,                               -- it may be gone
    number bigint NOT NULL,
    PRIMARY KEY (owner, hidden, item)
);
CREATE INDEX item_change_number ON item_change (owner, hidden, number);

ALTER TABLE change_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE change_count FORCE ROW LEVEL SECURITY;
ALTER TABLE item_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE item_change FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON change_count TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON item_change TO memoir_ingest USING (true) WITH CHECK (true);

-- As of term_block.
CREATE POLICY seen ON change_count FOR SELECT TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}')
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]')
       AND NOT hidden);
CREATE POLICY added ON change_count FOR INSERT TO memoir_api WITH CHECK (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));
CREATE POLICY changed ON change_count FOR UPDATE TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));
CREATE POLICY seen ON item_change FOR SELECT TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}')
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]')
       AND NOT hidden);
CREATE POLICY added ON item_change FOR INSERT TO memoir_api WITH CHECK (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));
CREATE POLICY changed ON item_change FOR UPDATE TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));

GRANT SELECT, INSERT, UPDATE ON change_count, item_change TO memoir_ingest, memoir_api;
