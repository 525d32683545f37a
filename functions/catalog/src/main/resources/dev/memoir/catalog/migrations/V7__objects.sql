-- Things that are seen in pictures, with their places, and further frames of films.

ALTER TABLE asset NO FORCE ROW LEVEL SECURITY;

-- Frames of a film beside the one that stands for it, as renditions for the models.
ALTER TABLE asset ADD COLUMN frames integer NOT NULL DEFAULT 0;
-- How many of them the model looked at. When the film has others, it is to look again.
ALTER TABLE analysis ADD COLUMN frames integer NOT NULL DEFAULT 0;

-- Only films come out of pipeline 2 otherwise than out of 1: nothing else needs to be read again.
UPDATE asset SET pipeline = 2 WHERE pipeline = 1 AND media_type NOT LIKE 'video/%';

ALTER TABLE asset FORCE ROW LEVEL SECURITY;

CREATE TABLE detection (
    sha256     bytea NOT NULL,
    task       text NOT NULL,
    model      text NOT NULL,
    position   integer NOT NULL,            -- 0 is the most certain
    name       text NOT NULL,
    confidence double precision NOT NULL,
    x          double precision NOT NULL,   -- the box in parts of the upright picture's width and height
    y          double precision NOT NULL,
    width      double precision NOT NULL,
    height     double precision NOT NULL,
    frame      integer NOT NULL,            -- 0: the picture that is shown; of a film also others
    PRIMARY KEY (sha256, task, model, position),
    FOREIGN KEY (sha256, task, model) REFERENCES analysis
);

ALTER TABLE detection ENABLE ROW LEVEL SECURITY;
ALTER TABLE detection FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON detection TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY through_item ON detection FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = detection.sha256));

GRANT SELECT, INSERT, UPDATE, DELETE ON detection TO memoir_ingest;
GRANT SELECT ON detection TO memoir_api;
