-- Who sees and changes what. dev.memoir.media.access has the same rules in words and as a decision table, by which tests
-- compare the two. A table of anything else that is said of an asset or an item needs no rule of its own: its policy asks
-- whether a row of item is seen, as asset's, object's, analysis' and label's do.

ALTER TABLE item NO FORCE ROW LEVEL SECURITY;
ALTER TABLE term_block NO FORCE ROW LEVEL SECURITY;
ALTER TABLE term_count NO FORCE ROW LEVEL SECURITY;

-- What is not for children: the same score above which a search takes an item for flagged.
ALTER TABLE item ADD COLUMN sensitive boolean GENERATED ALWAYS AS (coalesce(nsfw > 0.8, false)) STORED;

-- Bits and counts of sensitive items stand in rows of their own, so that neither tells of one to whom it is hidden.
ALTER TABLE term_block ADD COLUMN sensitive boolean NOT NULL DEFAULT false;
ALTER TABLE term_block DROP CONSTRAINT term_block_pkey;
ALTER TABLE term_block ADD CONSTRAINT term_block_pkey PRIMARY KEY (owner, term, block, sensitive);
ALTER TABLE term_count ADD COLUMN sensitive boolean NOT NULL DEFAULT false;
ALTER TABLE term_count DROP CONSTRAINT term_count_pkey;
ALTER TABLE term_count ADD CONSTRAINT term_count_pkey PRIMARY KEY (owner, kind, term, sensitive);

INSERT INTO term_block (owner, term, block, sensitive, items)
SELECT i.owner, t.term, i.block, true, bit_or(set_bit(cast(0 AS bit(1024)), i.slot, 1))
FROM item i CROSS JOIN unnest(i.terms) AS t(term)
WHERE i.present AND i.trashed_at IS NULL AND i.sensitive
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
UPDATE term_block SET items = term_block.items # hidden.items
FROM term_block hidden
WHERE NOT term_block.sensitive AND hidden.sensitive AND hidden.owner = term_block.owner
  AND hidden.term = term_block.term AND hidden.block = term_block.block;

INSERT INTO term_count (owner, kind, term, sensitive, items)
SELECT i.owner, left(t.term, 1), t.term, true, count(*)
FROM item i CROSS JOIN unnest(i.terms) AS t(term)
WHERE i.present AND i.trashed_at IS NULL AND i.sensitive
  AND EXISTS (SELECT 1 FROM term_count c WHERE c.owner = i.owner AND c.kind = left(t.term, 1) AND c.term = t.term)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
UPDATE term_count SET items = term_count.items - hidden.items
FROM term_count hidden
WHERE NOT term_count.sensitive AND hidden.sensitive AND hidden.owner = term_count.owner
  AND hidden.kind = term_count.kind AND hidden.term = term_count.term;

ALTER TABLE item FORCE ROW LEVEL SECURITY;
ALTER TABLE term_block FORCE ROW LEVEL SECURITY;
ALTER TABLE term_count FORCE ROW LEVEL SECURITY;

-- Beside the claims a transaction carries memoir.household, whom everything belongs to that is the family's. What is in
-- parentheses after "owner =" is worked out once for a statement. Unset or empty settings equal no owner.
--   owner:   whose it is sees and changes it.
--   family:  who is in the group family sees what is the household's,
--   adult:   and changes it if the attribute adult is true;
--   hidden:  else neither what is sensitive nor what is in the trash.
DROP POLICY own ON item;
CREATE POLICY seen ON item FOR SELECT TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}')
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]')
       AND NOT sensitive AND trashed_at IS NULL);
CREATE POLICY changed ON item FOR UPDATE TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));

DROP POLICY own ON term_block;
CREATE POLICY seen ON term_block FOR SELECT TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}')
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]')
       AND NOT sensitive);
CREATE POLICY added ON term_block FOR INSERT TO memoir_api WITH CHECK (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));
CREATE POLICY changed ON term_block FOR UPDATE TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));

DROP POLICY own ON term_count;
CREATE POLICY seen ON term_count FOR SELECT TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}')
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]')
       AND NOT sensitive);
CREATE POLICY added ON term_count FOR INSERT TO memoir_api WITH CHECK (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));
CREATE POLICY changed ON term_count FOR UPDATE TO memoir_api USING (
    owner = (SELECT current_setting('memoir.subject', true))
    OR owner = (SELECT current_setting('memoir.household', true)
                WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                  AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'));

-- A version of a key is seen through its owner's item for the same content.
DROP POLICY own ON object;
CREATE POLICY through_item ON object FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = object.sha256 AND item.owner = object.owner));

-- Who may change a photo says who is in it.
DROP POLICY through_item ON face;
CREATE POLICY through_item ON face FOR SELECT TO memoir_api
    USING (EXISTS (SELECT 1 FROM item WHERE item.sha256 = face.sha256));
CREATE POLICY through_changeable ON face FOR UPDATE TO memoir_api USING (EXISTS (
    SELECT 1 FROM item WHERE item.sha256 = face.sha256 AND (
        owner = (SELECT current_setting('memoir.subject', true))
        OR owner = (SELECT current_setting('memoir.household', true)
                    WHERE cast(nullif(current_setting('memoir.groups', true), '') AS jsonb) @> '["family"]'
                      AND cast(nullif(current_setting('memoir.attributes', true), '') AS jsonb) @> '{"adult": "true"}'))));
