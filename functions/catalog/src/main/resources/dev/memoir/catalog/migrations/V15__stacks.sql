-- What is shown as one: a live photo's still and film, a camera's raw file and its picture, and what people put together.

-- Whose cover an item lies beneath; lists show only what lies beneath none. Each follows the files and the edits: a sweep puts
-- together what was there before.
ALTER TABLE item ADD COLUMN cover uuid;     -- another item of the same owner
ALTER TABLE item ADD COLUMN cover_kind text CHECK (cover_kind IN ('live', 'raw', 'hand'));
ALTER TABLE item ADD CONSTRAINT item_covered CHECK ((cover IS NULL) = (cover_kind IS NULL));
-- A person's word: the SHA-256 by which a stack is named, or 'alone'.
ALTER TABLE item ADD COLUMN stack text GENERATED ALWAYS AS (edits ->> 'stack') STORED;

CREATE INDEX item_cover ON item (cover) WHERE cover IS NOT NULL;
CREATE INDEX item_stack ON item (owner, stack) WHERE stack IS NOT NULL;
CREATE INDEX asset_live ON asset (live_photo_id) WHERE live_photo_id IS NOT NULL;

-- What one item lies beneath depends on others, which may change at the same time: whoever changes an owner's items locks the
-- owner's row here first.
CREATE TABLE stacking (
    owner text PRIMARY KEY CHECK (owner <> '')
);
ALTER TABLE stacking ENABLE ROW LEVEL SECURITY;
ALTER TABLE stacking FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest_all ON stacking TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY changeable ON stacking TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));
GRANT SELECT, INSERT, UPDATE ON stacking TO memoir_ingest, memoir_api;

DROP INDEX item_timeline;
CREATE INDEX item_timeline ON item (owner, sort_time DESC, id DESC) WHERE present AND trashed_at IS NULL AND cover IS NULL;
