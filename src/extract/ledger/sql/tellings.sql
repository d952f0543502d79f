-- A move that one sentence tells in two units (`fell 190 points, or 0.6%`) has both in each of its claims.
CREATE OR REPLACE TEMP TABLE joined AS
WITH placed AS (
    SELECT s.*, CASE WHEN c.metric_start IS NULL THEN c.rowid END AS own, hash(c.doc_id) AS doc, c.sentence_start, c.metric_start,
        c.direction, c.period_start, c.status
    FROM stated s JOIN claims c ON c.rowid = s.n
)
SELECT n, is_consistent, level_unit, to_low, to_high, from_low, from_high,
    coalesce(percent_low, CASE WHEN min(percent_low) OVER same = max(percent_low) OVER same
        THEN min(percent_low) OVER same END) AS percent_low,
    coalesce(percent_high, CASE WHEN min(percent_low) OVER same = max(percent_low) OVER same
        THEN min(percent_high) OVER same END) AS percent_high,
    coalesce(change_unit, CASE WHEN min(change_low) OVER same = max(change_low) OVER same
        THEN min(change_unit) OVER same END) AS change_unit,
    coalesce(change_low, CASE WHEN min(change_low) OVER same = max(change_low) OVER same
        THEN min(change_low) OVER same END) AS change_low,
    coalesce(change_high, CASE WHEN min(change_low) OVER same = max(change_low) OVER same
        THEN min(change_high) OVER same END) AS change_high
FROM placed
WINDOW same AS (PARTITION BY doc, sentence_start, metric_start, own, direction, period_start, status);

DROP TABLE stated;

-- What follows from it: levels by the change, the change by levels.
CREATE OR REPLACE TEMP TABLE valued AS
WITH usable AS (
    SELECT *,
        is_consistent AND percent_low > -100 AND level_unit <> 'percent' AS by_percent,
        is_consistent AND (change_unit = level_unit
            OR (change_unit = 'percentage_point' AND level_unit = 'percent')) AS by_change
    FROM joined
), levels AS (
    SELECT n, is_consistent, percent_low, percent_high, level_unit, change_unit, change_low, change_high,
        percent_low IS NOT NULL AS percent_stated, to_low IS NOT NULL AS to_stated, change_low IS NOT NULL AS change_stated,
        coalesce(from_low, CASE WHEN by_percent AND to_low > 0 THEN to_low / (1 + percent_high / 100)
            WHEN by_change THEN to_low - change_high END) AS from_low,
        coalesce(from_high, CASE WHEN by_percent AND to_low > 0 THEN to_high / (1 + percent_low / 100)
            WHEN by_change THEN to_high - change_low END) AS from_high,
        coalesce(to_low, CASE WHEN by_percent AND from_low > 0 THEN from_low * (1 + percent_low / 100)
            WHEN by_change THEN from_low + change_low END) AS to_low,
        coalesce(to_high, CASE WHEN by_percent AND from_low > 0 THEN from_high * (1 + percent_high / 100)
            WHEN by_change THEN from_high + change_high END) AS to_high
    FROM usable
), changes AS (
    SELECT n, percent_stated, to_stated, change_stated, level_unit, to_low, to_high, from_low, from_high,
        is_consistent AND to_low > 0 AND from_low > 0 AND level_unit <> 'percent' AS by_levels,
        coalesce(percent_low, CASE WHEN by_levels THEN 100 * (to_low / from_high - 1) END) AS percent_low,
        coalesce(percent_high, CASE WHEN by_levels THEN 100 * (to_high / from_low - 1) END) AS percent_high,
        coalesce(change_unit, CASE WHEN from_low IS NOT NULL AND to_low IS NOT NULL THEN
            CASE level_unit WHEN 'percent' THEN 'percentage_point' ELSE level_unit END END) AS change_unit,
        coalesce(change_low, CASE WHEN is_consistent THEN to_low - from_high END) AS change_low,
        coalesce(change_high, CASE WHEN is_consistent THEN to_high - from_low END) AS change_high
    FROM levels
)
SELECT * EXCLUDE (by_levels),
    coalesce(percent_stated OR percent_high - percent_low
        <= greatest(1.5, 0.15 * abs(percent_high + percent_low) / 2), false) AND percent_low IS NOT NULL AS percent_tells,
    coalesce(to_stated OR to_high - to_low <= 0.1 * abs(to_high + to_low) / 2, false)
        AND to_low IS NOT NULL AS to_tells,
    coalesce(change_stated OR change_high - change_low <= 0.15 * abs(change_high + change_low) / 2, false)
        AND change_low IS NOT NULL AS change_tells
FROM changes;

DROP TABLE joined;

-- Tellings: claims that say the same with the same figures, in a fixed order: what tells most and most exactly first.
-- What states no time is known by the day of its article; without that, and what tells no value, by the article alone.
CREATE OR REPLACE TEMP TABLE told AS
WITH lone AS (
    SELECT k.n, hash(c.mention_id) AS place, k.block, k.doc, k.published, v.* EXCLUDE (n, percent_stated, to_stated, change_stated),
        k.basis, k.period_start, k.period_end, k.period_start IS NOT NULL AS is_dated,
        CASE WHEN k.status = 'projected' AND starts_with(c.speaker, 'org:') THEN c.speaker END AS forecaster,
        CASE WHEN NOT (percent_tells OR to_tells OR change_tells) THEN hash(k.doc, c.fact_id)
            WHEN k.period_start IS NOT NULL THEN 0
            WHEN k.published IS NOT NULL THEN hash(k.published) ELSE k.doc END AS lone
    FROM valued v JOIN keyed k USING (n) JOIN claims c ON c.rowid = v.n
)
SELECT *, hash(lone, basis, forecaster, level_unit, change_unit, percent_low, percent_high, to_low, to_high, from_low, from_high,
    change_low, change_high, period_start, period_end, percent_tells, to_tells, change_tells) AS value
FROM lone;
DROP TABLE valued;

CREATE OR REPLACE TEMP TABLE grouped AS
SELECT block, value, any_value(lone) AS lone, any_value(is_dated) AS is_dated, any_value(period_start) AS period_start,
    any_value(period_end) AS period_end, any_value(basis) AS basis, any_value(forecaster) AS forecaster,
    any_value(percent_low) AS percent_low, any_value(percent_high) AS percent_high,
    any_value(level_unit) AS level_unit, any_value(to_low) AS to_low, any_value(to_high) AS to_high,
    any_value(from_low) AS from_low, any_value(from_high) AS from_high,
    any_value(change_unit) AS change_unit, any_value(change_low) AS change_low, any_value(change_high) AS change_high,
    any_value(percent_tells) AS percent_tells, any_value(to_tells) AS to_tells, any_value(change_tells) AS change_tells,
    min(published) AS first, max(published) AS last, arg_min(n, place) AS n,
    CASE WHEN min(doc) = max(doc) THEN 1 ELSE 2 END AS docs
FROM told
GROUP BY block, value;

-- Which claims each has.
CREATE OR REPLACE TEMP TABLE members_of AS SELECT n, doc, block, value FROM told;
DROP TABLE told;
