-- Tellings of a block, and which two of them agree.
CREATE OR REPLACE TEMP MACRO days(day) AS day - DATE '1970-01-01';
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT block, value, any_value(lone) AS lone, any_value(is_dated) AS is_dated, any_value(period_start) AS period_start,
    any_value(period_end) AS period_end, any_value(basis) AS basis,
    any_value(percent_low) AS percent_low, any_value(percent_high) AS percent_high,
    any_value(level_unit) AS level_unit, any_value(to_low) AS to_low, any_value(to_high) AS to_high,
    any_value(from_low) AS from_low, any_value(from_high) AS from_high,
    any_value(change_unit) AS change_unit, any_value(change_low) AS change_low, any_value(change_high) AS change_high,
    any_value(percent_tells) AS percent_tells, any_value(to_tells) AS to_tells, any_value(change_tells) AS change_tells,
    min(published) AS first, max(published) AS last, arg_min(n, place) AS n,
    CASE WHEN min(doc_id) = max(doc_id) THEN 1 ELSE 2 END AS docs
FROM told
GROUP BY block, value;

CREATE OR REPLACE TEMP TABLE tellings AS
SELECT row_number() OVER (ORDER BY
    (k.entity IS NOT NULL)::INT + k.has_concept::INT + g.is_dated::INT DESC, g.is_dated DESC,
    g.percent_tells::INT + g.to_tells::INT + g.change_tells::INT DESC,
    least((g.percent_high - g.percent_low) / 100, (g.to_high - g.to_low) / nullif(abs(g.to_high), 0),
        (g.change_high - g.change_low) / nullif(abs(g.change_high), 0)),
    g.first, g.period_start, g.period_end, g.percent_low, g.to_low, g.change_low, g.percent_high, g.to_high,
    g.change_high, g.from_low, g.from_high, g.basis, g.level_unit, g.change_unit, g.lone, g.block) AS t,
    g.*, k.status, k.owner_kind, k.owner_kind IN ('entity', 'thing') AND k.has_concept AND g.is_dated AS is_complete
FROM grouped g JOIN keyed k USING (n);

-- Two tellings of a block that can be one claim: of one time, every value that both have in common, and one that tells.
CREATE OR REPLACE TEMP MACRO one_basis(a, b) AS coalesce(a.basis = b.basis, true);
CREATE OR REPLACE TEMP MACRO agree(a, b) AS
    (NOT one_basis(a, b) OR coalesce(overlap(a.percent_low, a.percent_high, b.percent_low, b.percent_high), true))
    AND (coalesce(a.level_unit <> b.level_unit, true)
        OR coalesce(overlap(a.to_low, a.to_high, b.to_low, b.to_high), true))
    AND (NOT one_basis(a, b) OR coalesce(a.level_unit <> b.level_unit, true)
        OR coalesce(overlap(a.from_low, a.from_high, b.from_low, b.from_high), true))
    AND (NOT one_basis(a, b) OR coalesce(a.change_unit <> b.change_unit, true)
        OR coalesce(overlap(a.change_low, a.change_high, b.change_low, b.change_high), true))
    AND ((one_basis(a, b) AND a.percent_tells AND b.percent_tells)
        OR coalesce(a.level_unit = b.level_unit, false) AND a.to_tells AND b.to_tells
        OR one_basis(a, b) AND coalesce(a.change_unit = b.change_unit, false) AND a.change_tells AND b.change_tells);

-- How far apart two values are, as shares of their size.
CREATE OR REPLACE TEMP MACRO distance(a, b) AS
    coalesce(abs(a.percent_low + a.percent_high - b.percent_low - b.percent_high) / 200, 0)
    + coalesce(CASE WHEN a.level_unit = b.level_unit THEN abs(a.to_low + a.to_high - b.to_low - b.to_high)
        / (abs(a.to_low + a.to_high) + 1e-9) END, 0);

-- Days that a claim without a time of its own may be published from one of that time: few for the news of a day.
CREATE OR REPLACE TEMP MACRO days_near(period_start, period_end) AS
    CASE WHEN period_start IS NULL OR period_end - period_start < 7 THEN 2 ELSE 14 END;

CREATE OR REPLACE TEMP TABLE pairs AS
SELECT a.t AS a, b.t AS b, 100.0 AS weight, distance(a, b) AS distance
FROM tellings a JOIN tellings b
    ON a.block = b.block AND a.period_start = b.period_start AND a.period_end = b.period_end AND a.t < b.t
WHERE agree(a, b)
UNION ALL
SELECT DISTINCT a.t, b.t, 99.0, distance(a, b)
FROM (SELECT *, unnest(range(days(first) // 16 - 1, days(last) // 16 + 2)) AS bucket FROM tellings) a
JOIN (SELECT *, days(first) // 16 AS bucket FROM tellings WHERE NOT is_dated) b
    ON a.block = b.block AND a.bucket = b.bucket AND a.t < b.t
WHERE b.first BETWEEN a.first - days_near(a.period_start, a.period_end) AND a.last + days_near(a.period_start, a.period_end)
    AND agree(a, b);
INSERT INTO pairs
SELECT a.t, b.t, 100.0, distance(a, b)
FROM tellings a JOIN tellings b ON a.block = b.block AND a.lone = b.lone AND a.t < b.t
WHERE NOT a.is_dated AND NOT b.is_dated AND a.first IS NULL AND agree(a, b);
