-- The numbers of each sentence, and which of them each value of the claim is.
CREATE OR REPLACE TEMP TABLE written AS
WITH numbers AS (
    SELECT rowid AS n, change_value, change_max, change_unit, to_value, from_value, sentence, start,
        sentence_start,
        list_transform(regexp_extract_all(sentence, getvariable('number')), lambda number: number_of(
            number, figure_of(number), scale_of(number), bound_of(regexp_extract(number, getvariable('number'), 1))
        )) AS found
    FROM claims
)
SELECT n,
    list_filter(found, lambda number: abs(number.value - change_value) <= 1e-9 * abs(change_value))[1] AS change,
    list_filter(found, lambda number: abs(number.value - abs(to_value)) <= 1e-9 * abs(to_value))[1] AS level,
    list_filter(found, lambda number: abs(number.value - abs(from_value)) <= 1e-9 * abs(from_value))[1] AS earlier,
    CASE WHEN change IS NULL THEN bound_of(regexp_extract(
        substr(sentence, 1, start - sentence_start), getvariable('before'), 1)) END AS bound
FROM numbers;

-- What each wording allows, before anything is worked out from it: a change in per cent with its sign, the levels
-- after and before, the change in their unit.
CREATE OR REPLACE TEMP TABLE stated AS
WITH places AS (
    SELECT n, c.change_value::DOUBLE AS v, c.change_max::DOUBLE AS v_max, c.change_unit AS unit, c.direction,
        c.to_value::DOUBLE AS t, c.from_value::DOUBLE AS f, c.to_unit, c.from_unit, is_growth, is_consistent,
        c.percent_change::DOUBLE AS percent,
        CASE WHEN w.change IS NOT NULL THEN {'place': w.change.place, 'round': w.change.round, 'bound': w.change.bound}
            WHEN unit = 'factor' THEN {'place': v / 10, 'round': v / 2, 'bound': w.bound}
            WHEN unit = 'percent' AND v <> floor(v) THEN {'place': 2.0, 'round': 5.0, 'bound': w.bound}
            ELSE {'place': least(place_of(c.change_value), v / 5), 'round': place_of(c.change_value), 'bound': w.bound}
        END AS vw,
        {'place': least(coalesce(w.level.place, place_of(c.to_value)), abs(t) / 5),
         'round': coalesce(w.level.round, place_of(c.to_value)), 'bound': w.level.bound} AS tw,
        {'place': least(coalesce(w.earlier.place, place_of(c.from_value)), abs(f) / 5),
         'round': coalesce(w.earlier.round, place_of(c.from_value)), 'bound': w.earlier.bound} AS fw
    FROM claims c JOIN written w ON c.rowid = w.n JOIN keyed k USING (n)
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
