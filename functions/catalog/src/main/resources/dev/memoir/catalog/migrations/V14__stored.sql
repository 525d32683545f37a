-- What each person's originals take, kept as they come and go: distinct contents that a current object holds, in the trash or not.
CREATE TABLE stored (
    owner  text PRIMARY KEY CHECK (owner <> ''),
    assets bigint NOT NULL,
    bytes  bigint NOT NULL
);

-- Uploads of those who have a quota that were let in and may be on their way.
CREATE TABLE pending_upload (
    owner  text NOT NULL CHECK (owner <> ''),
    bucket text NOT NULL,
    key    bytea NOT NULL,
    bytes  bigint NOT NULL CHECK (bytes > 0),
    ends   timestamptz NOT NULL,            -- from then on it is not waited for
    PRIMARY KEY (owner, bucket, key)
);

ALTER TABLE object NO FORCE ROW LEVEL SECURITY;
INSERT INTO stored (owner, assets, bytes)
SELECT owner, count(*), sum(size)
FROM (SELECT owner, sha256, max(size) AS size FROM object WHERE current GROUP BY owner, sha256) held
GROUP BY owner;
ALTER TABLE object FORCE ROW LEVEL SECURITY;

ALTER TABLE stored ENABLE ROW LEVEL SECURITY;
ALTER TABLE stored FORCE ROW LEVEL SECURITY;
ALTER TABLE pending_upload ENABLE ROW LEVEL SECURITY;
ALTER TABLE pending_upload FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON stored TO memoir_ingest USING (true) WITH CHECK (true);
-- Who administers learns how much others keep, and nothing of what it is.
CREATE POLICY seen ON stored FOR SELECT TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR (SELECT cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["admin"]'));
CREATE POLICY own ON pending_upload TO memoir_api
    USING (owner = (SELECT current_setting('memoir.subject', true)))
    WITH CHECK (owner = (SELECT current_setting('memoir.subject', true)));

GRANT SELECT, INSERT, UPDATE, DELETE ON stored TO memoir_ingest;
GRANT SELECT ON stored TO memoir_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON pending_upload TO memoir_api;
