-- What pictures mean, as directions that words can be compared with, and whose directions those are.

CREATE TABLE vector (
    sha256     bytea NOT NULL,
    task       text NOT NULL,
    model      text NOT NULL,
    frame      integer NOT NULL,            -- 0: the picture that is shown; of a film also others
    version    text NOT NULL,
    written    timestamptz NOT NULL,        -- the same for all frames of an asset
    scale      real NOT NULL CHECK (scale > 0),
    components bytea NOT NULL,              -- a signed byte each, times the scale
    PRIMARY KEY (sha256, task, model, frame),
    FOREIGN KEY (sha256, task, model) REFERENCES analysis
);
-- In this order they are read that came since they were last read.
CREATE INDEX vector_written ON vector (task, model, version, written, sha256) WHERE frame = 0;

-- The models with whose vectors searches compare; a task without a row can't be searched by.
CREATE TABLE searchable (
    task    text PRIMARY KEY,
    model   text NOT NULL,
    version text NOT NULL
);

ALTER TABLE vector ENABLE ROW LEVEL SECURITY;
ALTER TABLE vector FORCE ROW LEVEL SECURITY;
ALTER TABLE searchable ENABLE ROW LEVEL SECURITY;
ALTER TABLE searchable FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON vector TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON searchable TO memoir_ingest USING (true) WITH CHECK (true);
-- A fact of the installation: it is the same for all.
CREATE POLICY for_all ON searchable FOR SELECT TO memoir_api USING (true);

-- Nobody who asks reads vectors: they are compared elsewhere, and what they lead to is seen through items alone.
GRANT SELECT, INSERT, UPDATE, DELETE ON vector, searchable TO memoir_ingest;
GRANT SELECT ON searchable TO memoir_api;
