-- Claims of which an article does not tell all (whose, of what, when) are linked with those that tell it, as in the
-- linkage of records by Fellegi and Sunter: how unlikely it is that the figures agree by chance, in bits, has to
-- outweigh what is not known or said in other words. Both must be published within days.

-- Whose an article's claims are: what a claim without an owner may be of, by its share of those that have one, and
-- who is named in the headline.
CREATE OR REPLACE TEMP TABLE owners AS
SELECT doc_id, entity, max(cost) AS cost FROM (
    SELECT doc_id, entity, -1 + log2(count(*) / sum(count(*)) OVER (PARTITION BY doc_id)) AS cost
    FROM keyed WHERE entity IS NOT NULL AND NOT is_headed GROUP BY doc_id, entity
    UNION ALL
    SELECT doc_id, entity, -1.5 FROM headlines
) GROUP BY doc_id, entity
QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY max(cost) DESC, entity) <= 6;

-- The owner of which another one has the longer name: `Acme Motors` of `Acme`, or one of another sort with its name.
CREATE OR REPLACE TEMP TABLE kin AS
WITH owned AS (
    SELECT DISTINCT entity, split_part(entity, ':', 2) AS name FROM keyed
    WHERE entity IS NOT NULL AND NOT starts_with(entity, 'country:')
), shorter AS (
    SELECT entity, string_split(name, '-') AS words, array_to_string(words[:unnest(range(1, len(words) + 1))], '-') AS name
    FROM owned
)
SELECT s.entity, arg_max(o.entity, {'length': length(o.name), 'entity': o.entity}) AS other
FROM shorter s JOIN owned o USING (name) WHERE s.entity <> o.entity GROUP BY s.entity;

-- The names under which a telling may be found, each with what it costs to be found so.
CREATE OR REPLACE TEMP TABLE named AS
SELECT t, name, max(cost) AS cost FROM (
    SELECT t, k.owner AS name, 0.0 AS cost FROM tellings g JOIN keyed k USING (n) WHERE g.owner_kind <> 'none'
    UNION ALL
    SELECT t, other, -1 FROM tellings JOIN keyed USING (n) JOIN kin USING (entity)
    UNION ALL
    SELECT t, country, -2 FROM tellings JOIN keyed USING (n) WHERE entity <> country
    UNION ALL
    SELECT t, o.entity, o.cost FROM tellings JOIN keyed k USING (n) JOIN owners o ON o.doc_id = k.doc_id
    WHERE k.entity IS NULL
) GROUP BY t, name;

-- Bits by which a value tells at most.
CREATE OR REPLACE TEMP MACRO most_bits(g) AS
    CASE WHEN g.percent_tells THEN log2(greatest(10, abs(g.percent_low + g.percent_high)) * 2 / (g.percent_high - g.percent_low))
        ELSE 0 END + CASE WHEN g.to_tells THEN log2(3 * abs(g.to_low + g.to_high) / (g.to_high - g.to_low)) ELSE 0 END;

-- Where those meet that may be one claim: of one owner, perhaps, and near in one value; or near in two values,
-- whoever's they are, if one does not say. What is told in full follows what is near in two values alone.
CREATE OR REPLACE TEMP TABLE places AS
WITH found AS (
    SELECT t, hash(name, cell, g.status) AS place, cost, days(first) // 16 AS bucket, period_start, period_end, is_dated,
        is_complete
    FROM tellings g JOIN named USING (t) JOIN cells USING (t)
), twice AS (
    SELECT t, hash(level_unit, unnest(level_cells(g)), percent_cell, status) AS place, days(first) // 16 AS bucket,
        is_complete, has_entity, owner, period_start, period_end
    FROM (SELECT *, unnest(percent_cells(g)) AS percent_cell FROM tellings g
        WHERE percent_tells AND to_tells AND most_bits(g) > 10) g
)
SELECT t, hash(place, bucket) AS place, cost, true AS leads, false AS follows FROM found WHERE bucket IS NOT NULL
UNION ALL
SELECT t, hash(place, unnest([bucket - 1, bucket, bucket + 1])), cost, false, true
FROM found WHERE bucket IS NOT NULL AND NOT is_complete
UNION ALL
SELECT t, hash(place, period_start, period_end), cost, true, NOT is_complete FROM found WHERE is_dated
UNION ALL
SELECT t, hash(place, bucket), -5, true, false FROM twice WHERE bucket IS NOT NULL
UNION ALL
SELECT t, hash(place, unnest([bucket - 1, bucket, bucket + 1])), -5, false, true
FROM twice WHERE bucket IS NOT NULL AND NOT is_complete AND NOT has_entity
UNION ALL
SELECT t, hash(place, owner, period_start, period_end), 0, true, true FROM twice WHERE is_complete;
