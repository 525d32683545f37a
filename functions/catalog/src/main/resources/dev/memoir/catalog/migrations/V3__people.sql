-- Faces and the people whom they are. Only while the library wants it: the choice 'faces' says on or off, and no function
-- writes a face unless it says on. What people decided stands in the bucket; choice and decision are copies of it.

CREATE TABLE choice (
    name  text PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE face (
    id        uuid PRIMARY KEY,             -- made from asset, model and place: the same when it is found again
    sha256    bytea NOT NULL REFERENCES asset,
    model     text NOT NULL,
    version   text NOT NULL,
    x         double precision NOT NULL,    -- the box in parts of the upright picture's width and height
    y         double precision NOT NULL,
    width     double precision NOT NULL,
    height    double precision NOT NULL,
    points    double precision[] NOT NULL,  -- x and y of five points, in the same parts
    score     double precision NOT NULL,    -- the detector's
    embedding bytea NOT NULL CHECK (length(embedding) = 512),   -- 128 floats (IEEE 754), big-endian
    pixels    double precision NOT NULL,    -- width of the box in the analysis rendition
    sharpness double precision NOT NULL,
    turn      double precision NOT NULL,    -- 0: looks at the camera
    usable    boolean NOT NULL,             -- good enough to say whose it is
    person    uuid
);
CREATE INDEX face_asset ON face (sha256);
CREATE INDEX face_person ON face (person, id);

-- What was decided on a person. Who is not here has no name and no cover of choice.
CREATE TABLE person (
    id     uuid PRIMARY KEY,
    name   text,
    hidden boolean NOT NULL,
    cover  uuid
);

-- Who may be one and the same, as the last grouping saw it.
CREATE TABLE suggestion (
    person    uuid NOT NULL,
    other     uuid NOT NULL,
    certainty double precision NOT NULL,
    PRIMARY KEY (person, other)
);
CREATE INDEX suggestion_certainty ON suggestion (certainty DESC, person, other);

CREATE TABLE decision (
    id   text PRIMARY KEY,
    body text NOT NULL
);

ALTER TABLE choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE choice FORCE ROW LEVEL SECURITY;
ALTER TABLE face ENABLE ROW LEVEL SECURITY;
ALTER TABLE face FORCE ROW LEVEL SECURITY;
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
ALTER TABLE suggestion ENABLE ROW LEVEL SECURITY;
ALTER TABLE suggestion FORCE ROW LEVEL SECURITY;
ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE decision FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON choice TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON face TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON person TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON suggestion TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY ingest_all ON decision TO memoir_ingest USING (true) WITH CHECK (true);

-- A face is seen through an item that is seen, a person through a face.
CREATE POLICY through_item ON face TO memoir_api
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = face.sha256))
    WITH CHECK (EXISTS (SELECT 1 FROM item WHERE item.sha256 = face.sha256));
CREATE POLICY through_face ON person FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM face WHERE face.person = person.id));
CREATE POLICY through_face_new ON person FOR INSERT TO memoir_api
    WITH CHECK (EXISTS (SELECT 1 FROM face WHERE face.person = person.id));
CREATE POLICY through_face_changed ON person FOR UPDATE TO memoir_api
    USING (EXISTS (SELECT 1 FROM face WHERE face.person = person.id));
CREATE POLICY through_faces ON suggestion FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM face WHERE face.person = suggestion.person)
       AND EXISTS (SELECT 1 FROM face WHERE face.person = suggestion.other));
CREATE POLICY through_faces_gone ON suggestion FOR DELETE TO memoir_api
    USING (EXISTS (SELECT 1 FROM face WHERE face.person = suggestion.person)
       AND EXISTS (SELECT 1 FROM face WHERE face.person = suggestion.other));
-- The family has one set of decisions: who is somebody reads all of it, since only together they say what holds.
CREATE POLICY somebody ON decision TO memoir_api
    USING (current_setting('memoir.subject', true) <> '')
    WITH CHECK (current_setting('memoir.subject', true) <> '');
CREATE POLICY somebody ON choice FOR SELECT TO memoir_api
    USING (current_setting('memoir.subject', true) <> '');

GRANT SELECT, INSERT, UPDATE, DELETE ON choice, face, person, suggestion, decision TO memoir_ingest;
GRANT TRUNCATE ON face TO memoir_ingest;
-- The API never needs the numbers that tell faces from each other.
GRANT SELECT (id, sha256, model, version, x, y, width, height, points, score, pixels, sharpness, turn, usable, person)
    ON face TO memoir_api;
GRANT UPDATE (person) ON face TO memoir_api;
GRANT SELECT, INSERT, UPDATE ON person TO memoir_api;
GRANT SELECT, DELETE ON suggestion TO memoir_api;
GRANT SELECT, INSERT ON decision TO memoir_api;
GRANT SELECT ON choice TO memoir_api;
