-- The catalog's first tables. Kept within what PostgreSQL 15 takes and what CockroachDB documents (25.2 on; not run there):
-- no functions, no triggers, no extensions. Row security is on everywhere: memoir_ingest sees all rows, memoir_api those
-- of the claims that the transaction carries (set_config('memoir.subject', …, true)), and without claims none.

-- Content, known by its SHA-256, and what its bytes say of themselves.
CREATE TABLE asset (
    sha256          bytea PRIMARY KEY CHECK (length(sha256) = 32),
    state           text NOT NULL CHECK (state IN ('ready', 'no_preview', 'damaged')),
    reason          text,
    media_type      text NOT NULL,
    width           integer,
    height          integer,
    orientation     integer,
    duration        double precision,       -- seconds
    taken_at        timestamptz,            -- the instant meant
    taken_local     timestamp,              -- the wall clock as written
    taken_offset    integer,                -- seconds east of UTC, when known
    taken_source    text,                   -- how the instant was found
    latitude        double precision,       -- degrees, WGS 84
    longitude       double precision,
    altitude        double precision,       -- metres
    camera_make     text,
    camera_model    text,
    lens            text,
    exposure        double precision,       -- seconds
    f_number        double precision,
    focal_length    double precision,       -- millimetres
    focal_length_35 integer,
    iso             integer,
    rating          integer,
    title           text,
    description     text,
    keywords        text[] NOT NULL,
    live_photo_id   text,
    renditions      text[] NOT NULL,
    thumbhash       bytea,
    pipeline        integer NOT NULL,       -- version of the code that described it
    described_at    timestamptz NOT NULL,
    raw_tags        jsonb NOT NULL
);
CREATE INDEX asset_pipeline ON asset (pipeline, sha256);

-- A version of a bucket key that holds, or held, an asset. The key is kept as its UTF-8 bytes: that is how stores sort.
CREATE TABLE object (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    bucket        text NOT NULL,
    key           bytea NOT NULL,
    version_id    text NOT NULL,            -- empty in a bucket without versions
    sha256        bytea NOT NULL REFERENCES asset,
    owner         text NOT NULL CHECK (owner <> ''),
    etag          text NOT NULL,
    size          bigint NOT NULL,
    last_modified timestamptz NOT NULL,
    current       boolean NOT NULL,
    seen_at       timestamptz NOT NULL,
    gone_at       timestamptz
);
CREATE UNIQUE INDEX object_version ON object (bucket, key, version_id, sha256);
CREATE UNIQUE INDEX object_current ON object (bucket, key) WHERE current;
CREATE INDEX object_asset ON object (sha256, owner);

-- One owner's entry for an asset. title, description and rating are what the person wrote, over what the file says.
CREATE TABLE item (
    id          uuid PRIMARY KEY,           -- made from owner and asset: the same after a rebuild
    owner       text NOT NULL CHECK (owner <> ''),
    sha256      bytea NOT NULL REFERENCES asset,
    sort_time   timestamptz NOT NULL,       -- when taken, else when its oldest object came
    title       text,
    description text,
    rating      integer,
    latitude    double precision,           -- the asset's, for the exact check of a search in a box
    longitude   double precision,
    nsfw        double precision,           -- the newest score, 0 to 1
    added_at    timestamptz NOT NULL,       -- when it first became visible
    present     boolean NOT NULL,           -- whether a current object holds it
    trashed_at  timestamptz,
    terms       text[] NOT NULL             -- what it is found by; in item_term and item_place while listed
);
CREATE UNIQUE INDEX item_asset ON item (sha256, owner);
CREATE INDEX item_timeline ON item (owner, sort_time DESC, id DESC) WHERE present AND trashed_at IS NULL;
CREATE INDEX item_trash ON item (owner, sort_time DESC, id DESC) WHERE present AND trashed_at IS NOT NULL;

-- What listed items are found by. Equality on a btree is the one search that keeps its index under row security,
-- because text equality is leakproof and tsvector, arrays, LIKE and boxes are not.
CREATE TABLE item_term (
    owner     text NOT NULL CHECK (owner <> ''),
    term      text NOT NULL,
    sort_time timestamptz NOT NULL,
    item      uuid NOT NULL,
    PRIMARY KEY (owner, term, sort_time, item)
);

-- Where listed items lie: one row for each cell that contains the place, coarse to fine. The place itself is part of the
-- key, so that a search in a box is exact without reading any item that lies outside.
CREATE TABLE item_place (
    owner     text NOT NULL CHECK (owner <> ''),
    cell      text NOT NULL,
    sort_time timestamptz NOT NULL,
    item      uuid NOT NULL,
    latitude  double precision NOT NULL,    -- degrees, WGS 84
    longitude double precision NOT NULL,
    PRIMARY KEY (owner, cell, sort_time, item, latitude, longitude)
);

-- How many listed items carry a term, for the kinds of term that facets show.
CREATE TABLE term_count (
    owner text NOT NULL CHECK (owner <> ''),
    kind  text NOT NULL,
    term  text NOT NULL,
    items bigint NOT NULL,
    PRIMARY KEY (owner, kind, term)
);

-- What a model said of an asset: its newest version's word.
CREATE TABLE analysis (
    sha256  bytea NOT NULL REFERENCES asset,
    task    text NOT NULL,
    model   text NOT NULL,
    version text NOT NULL,
    score   double precision,
    at      timestamptz NOT NULL,
    PRIMARY KEY (sha256, task, model)
);
CREATE TABLE label (
    sha256     bytea NOT NULL,
    task       text NOT NULL,
    model      text NOT NULL,
    position   integer NOT NULL,            -- 0 is the most certain
    name       text NOT NULL,
    confidence double precision NOT NULL,
    PRIMARY KEY (sha256, task, model, position),
    FOREIGN KEY (sha256, task, model) REFERENCES analysis
);

-- Small notes that outlive a process, such as how far a sweep came.
CREATE TABLE note (
    name  text PRIMARY KEY,
    value text NOT NULL
);

ALTER TABLE asset ENABLE ROW LEVEL SECURITY;
ALTER TABLE asset FORCE ROW LEVEL SECURITY;
ALTER TABLE object ENABLE ROW LEVEL SECURITY;
ALTER TABLE object FORCE ROW LEVEL SECURITY;
ALTER TABLE item ENABLE ROW LEVEL SECURITY;
ALTER TABLE item FORCE ROW LEVEL SECURITY;
ALTER TABLE item_term ENABLE ROW LEVEL SECURITY;
ALTER TABLE item_term FORCE ROW LEVEL SECURITY;
ALTER TABLE item_place ENABLE ROW LEVEL SECURITY;
ALTER TABLE item_place FORCE ROW LEVEL SECURITY;
ALTER TABLE term_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE term_count FORCE ROW LEVEL SECURITY;
ALTER TABLE analysis ENABLE ROW LEVEL SECURITY;
ALTER TABLE analysis FORCE ROW LEVEL SECURITY;
ALTER TABLE label ENABLE ROW LEVEL SECURITY;
ALTER TABLE label FORCE ROW LEVEL SECURITY;
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
ALTER TABLE note FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON asset TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON object TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON item TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON item_term TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON item_place TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON term_count TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON analysis TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON label TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON note TO memoir_ingest USING (true) WITH CHECK (true);

-- An unset or empty subject equals no owner.
CREATE POLICY own ON item TO memoir_api
    USING (owner = current_setting('memoir.subject', true))
    WITH CHECK (owner = current_setting('memoir.subject', true));
CREATE POLICY own ON item_term TO memoir_api
    USING (owner = current_setting('memoir.subject', true))
    WITH CHECK (owner = current_setting('memoir.subject', true));
CREATE POLICY own ON item_place TO memoir_api
    USING (owner = current_setting('memoir.subject', true))
    WITH CHECK (owner = current_setting('memoir.subject', true));
CREATE POLICY own ON term_count TO memoir_api
    USING (owner = current_setting('memoir.subject', true))
    WITH CHECK (owner = current_setting('memoir.subject', true));
CREATE POLICY own ON object FOR SELECT TO memoir_api
    USING (owner = current_setting('memoir.subject', true));
-- An asset and what is said of it is seen through an item that is seen.
CREATE POLICY through_item ON asset FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = asset.sha256));
CREATE POLICY through_item ON analysis FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = analysis.sha256));
CREATE POLICY through_item ON label FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = label.sha256));

GRANT SELECT, INSERT, UPDATE, DELETE ON asset, object, item, item_term, item_place, term_count, analysis, label, note TO memoir_ingest;
GRANT SELECT ON asset, object, item, item_term, item_place, term_count, analysis, label TO memoir_api;
GRANT UPDATE ON item TO memoir_api;
GRANT INSERT, DELETE ON item_term, item_place TO memoir_api;
GRANT INSERT, UPDATE ON term_count TO memoir_api;
