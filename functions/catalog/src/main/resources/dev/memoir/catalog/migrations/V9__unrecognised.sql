-- Where people are in photos who are not to be recognised, and nothing to recognise them by: no face is looked for there. A copy
-- of what people decided.
CREATE TABLE unrecognised (
    sha256 bytea NOT NULL,
    x      double precision NOT NULL,       -- the box in parts of the upright picture's width and height
    y      double precision NOT NULL,
    width  double precision NOT NULL,
    height double precision NOT NULL,
    PRIMARY KEY (sha256, x, y, width, height)
);

ALTER TABLE unrecognised ENABLE ROW LEVEL SECURITY;
ALTER TABLE unrecognised FORCE ROW LEVEL SECURITY;

CREATE POLICY ingest_all ON unrecognised TO memoir_ingest USING (true) WITH CHECK (true);
CREATE POLICY through_item ON unrecognised FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = unrecognised.sha256));

-- Who may change a photo may have a face in it forgotten.
CREATE POLICY through_changeable_gone ON face FOR DELETE TO memoir_api USING (EXISTS (
    SELECT 1 FROM item WHERE item.sha256 = face.sha256 AND (
        owner = (SELECT current_setting('memoir.subject', true))
        OR owner = (SELECT current_setting('memoir.household', true)
                    WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                      AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'))));
CREATE POLICY through_changeable ON unrecognised FOR INSERT TO memoir_api WITH CHECK (EXISTS (
    SELECT 1 FROM item WHERE item.sha256 = unrecognised.sha256 AND (
        owner = (SELECT current_setting('memoir.subject', true))
        OR owner = (SELECT current_setting('memoir.household', true)
                    WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                      AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'))));

GRANT SELECT, INSERT, DELETE ON unrecognised TO memoir_ingest;
GRANT SELECT, INSERT ON unrecognised TO memoir_api;
GRANT DELETE ON face TO memoir_api;
