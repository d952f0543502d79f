-- The numbers of each sentence; one that many sentences have is parsed once.
CREATE OR REPLACE TEMP TABLE numbers AS
SELECT n, number, position FROM (
    SELECT rowid AS n, regexp_extract_all(sentence, getvariable('number')) AS found FROM claims
) CROSS JOIN unnest(found) WITH ORDINALITY AS each(number, position);
CREATE OR REPLACE TEMP TABLE parsed AS
SELECT number, number_of(number, figure_of(number), scale_of(number),
    bound_of(regexp_extract(number, getvariable('number'), 1))) AS wording
FROM (SELECT DISTINCT number FROM numbers);

-- Which of them each value of the claim is: the first of its size.
CREATE OR REPLACE TEMP MACRO is_size(wording, size) AS abs(wording.value - abs(size)) <= 1e-9 * abs(size);
CREATE OR REPLACE TEMP TABLE written AS
SELECT n,
    arg_min(wording, position) FILTER (is_size(wording, change_value)) AS change,
    arg_min(wording, position) FILTER (is_size(wording, to_value)) AS level,
    arg_min(wording, position) FILTER (is_size(wording, from_value)) AS earlier
FROM numbers JOIN parsed USING (number) JOIN (
    SELECT rowid AS n, change_value::DOUBLE AS change_value, to_value::DOUBLE AS to_value, from_value::DOUBLE AS from_value
    FROM claims
) USING (n)
GROUP BY n;
DROP TABLE numbers;

-- What each wording allows, before anything is worked out from it: a change in per cent with its sign, the levels
-- after and before, the change in their unit.
CREATE OR REPLACE TEMP TABLE stated AS
WITH places AS (
    SELECT k.n, c.change_value::DOUBLE AS v, c.change_max::DOUBLE AS v_max, c.change_unit AS unit, c.direction,
        c.to_value::DOUBLE AS t, c.from_value::DOUBLE AS f, c.to_unit, c.from_unit, is_growth, is_consistent,
        CASE WHEN w.change IS NULL THEN bound_of(regexp_extract(
            substr(c.sentence, 1, c.start - c.sentence_start), getvariable('before'), 1)) END AS bound,
        CASE WHEN w.change IS NOT NULL THEN {'place': w.change.place, 'round': w.change.round, 'bound': w.change.bound}
            WHEN unit = 'factor' THEN {'place': v / 10, 'round': v / 2, 'bound': bound}
            WHEN unit = 'percent' AND v <> floor(v) THEN {'place': 2.0, 'round': 5.0, 'bound': bound}
            ELSE {'place': least(place_of(c.change_value), v / 5), 'round': place_of(c.change_value), 'bound': bound}
        END AS vw,
        {'place': least(coalesce(w.level.place, place_of(c.to_value)), abs(t) / 5),
         'round': coalesce(w.level.round, place_of(c.to_value)), 'bound': w.level.bound} AS tw,
        {'place': least(coalesce(w.earlier.place, place_of(c.from_value)), abs(f) / 5),
         'round': coalesce(w.earlier.round, place_of(c.from_value)), 'bound': w.earlier.bound} AS fw
    FROM claims c LEFT JOIN written w ON c.rowid = w.n JOIN keyed k ON k.n = c.rowid
), ends AS (
    SELECT *, CASE WHEN v_max IS NULL THEN low_of(v, vw.place, vw.round, vw.bound) ELSE v END AS v_low,
        CASE WHEN v_max IS NULL THEN high_of(v, vw.place, vw.round, vw.bound) ELSE v_max END AS v_high,
        low_of(t, tw.place, tw.round, tw.bound) AS t_low, high_of(t, tw.place, tw.round, tw.bound) AS t_high,
        low_of(f, fw.place, fw.round, fw.bound) AS f_low, high_of(f, fw.place, fw.round, fw.bound) AS f_high
    FROM places
)
SELECT n, is_consistent,
    CASE WHEN is_growth AND to_unit = 'percent' THEN t_low
        WHEN unit = 'percent' AND direction = 'increase' THEN v_low
        WHEN unit = 'percent' AND direction = 'decrease' THEN -v_high
        WHEN unit = 'factor' AND direction = 'increase' AND v > 1 THEN 100 * (v_low - 1)
        WHEN unit = 'factor' AND direction = 'decrease' AND v > 1 THEN 100 / v_high - 100
        WHEN unit = 'factor' AND direction = 'decrease' THEN 100 * (v_low - 1) END AS percent_low,
    CASE WHEN is_growth AND to_unit = 'percent' THEN t_high
        WHEN unit = 'percent' AND direction = 'increase' THEN v_high
        WHEN unit = 'percent' AND direction = 'decrease' THEN -v_low
        WHEN unit = 'factor' AND direction = 'increase' AND v > 1 THEN 100 * (v_high - 1)
        WHEN unit = 'factor' AND direction = 'decrease' AND v > 1 THEN 100 / v_low - 100
        WHEN unit = 'factor' AND direction = 'decrease' THEN 100 * (v_high - 1) END AS percent_high,
    CASE WHEN NOT is_growth THEN unit_of(coalesce(to_unit, from_unit)) END AS level_unit,
    CASE WHEN NOT is_growth THEN t_low END AS to_low, CASE WHEN NOT is_growth THEN t_high END AS to_high,
    CASE WHEN NOT is_growth AND (to_value_unit IS NULL OR to_value_unit = from_value_unit) THEN f_low END AS from_low,
    CASE WHEN from_low IS NOT NULL THEN f_high END AS from_high,
    CASE WHEN unit NOT IN ('percent', 'factor') AND NOT is_growth THEN unit_of(unit) END AS change_unit,
    CASE WHEN unit = 'basis_point' THEN 0.01 ELSE 1 END AS points,
    CASE WHEN change_unit IS NOT NULL THEN points * CASE direction WHEN 'increase' THEN v_low WHEN 'decrease' THEN -v_high END
        END AS change_low,
    CASE WHEN change_unit IS NOT NULL THEN points * CASE direction WHEN 'increase' THEN v_high WHEN 'decrease' THEN -v_low END
        END AS change_high
FROM (SELECT *, unit_of(to_unit) AS to_value_unit, unit_of(from_unit) AS from_value_unit FROM ends);
DROP TABLE written;
