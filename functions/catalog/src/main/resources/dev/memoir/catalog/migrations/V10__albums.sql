-- Albums. What they are stands in the bucket, .memoir/albums/<id>.json: these rows are copies of it.

-- Whom an album was given stands in its own row, as s:<subject> and g:<group>, each in the columns of all that its role may:
-- row security can't ask a table whose policy asks back, and who may change the grants is itself one of them.
CREATE TABLE album (
    id           uuid PRIMARY KEY,
    owner        text NOT NULL CHECK (owner <> ''),
    name         text NOT NULL,
    description  text NOT NULL,
    cover        uuid,                      -- the item that it is shown by; not always one that is still in it
    parent       uuid,                      -- the album that it lies in; it may be gone
    ordered      text NOT NULL CHECK (ordered IN ('manual', 'by-time')),
    kind         text NOT NULL CHECK (kind IN ('manual', 'rule')),
    rule         jsonb,                     -- a search, as the document has it; people as they are known now
    gathers      text[] NOT NULL,           -- among whose items the rule looks
    viewers      text[] NOT NULL,
    contributors text[] NOT NULL,
    managers     text[] NOT NULL,
    created_at   timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL,
    CHECK ((kind = 'rule') = (rule IS NOT NULL))
);
CREATE INDEX album_owner ON album (owner, created_at DESC, id DESC);
CREATE INDEX album_parent ON album (parent);

-- What is in an album: of one by a rule what that found. An item is known by its owner and its asset, which may come later.
CREATE TABLE album_item (
    album    uuid NOT NULL REFERENCES album ON DELETE CASCADE,
    owner    text NOT NULL CHECK (owner <> ''),
    sha256   bytea NOT NULL CHECK (length(sha256) = 32),
    position bigint NOT NULL,
    added_by text NOT NULL,
    added_at timestamptz NOT NULL,
    PRIMARY KEY (album, owner, sha256)
);
CREATE INDEX album_item_item ON album_item (sha256, owner, album);
CREATE INDEX album_item_position ON album_item (album, position);

ALTER TABLE album ENABLE ROW LEVEL SECURITY;
ALTER TABLE album FORCE ROW LEVEL SECURITY;
ALTER TABLE album_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE album_item FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON album TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON album_item TO memoir_ingest USING (true) WITH CHECK (true);

-- An unset or empty subject equals no owner and is no viewer.
CREATE POLICY seen ON album FOR SELECT TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR viewers && (SELECT array_append(
        ARRAY(SELECT 'g:' || g.name FROM jsonb_array_elements_text(
            cast(nullif(current_setting('memoir.groups', true), '') AS jsonb)) AS g(name)),
        's:' || nullif(current_setting('memoir.subject', true), ''))));
CREATE POLICY made ON album FOR INSERT TO memoir_api WITH CHECK (
    owner = (SELECT current_setting('memoir.subject', true))
    AND gathers <@ (SELECT ARRAY[
        current_setting('memoir.subject', true),
        (SELECT current_setting('memoir.household', true)
         WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
           AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}')]));
CREATE POLICY changed ON album FOR UPDATE TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR managers && (SELECT array_append(
        ARRAY(SELECT 'g:' || g.name FROM jsonb_array_elements_text(
            cast(nullif(current_setting('memoir.groups', true), '') AS jsonb)) AS g(name)),
        's:' || nullif(current_setting('memoir.subject', true), ''))));
CREATE POLICY removed ON album FOR DELETE TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true)));

-- Who sees an album sees what it lists; of which item, item's own policies say. Only what may be changed is put into an album,
-- since that gives it to others; whoever may change it takes it out again, and who manages the album takes out everything.
CREATE POLICY through_album ON album_item FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM album WHERE album.id = album_item.album));
CREATE POLICY added ON album_item FOR INSERT TO memoir_api WITH CHECK (
    added_by = (SELECT current_setting('memoir.subject', true))
    AND (owner = (SELECT current_setting('memoir.subject', true))
         OR owner = (SELECT current_setting('memoir.household', true)
                     WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                       AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'))
    AND EXISTS (SELECT 1 FROM album WHERE album.id = album_item.album AND (
        album.owner = (SELECT current_setting('memoir.subject', true))
        OR album.contributors && (SELECT array_append(
            ARRAY(SELECT 'g:' || g.name FROM jsonb_array_elements_text(
                cast(nullif(current_setting('memoir.groups', true), '') AS jsonb)) AS g(name)),
            's:' || nullif(current_setting('memoir.subject', true), ''))))));
CREATE POLICY taken_out ON album_item FOR DELETE TO memoir_api USING (
    EXISTS (SELECT 1 FROM album WHERE album.id = album_item.album AND (
        album.owner = (SELECT current_setting('memoir.subject', true))
        OR album.managers && (SELECT array_append(
            ARRAY(SELECT 'g:' || g.name FROM jsonb_array_elements_text(
                cast(nullif(current_setting('memoir.groups', true), '') AS jsonb)) AS g(name)),
            's:' || nullif(current_setting('memoir.subject', true), '')))))
    OR (owner = (SELECT current_setting('memoir.subject', true))
        OR owner = (SELECT current_setting('memoir.household', true)
                    WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                      AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'))
       AND EXISTS (SELECT 1 FROM album WHERE album.id = album_item.album AND album.contributors && (SELECT array_append(
           ARRAY(SELECT 'g:' || g.name FROM jsonb_array_elements_text(
               cast(nullif(current_setting('memoir.groups', true), '') AS jsonb)) AS g(name)),
           's:' || nullif(current_setting('memoir.subject', true), '')))));
CREATE POLICY moved ON album_item FOR UPDATE TO memoir_api USING (
    EXISTS (SELECT 1 FROM album WHERE album.id = album_item.album AND (
        album.owner = (SELECT current_setting('memoir.subject', true))
        OR album.managers && (SELECT array_append(
            ARRAY(SELECT 'g:' || g.name FROM jsonb_array_elements_text(
                cast(nullif(current_setting('memoir.groups', true), '') AS jsonb)) AS g(name)),
            's:' || nullif(current_setting('memoir.subject', true), ''))))));

-- Who has an album sees what is in it, but neither what is in the trash nor, unless adult, what is sensitive. First what costs
-- nothing: what the policy "seen" speaks of is not asked for in albums.
CREATE POLICY by_album ON item FOR SELECT TO memoir_api USING (
    owner <> (SELECT current_setting('memoir.subject', true))
    AND owner IS DISTINCT FROM (SELECT current_setting('memoir.household', true)
        WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]')
    AND trashed_at IS NULL
    AND (NOT sensitive OR (SELECT cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'))
    AND EXISTS (SELECT 1 FROM album_item WHERE album_item.sha256 = item.sha256 AND album_item.owner = item.owner));

-- Neither faces nor places of who is not to be recognised come with an album, nor people, who are seen through faces: only with
-- one's own items and the family's.
DROP POLICY through_item ON face;
CREATE POLICY through_item ON face FOR SELECT TO memoir_api USING (EXISTS (
    SELECT 1 FROM item WHERE item.sha256 = face.sha256 AND (
        owner = (SELECT current_setting('memoir.subject', true))
        OR owner = (SELECT current_setting('memoir.household', true)
                    WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'))));
DROP POLICY through_item ON unrecognised;
CREATE POLICY through_item ON unrecognised FOR SELECT TO memoir_api USING (EXISTS (
    SELECT 1 FROM item WHERE item.sha256 = unrecognised.sha256 AND (
        owner = (SELECT current_setting('memoir.subject', true))
        OR owner = (SELECT current_setting('memoir.household', true)
                    WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'))));

GRANT SELECT, INSERT, UPDATE, DELETE ON album, album_item TO memoir_ingest;
GRANT SELECT, INSERT, DELETE ON album, album_item TO memoir_api;
-- Neither whose it is nor what it gathers: for another rule its owner makes the row anew.
GRANT UPDATE (name, description, cover, parent, ordered, viewers, contributors, managers, changed_at) ON album TO memoir_api;
GRANT UPDATE (position) ON album_item TO memoir_api;
