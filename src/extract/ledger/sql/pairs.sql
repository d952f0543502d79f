-- Two tellings that can be one claim: every value that both have in common, and one that tells; of forecasts those of
-- one organisation, or of one that is not named.
CREATE OR REPLACE TEMP MACRO one_basis(a, b) AS coalesce(a.basis = b.basis, true);
CREATE OR REPLACE TEMP MACRO agree(a, b) AS coalesce(a.forecaster = b.forecaster, true)
    AND (NOT one_basis(a, b) OR coalesce(overlap(a.percent_low, a.percent_high, b.percent_low, b.percent_high), true))
    AND (coalesce(a.level_unit <> b.level_unit, true)
        OR coalesce(overlap(a.to_low, a.to_high, b.to_low, b.to_high), true))
    AND (NOT one_basis(a, b) OR coalesce(a.level_unit <> b.level_unit, true)
        OR coalesce(overlap(a.from_low, a.from_high, b.from_low, b.from_high), true))
    AND (NOT one_basis(a, b) OR coalesce(a.change_unit <> b.change_unit, true)
        OR coalesce(overlap(a.change_low, a.change_high, b.change_low, b.change_high), true))
    AND ((one_basis(a, b) AND a.percent_tells AND b.percent_tells)
        OR coalesce(a.level_unit = b.level_unit, false) AND a.to_tells AND b.to_tells
        OR one_basis(a, b) AND coalesce(a.change_unit = b.change_unit, false) AND a.change_tells AND b.change_tells);

-- Forecasts that one article sets side by side are of two forecasters, or of two days.
CREATE OR REPLACE TEMP MACRO rivals_in(a, b) AS a.status = 'projected' AND a.docs = 1 AND b.docs = 1 AND a.doc = b.doc
    AND coalesce(a.percent_low <> b.percent_low, false);

-- How far apart two values are, as shares of their size.
CREATE OR REPLACE TEMP MACRO distance(a, b) AS
    coalesce(abs(a.percent_low + a.percent_high - b.percent_low - b.percent_high) / 200, 0)
    + coalesce(CASE WHEN a.level_unit = b.level_unit THEN abs(a.to_low + a.to_high - b.to_low - b.to_high)
        / (abs(a.to_low + a.to_high) + 1e-9) END, 0);

-- Days that a claim without a time of its own may be published from one of that time: few for the news of a day.
CREATE OR REPLACE TEMP MACRO days_near(period_start, period_end) AS
    CASE WHEN period_start IS NULL OR period_end - period_start < 7 THEN 2 ELSE 14 END;

CREATE OR REPLACE TEMP TABLE pairs AS
SELECT g.t AS a, h.t AS b, CASE WHEN h.is_dated OR g.first IS NULL THEN 100.0 ELSE 99.0 END AS weight,
    distance(g, h) AS distance
FROM (SELECT DISTINCT a, b FROM near) near JOIN tellings g ON g.t = near.a JOIN tellings h ON h.t = near.b
WHERE agree(g, h) AND NOT rivals_in(g, h) AND (h.is_dated OR g.first IS NULL OR h.first
    BETWEEN g.first - days_near(g.period_start, g.period_end) AND g.last + days_near(g.period_start, g.period_end));
