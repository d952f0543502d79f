-- Two statements of one thing and time that cannot both be true. Figures that change by the minute do not
-- contradict one another, nor do forecasts of several speakers, nor what one article has side by side.
CREATE OR REPLACE TEMP MACRO differ(a, b) AS coalesce(a.percent_tells AND b.percent_tells
        AND coalesce(a.basis = b.basis, a.basis IS NULL AND b.basis IS NULL)
        AND NOT overlap(a.percent_low, a.percent_high, b.percent_low, b.percent_high), false)
    OR coalesce(a.to_tells AND b.to_tells AND a.level_unit = b.level_unit
        AND NOT overlap(a.to_low, a.to_high, b.to_low, b.to_high), false)
    OR coalesce(a.change_tells AND b.change_tells AND a.change_unit = b.change_unit
        AND coalesce(a.basis = b.basis, a.basis IS NULL AND b.basis IS NULL)
        AND NOT overlap(a.change_low, a.change_high, b.change_low, b.change_high), false);

CREATE OR REPLACE TEMP TABLE rivals AS
SELECT g.*, i.statement_id, i.status, c.first_date, c.articles, c.speakers
FROM identified i JOIN tellings g ON g.t = i.head JOIN counted c USING (head)
WHERE g.is_dated AND NOT i.is_led AND i.owner_kind IN ('entity', 'words') AND i.metric IS NOT NULL AND i.status IN ('actual', 'projected')
    AND NOT list_contains(getvariable('moving'), i.metric)
WINDOW same AS (PARTITION BY g.block, g.period_start, g.period_end)
QUALIFY count(*) OVER same > 1 AND row_number() OVER (same ORDER BY c.articles DESC, c.first_date, i.statement_id)
    <= getvariable('most_rivals');

CREATE OR REPLACE TEMP TABLE clashes AS
SELECT a.t AS first, b.t AS second, a.statement_id AS first_id, b.statement_id AS second_id
FROM rivals a JOIN rivals b
    ON a.block = b.block AND a.period_start = b.period_start AND a.period_end = b.period_end
    AND (coalesce(a.first_date, DATE '9999-12-31'), a.statement_id) < (coalesce(b.first_date, DATE '9999-12-31'), b.statement_id)
WHERE differ(a, b) AND (a.status = 'actual' OR list_has_any(a.speakers, b.speakers));

CREATE OR REPLACE TEMP TABLE side_by_side AS
SELECT DISTINCT c.first, c.second
FROM clashes c JOIN placed a ON a.head = c.first JOIN placed b ON b.head = c.second AND b.doc = a.doc;

CREATE OR REPLACE TEMP TABLE revising AS
SELECT p.head FROM placed p JOIN claims c ON c.rowid = p.n SEMI JOIN clashes x ON x.second = p.head
WHERE regexp_matches(lower(c.sentence), getvariable('revision')) GROUP BY p.head;

INSERT INTO contradictions
SELECT first_id, second_id, a.owner, a.owner_name, a.metric, a.qualifier, a.status, a.period_start, a.period_end,
    a.wording, b.wording, a.first_date, b.first_date, a.articles, b.articles, r.head IS NOT NULL
FROM clashes c ANTI JOIN side_by_side s ON s.first = c.first AND s.second = c.second
JOIN statements a ON a.statement_id = c.first_id JOIN statements b ON b.statement_id = c.second_id
LEFT JOIN revising r ON r.head = c.second
ORDER BY 1, 2;
