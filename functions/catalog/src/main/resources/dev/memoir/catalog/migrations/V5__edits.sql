-- What people say of their pictures over what the files say. It lives in the bucket, as XMP beside the originals: these rows
-- are copies of it.

-- What a sidecar says. One that is broken keeps what it said before. Which items it speaks of is found by its key; and when it
-- says for which content it was written, those items of its owner that have no sidecar beside them.
CREATE TABLE sidecar (
    bucket  text NOT NULL,
    key     bytea NOT NULL,                 -- UTF-8, as in object
    owner   text NOT NULL CHECK (owner <> ''),
    etag    text NOT NULL,
    size    bigint NOT NULL,
    sha256  bytea CHECK (length(sha256) = 32),
    edits   jsonb NOT NULL,
    problem text,                           -- why it can't be read, for people
    PRIMARY KEY (bucket, key)
);
CREATE INDEX sidecar_content ON sidecar (sha256, owner);

-- Nothing ever wrote these.
ALTER TABLE item DROP COLUMN title;
ALTER TABLE item DROP COLUMN description;
ALTER TABLE item DROP COLUMN rating;
-- The sidecar's word, so that an item is read from one row; sort_time, latitude, longitude and terms follow it.
ALTER TABLE item ADD COLUMN edits jsonb NOT NULL DEFAULT '{}';
ALTER TABLE item ADD COLUMN sidecar_problem text;

ALTER TABLE sidecar ENABLE ROW LEVEL SECURITY;
ALTER TABLE sidecar FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest_all ON sidecar TO memoir_ingest USING (true) WITH CHECK (true);
-- Only who may change an owner's items reads and writes what is said of them; others read it in the items that they see.
CREATE POLICY changeable ON sidecar TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));
-- An item whose time is edited moves to another period of the timeline and takes a slot there.
CREATE POLICY changeable ON period TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));

GRANT SELECT, INSERT, UPDATE, DELETE ON sidecar TO memoir_ingest;
GRANT SELECT, INSERT, UPDATE ON sidecar TO memoir_api;
GRANT SELECT, INSERT, UPDATE ON period TO memoir_api;
