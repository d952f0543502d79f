-- Claims of which an article does not tell all (whose, of what, when) are linked with those that tell it, as in the
-- linkage of records by Fellegi and Sunter: how unlikely it is that the figures agree by chance, in bits, has to
-- outweigh what is not known or said in other words. Both must be published within days.

-- Names that mean one owner: those of the claims, and peoples (`Korean`) for their countries.
CREATE OR REPLACE TEMP TABLE names AS
SELECT name, min(entity) AS entity FROM (
    SELECT DISTINCT trim(regexp_replace(lower(subject_name), '[^\pL\pN]+', ' ', 'g')) AS name, subject AS entity
    FROM claims WHERE subject_name IS NOT NULL
    UNION
    SELECT unnest(map_keys(getvariable('peoples'))), unnest(map_values(getvariable('peoples')))
) WHERE name <> '' GROUP BY name HAVING count(*) = 1;

-- Whose an article's claims are: what a claim without an owner may be of, by its share of those that have one, and
-- who is named in the headline.
CREATE OR REPLACE TEMP TABLE owners AS
WITH heads AS (
    SELECT doc_id, string_split(trim(regexp_replace(lower(title), '[^\pL\pN]+', ' ', 'g')), ' ') AS words
    FROM articles WHERE title IS NOT NULL
), stretches AS (
    SELECT doc_id, unnest(list_transform(range(1, len(words) + 1), lambda i: words[i]) || list_transform(
        range(1, len(words)), lambda i: words[i] || ' ' || words[i + 1]) || list_transform(
        range(1, len(words) - 1), lambda i: words[i] || ' ' || words[i + 1] || ' ' || words[i + 2])) AS name
    FROM heads
)
SELECT doc_id, entity, max(cost) AS cost FROM (
    SELECT doc_id, entity, -1 + log2(count(*) / sum(count(*)) OVER (PARTITION BY doc_id)) AS cost
    FROM keyed WHERE entity IS NOT NULL GROUP BY doc_id, entity
    UNION ALL
    SELECT doc_id, entity, -1.5 FROM stretches JOIN names USING (name)
) GROUP BY doc_id, entity
QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY max(cost) DESC, entity) <= 6;

-- The names under which a telling may be found, each with what it costs to be found so.
CREATE OR REPLACE TEMP TABLE named AS
SELECT t, name, max(cost) AS cost FROM (
    SELECT t, owner AS name, 0.0 AS cost FROM tellings g JOIN keyed USING (n) WHERE g.owner_kind <> 'none'
    UNION ALL
    SELECT t, split_part(split_part(entity, ':', 2), '-', 1), -0.5
    FROM tellings JOIN keyed USING (n) WHERE entity IS NOT NULL AND NOT starts_with(entity, 'country:')
    UNION ALL
    SELECT t, country, -2 FROM tellings JOIN keyed USING (n) WHERE entity <> country
    UNION ALL
    SELECT t, o.entity, o.cost FROM tellings JOIN keyed k USING (n) JOIN owners o ON o.doc_id = k.doc_id
    WHERE k.entity IS NULL
) GROUP BY t, name;

-- Where a value lies: equal cells are near one another. A value that may be anything is in none.
CREATE OR REPLACE TEMP MACRO cells_of(low, high, steps) AS CASE WHEN high - low < greatest(abs(low), 4) THEN range(
    floor(sign(low) * ln(1 + abs(low)) * steps)::BIGINT, floor(sign(high) * ln(1 + abs(high)) * steps)::BIGINT + 1) END;
CREATE OR REPLACE TEMP TABLE cells AS
SELECT t, hash('percent', unnest(cells_of(percent_low, percent_high, 8))) AS cell FROM tellings WHERE percent_tells
UNION ALL
SELECT t, hash(level_unit, unnest(cells_of(to_low, to_high, 20))) FROM tellings WHERE to_tells
UNION ALL
SELECT t, hash('change', change_unit, unnest(cells_of(change_low, change_high, 20))) FROM tellings WHERE change_tells;

-- Pairs to compare: of one owner, perhaps, and near in one value; or near in two values, whoever's they are.
CREATE OR REPLACE TEMP TABLE near AS
WITH found AS (
    SELECT t, name, cost, cell, g.status, first, period_start, period_end, is_dated, is_complete
    FROM tellings g JOIN named USING (t) JOIN cells USING (t)
), places AS (
    SELECT t, hash(name, cell, status) AS place, days(first) // 16 AS bucket, cost, is_complete
    FROM found WHERE first IS NOT NULL
    UNION ALL
    SELECT t, hash(name, cell, status, period_start, period_end), -9, cost, is_complete FROM found WHERE is_dated
    UNION ALL
    SELECT t, hash(level_unit, cell, unnest(cells_of(percent_low, percent_high, 8)), status), days(first) // 16, -5, false
    FROM (SELECT *, unnest(cells_of(to_low, to_high, 20)) AS cell FROM tellings
        WHERE percent_tells AND to_tells AND first IS NOT NULL)
)
SELECT least(a.t, b.t) AS a, greatest(a.t, b.t) AS b, max(a.cost + b.cost) AS owner_cost
FROM (SELECT t, place, cost, unnest([bucket - 1, bucket, bucket + 1]) AS bucket FROM places WHERE NOT is_complete) a
JOIN places b USING (place, bucket)
WHERE a.t <> b.t
GROUP BY ALL;

-- Bits by which two values tell: the narrower they are beside what such values usually are, the more.
CREATE OR REPLACE TEMP MACRO percent_bits(a, b) AS CASE WHEN a.percent_tells AND b.percent_tells
    AND coalesce(a.basis = b.basis, true)
    THEN log2(greatest(10, abs(a.percent_low + a.percent_high)) * 2
        / (a.percent_high - a.percent_low + b.percent_high - b.percent_low)) END;
CREATE OR REPLACE TEMP MACRO size_bits(low, high, other_low, other_high) AS
    log2(3 * abs(low + high) / (high - low + other_high - other_low));
CREATE OR REPLACE TEMP MACRO level_bits(a, b) AS CASE WHEN a.to_tells AND b.to_tells AND a.level_unit = b.level_unit
    THEN size_bits(a.to_low, a.to_high, b.to_low, b.to_high) END;
CREATE OR REPLACE TEMP MACRO change_bits(a, b) AS
    CASE WHEN a.change_tells AND b.change_tells AND a.change_unit = b.change_unit
    THEN size_bits(a.change_low, a.change_high, b.change_low, b.change_high) END;
-- Two of the three may vary by themselves, the third follows.
CREATE OR REPLACE TEMP MACRO value_bits(a, b) AS list_sum(list_reverse_sort(list_filter(
    [percent_bits(a, b), level_bits(a, b), change_bits(a, b)], lambda bits: bits IS NOT NULL))[1:2]);

-- What it costs that the metrics, qualifiers and times are not the same; null where they cannot be the same.
CREATE OR REPLACE TEMP MACRO shared(a, b) AS list_has_any(string_split(a, ' '), string_split(b, ' '));
CREATE OR REPLACE TEMP MACRO metric_cost(a, b) AS CASE
    WHEN a.metric = b.metric THEN 0
    WHEN a.has_concept AND b.has_concept THEN
        CASE WHEN getvariable('families')[a.metric] = getvariable('families')[b.metric] THEN -1.5 ELSE -8 END
    WHEN shared(concat_ws(' ', a.words, replace(a.metric, '_', ' ')), concat_ws(' ', b.words, replace(b.metric, '_', ' ')))
        THEN -1.5
    ELSE -3 END;
CREATE OR REPLACE TEMP MACRO qualifier_cost(a, b) AS CASE
    WHEN a.qualifier = b.qualifier OR NOT (a.has_concept AND b.has_concept) THEN 0
    WHEN shared(a.qualifier, b.qualifier) THEN -1.5
    ELSE -4.5 END;
CREATE OR REPLACE TEMP MACRO time_cost(a, b) AS CASE
    WHEN a.period_start = b.period_start AND a.period_end = b.period_end THEN 0
    WHEN a.period_start IS NULL OR b.period_start IS NULL THEN -1
    WHEN a.period_start >= b.period_start AND a.period_end <= b.period_end THEN -4
    WHEN b.period_start >= a.period_start AND b.period_end <= a.period_end THEN -4 END;
-- Of one day tells 2 bits more than of a week.
CREATE OR REPLACE TEMP MACRO days_bits(a, b) AS
    greatest(-1, 2 - log2(1 + greatest(0, coalesce(b.first - a.last, 7), coalesce(a.first - b.last, 7))));

-- In the order that is written: a join of all tellings on their days comes out as cheap, and is not.
SET disabled_optimizers = 'join_order';
INSERT INTO pairs
SELECT near.a, near.b,
    value_bits(g, h) + owner_cost + metric_cost(k, l) + qualifier_cost(k, l) + time_cost(g, h)
        + days_bits(g, h) AS weight,
    distance(g, h)
FROM near JOIN tellings g ON g.t = near.a JOIN tellings h ON h.t = near.b
JOIN keyed k ON k.n = g.n JOIN keyed l ON l.n = h.n
WHERE g.block <> h.block AND agree(g, h) AND weight >= getvariable('least_weight')
    AND (owner_cost > -10 OR k.entity IS NULL OR l.entity IS NULL)
    AND (h.first BETWEEN g.first - 14 AND g.last + 14 OR time_cost(g, h) = 0)
    AND NOT (g.docs = 1 AND h.docs = 1 AND k.doc_id = l.doc_id);
RESET disabled_optimizers;
