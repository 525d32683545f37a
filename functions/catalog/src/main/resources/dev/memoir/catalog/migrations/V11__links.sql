-- What people share by links. The links themselves are documents in the bucket: these rows are copies of them, but for how often
-- they were opened, which is kept here alone.
CREATE TABLE share_link (
    id         text PRIMARY KEY,            -- a hash of what the link's address carries
    owner      text NOT NULL CHECK (owner <> ''),
    title      text,
    album      uuid,                        -- it may be gone
    expires_at timestamptz,
    locked     boolean NOT NULL,            -- whether a password is asked for
    download   boolean NOT NULL,
    show_place boolean NOT NULL,
    show_names boolean NOT NULL,
    epoch      integer NOT NULL,            -- tickets of an earlier one are void
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX share_link_owner ON share_link (owner, created_at DESC, id);

-- What a link shows that is to no album.
CREATE TABLE link_item (
    link   text NOT NULL REFERENCES share_link,
    owner  text NOT NULL CHECK (owner <> ''),
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    PRIMARY KEY (link, sha256, owner)
);

-- How often a link was opened, and originals were fetched by it, in each hour.
CREATE TABLE link_use (
    link      text NOT NULL REFERENCES share_link,
    hour      timestamptz NOT NULL,
    openings  bigint NOT NULL,
    downloads bigint NOT NULL,
    PRIMARY KEY (link, hour)
);

ALTER TABLE share_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE share_link FORCE ROW LEVEL SECURITY;
ALTER TABLE link_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE link_item FORCE ROW LEVEL SECURITY;
ALTER TABLE link_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE link_use FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON share_link TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON link_item TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON link_use TO memoir_ingest USING (true) WITH CHECK (true);

-- Whose link it is sees and changes it. A guest's transaction carries no subject but memoir.link and memoir.link_epoch: it sees
-- that one link as long as it is open, and everything else through it. So an ended link shows nothing from the next statement on.
CREATE POLICY own ON share_link TO memoir_api
    USING (owner = (SELECT current_setting('memoir.subject', true)))
    WITH CHECK (owner = (SELECT current_setting('memoir.subject', true)));
CREATE POLICY guest ON share_link FOR SELECT TO memoir_api USING (
    id = (SELECT current_setting('memoir.link', true))
    AND epoch = (SELECT cast(nullif(current_setting('memoir.link_epoch', true), '') AS integer))
    AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()));
CREATE POLICY through_link ON link_item TO memoir_api
    USING (EXISTS (SELECT 1 FROM share_link WHERE share_link.id = link_item.link));
CREATE POLICY through_link ON link_use TO memoir_api
    USING (EXISTS (SELECT 1 FROM share_link WHERE share_link.id = link_use.link));

-- What a link is to is seen by its guests, but for what is sensitive or in the trash, whoever made it.
CREATE POLICY by_link ON item FOR SELECT TO memoir_api USING (
    (SELECT coalesce(current_setting('memoir.link', true), '')) <> ''
    AND present AND NOT sensitive AND trashed_at IS NULL
    AND (EXISTS (
            SELECT 1 FROM link_item
            WHERE link_item.link = (SELECT current_setting('memoir.link', true))
              AND link_item.sha256 = item.sha256 AND link_item.owner = item.owner)
        OR EXISTS (
            SELECT 1 FROM album_item
            WHERE album_item.album = (SELECT share_link.album FROM share_link
                                      WHERE share_link.id = (SELECT current_setting('memoir.link', true)))
              AND album_item.sha256 = item.sha256 AND album_item.owner = item.owner)));
-- What is in the album that a link is to. Nobody's transaction that carries no link sees more by it.
CREATE POLICY by_link ON album_item FOR SELECT TO memoir_api USING (
    album = (SELECT share_link.album FROM share_link
             WHERE share_link.id = (SELECT current_setting('memoir.link', true))));

-- An item's asset is all that a guest sees through it: not who is in it, nor what models say, nor where it lies, unless originals
-- or names are given. A guest changes nothing.
CREATE POLICY no_guest ON analysis AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY no_guest ON label AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY no_guest ON detection AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY no_guest ON unrecognised AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY no_guest ON face AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY no_guest ON person AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY no_guest ON suggestion AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY no_guest ON decision AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY no_guest ON choice AS RESTRICTIVE TO memoir_api
    USING ((SELECT coalesce(current_setting('memoir.link', true), '')) = '');
CREATE POLICY guest_by_terms ON object AS RESTRICTIVE TO memoir_api USING (
    (SELECT coalesce(current_setting('memoir.link', true), '')) = ''
    OR EXISTS (
        SELECT 1 FROM share_link
        WHERE share_link.id = (SELECT current_setting('memoir.link', true))
          AND (share_link.show_names OR share_link.download AND share_link.show_place)));

GRANT SELECT, INSERT, UPDATE, DELETE ON share_link, link_item, link_use TO memoir_ingest;
GRANT SELECT, INSERT, UPDATE ON share_link TO memoir_api;
GRANT SELECT, INSERT ON link_item TO memoir_api;
GRANT SELECT, INSERT, UPDATE ON link_use TO memoir_api;
