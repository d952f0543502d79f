-- Tellings in their order, which decides who leads: what is told in full comes first, then what is told by most values
-- and most exactly. Those that are alike in this are taken by the year and a hash: by their days or values
-- each would wait for the one before it, in as many rounds as there are tellings.
CREATE OR REPLACE TEMP TABLE tellings AS
SELECT row_number() OVER (ORDER BY
    is_complete DESC, has_entity::INT + has_concept::INT + is_dated::INT DESC, is_dated DESC,
    percent_tells::INT + to_tells::INT + change_tells::INT DESC, is_stated DESC,
    floor(log2(greatest(1e-9, least((percent_high - percent_low) / 100, (to_high - to_low) / nullif(abs(to_high), 0),
        (change_high - change_low) / nullif(abs(change_high), 0))))),
    year(first), block, value) AS t, *
FROM (
    SELECT g.*, k.doc, k.kind, k.status, k.owner_kind, k.has_concept, k.entity IS NOT NULL AS has_entity,
        k.owner_kind IN ('entity', 'thing') AND k.has_concept AND g.is_dated AS is_complete,
        NOT k.is_headed AND NOT k.is_led AS is_stated, hash(k.owner_kind, k.owner) AS owner
    FROM grouped g JOIN keyed k USING (n)
);
DROP TABLE grouped;

-- Where a value lies: two that agree have a cell in common. One that may be anything is in none.
CREATE OR REPLACE TEMP MACRO cells_of(low, high, near, steps) AS CASE WHEN high - low < greatest(abs(low), near) THEN range(
    floor(sign(low) * ln(1 + abs(low) / near) * steps)::BIGINT,
    floor(sign(high) * ln(1 + abs(high) / near) * steps)::BIGINT + 1) END;
CREATE OR REPLACE TEMP MACRO percent_cells(g) AS cells_of(g.percent_low, g.percent_high, 4, 32);
CREATE OR REPLACE TEMP MACRO level_cells(g) AS cells_of(g.to_low, g.to_high, 1, 80);
CREATE OR REPLACE TEMP TABLE cells AS
SELECT t, hash('percent', unnest(percent_cells(g))) AS cell FROM tellings g WHERE percent_tells
UNION ALL
SELECT t, hash(level_unit, unnest(level_cells(g))) FROM tellings g WHERE to_tells
UNION ALL
SELECT t, hash('change', change_unit, unnest(cells_of(change_low, change_high, 1, 80))) FROM tellings WHERE change_tells;

-- Where those of a block meet that may be one claim: of one time, or published within days, or in one article.
CREATE OR REPLACE TEMP MACRO days(day) AS day - DATE '1970-01-01';
CREATE OR REPLACE TEMP TABLE places AS
SELECT t, hash(block, cell, period_start, period_end) AS place, 0::FLOAT AS cost, true AS leads, true AS follows
FROM tellings JOIN cells USING (t) WHERE is_dated
UNION ALL
SELECT t, hash(block, cell, unnest(range(days(first) // 16, days(last) // 16 + 1))), 0, true, false
FROM tellings JOIN cells USING (t) WHERE first IS NOT NULL
UNION ALL
SELECT t, hash(block, cell, unnest(range(days(first) // 16 - 1, days(first) // 16 + 2))), 0, false, true
FROM tellings JOIN cells USING (t) WHERE NOT is_dated AND first IS NOT NULL
UNION ALL
SELECT t, hash(block, cell, lone), 0, true, true
FROM tellings JOIN cells USING (t) WHERE NOT is_dated AND first IS NULL;
