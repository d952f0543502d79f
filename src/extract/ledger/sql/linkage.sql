-- Which two claims are linked: by the weights of all that they tell.

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
    WHEN a.metric IS NULL OR b.metric IS NULL THEN -2.5
    WHEN a.family = b.family THEN -1.5
    WHEN a.has_concept AND b.has_concept THEN -8
    WHEN shared(concat_ws(' ', a.words, replace(a.metric, '_', ' ')), concat_ws(' ', b.words, replace(b.metric, '_', ' ')))
        THEN -1.5
    ELSE -4 END;
-- A metric that is no concept has its qualifier in those of its words that no family has.
CREATE OR REPLACE TEMP MACRO narrower_cost(qualifier, words) AS
    CASE WHEN qualifier = '' OR words = '' OR shared(qualifier, words) THEN 0 ELSE -4.5 END;
CREATE OR REPLACE TEMP MACRO qualifier_cost(a, b) AS CASE
    WHEN a.qualifier = b.qualifier THEN 0
    WHEN NOT b.has_concept THEN narrower_cost(a.qualifier, b.narrow_words)
    WHEN NOT a.has_concept THEN narrower_cost(b.qualifier, a.narrow_words)
    WHEN shared(a.qualifier, b.qualifier) THEN -1.5
    ELSE -4.5 END;
CREATE OR REPLACE TEMP MACRO time_cost(a, b) AS CASE
    WHEN a.period_start = b.period_start AND a.period_end = b.period_end THEN 0
    WHEN a.period_start IS NULL OR b.period_start IS NULL THEN -1
    WHEN a.period_start >= b.period_start AND a.period_end <= b.period_end THEN -4
    WHEN b.period_start >= a.period_start AND b.period_end <= a.period_end THEN -4 END;
-- Of one day tells 2 bits more than of a week; days tell nothing against claims of one period.
CREATE OR REPLACE TEMP MACRO days_bits(a, b) AS
    greatest(CASE WHEN a.period_start = b.period_start AND a.period_end = b.period_end THEN 0 ELSE -1 END,
        2 - log2(1 + greatest(0, coalesce(b.first - a.last, 7), coalesce(a.first - b.last, 7))));

-- Metrics with their words and qualifiers; two of them are compared once, however many claims are of them.
CREATE OR REPLACE TEMP TABLE kinds AS
WITH one AS (
    SELECT kind, any_value(metric) AS metric, any_value(has_concept) AS has_concept, any_value(words) AS words,
        any_value(qualifier) AS qualifier FROM keyed GROUP BY kind
), split AS (
    SELECT *, list_filter(string_split(coalesce(words, ''), ' '),
        lambda word: map_contains(getvariable('family_words'), word)) AS of_family FROM one
)
SELECT * EXCLUDE (of_family),
    coalesce(getvariable('families')[metric], getvariable('family_words')[of_family[1]]) AS family,
    array_to_string(list_filter(string_split(coalesce(words, ''), ' '),
        lambda word: NOT list_contains(of_family, word)), ' ') AS narrow_words
FROM split;

-- In the order that is written: a join of all tellings on their days is taken for a small one otherwise.
SET disabled_optimizers = 'join_order';
CREATE OR REPLACE TEMP TABLE close AS
SELECT near.a, near.b, g.kind, h.kind AS other_kind, distance(g, h) AS distance,
    value_bits(g, h) + cost + time_cost(g, h) + days_bits(g, h) AS weight
FROM near JOIN tellings g ON g.t = near.a JOIN tellings h ON h.t = near.b
WHERE g.block <> h.block AND agree(g, h) AND weight >= getvariable('least_weight')
    AND (cost > -10 OR NOT g.has_entity OR NOT h.has_entity)
    AND (h.first BETWEEN g.first - 14 AND g.last + 14 OR time_cost(g, h) = 0)
    AND NOT (g.docs = 1 AND h.docs = 1 AND g.doc = h.doc);
RESET disabled_optimizers;
CREATE OR REPLACE TEMP TABLE likeness AS
SELECT k.kind, l.kind AS other_kind, metric_cost(k, l) + qualifier_cost(k, l) AS cost
FROM (SELECT DISTINCT kind, other_kind FROM close) c JOIN kinds k USING (kind) JOIN kinds l ON l.kind = c.other_kind;

INSERT INTO pairs
SELECT a, b, weight + cost AS weight, distance
FROM close JOIN likeness USING (kind, other_kind)
WHERE weight + cost >= getvariable('least_weight');
DROP TABLE close;
