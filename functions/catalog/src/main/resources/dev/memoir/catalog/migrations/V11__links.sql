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

-- Whose link it is sees and changes it.
CREATE POLICY own ON share_link TO memoir_api
    USING (owner = (SELECT current_setting('memoir.subject', true)))
    WITH CHECK (owner = (SELECT current_setting('memoir.subject', true)));
CREATE POLICY through_link ON link_item TO memoir_api, memoir_guest
    USING (EXISTS (SELECT 1 FROM share_link WHERE share_link.id = link_item.link));
CREATE POLICY through_link ON link_use FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM share_link WHERE share_link.id = link_use.link));

-- A guest's transaction takes the role memoir_guest and carries no subject but memoir.link and memoir.link_epoch: it sees that one
-- link as long as it is open, and everything else through it. So an ended link shows nothing from the next statement on. Of a
-- picture it may read no more than these tables: not who is in it, nor what models say. With a role of their own, guests cost
-- nobody else's statements anything: policies for both roles on the same table made planning each statement three times as long.
CREATE POLICY open ON share_link FOR SELECT TO memoir_guest USING (
    id = (SELECT current_setting('memoir.link', true))
    AND epoch = (SELECT cast(nullif(current_setting('memoir.link_epoch', true), '') AS integer))
    AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()));
CREATE POLICY counted ON link_use TO memoir_guest
    USING (EXISTS (SELECT 1 FROM share_link WHERE share_link.id = link_use.link));
CREATE POLICY by_link ON album_item FOR SELECT TO memoir_guest USING (
    album = (SELECT share_link.album FROM share_link
             WHERE share_link.id = (SELECT current_setting('memoir.link', true))));

-- What a link is to is seen by its guests, but for what is sensitive or in the trash, whoever made it.
CREATE POLICY by_link ON item FOR SELECT TO memoir_guest USING (
    present AND NOT sensitive AND trashed_at IS NULL
    AND (EXISTS (
            SELECT 1 FROM link_item
            WHERE link_item.link = (SELECT current_setting('memoir.link', true))
              AND link_item.sha256 = item.sha256 AND link_item.owner = item.owner)
        OR EXISTS (
            SELECT 1 FROM album_item
            WHERE album_item.sha256 = item.sha256 AND album_item.owner = item.owner)));
CREATE POLICY by_link ON asset FOR SELECT TO memoir_guest
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = asset.sha256));
-- Where it lies, which says what it is called, is seen where originals or names are given.
CREATE POLICY by_terms ON object FOR SELECT TO memoir_guest USING (
    EXISTS (SELECT 1 FROM item WHERE item.sha256 = object.sha256 AND item.owner = object.owner)
    AND EXISTS (
        SELECT 1 FROM share_link
        WHERE share_link.id = (SELECT current_setting('memoir.link', true))
          AND (share_link.show_names OR share_link.download AND share_link.show_place)));

GRANT SELECT, INSERT, UPDATE, DELETE ON share_link, link_item, link_use TO memoir_ingest;
GRANT SELECT, INSERT, UPDATE ON share_link TO memoir_api;
GRANT SELECT, INSERT ON link_item TO memoir_api;
GRANT SELECT ON link_use TO memoir_api;
GRANT SELECT ON share_link, link_item, album_item, item, asset, object TO memoir_guest;
GRANT SELECT, INSERT, UPDATE ON link_use TO memoir_guest;
