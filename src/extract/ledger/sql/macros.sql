-- Words of a phrase that tell, in a fixed order: `the exports of wheat` and `wheat exports` are one. Those of `dropped`,
-- and of a name, do not.
CREATE OR REPLACE TEMP MACRO words_of(phrase, dropped, names) AS array_to_string(list_sort(list_distinct(list_filter(
    string_split(lower(trim(regexp_replace(regexp_replace(phrase, '[''’]s?\b|\.', '', 'g'),
        '[^\pL\pN%&-]+', ' ', 'g'))), ' '),
    lambda word: word <> '' AND NOT list_contains(dropped, word) AND NOT list_contains(names, word)))), ' ');
CREATE OR REPLACE TEMP MACRO plain(name) AS trim(regexp_replace(lower(name), '[^\pL\pN&-]+', ' ', 'g'));
CREATE OR REPLACE TEMP MACRO name_words(name) AS string_split(plain(replace(replace(name, '''s', ''), '.', '')), ' ');

-- The last digit that a decimal needs: 0.1 for 71.6, 100000 for 71600000.
CREATE OR REPLACE TEMP MACRO digits_of(value) AS regexp_replace(CAST(value AS VARCHAR), '\.?0+$', '');
CREATE OR REPLACE TEMP MACRO place_of(value) AS CASE
    WHEN contains(CAST(value AS VARCHAR), '.') AND contains(digits_of(value), '.')
        THEN pow(10, -length(split_part(digits_of(value), '.', 2)))
    ELSE pow(10, length(regexp_extract(digits_of(value), '(0*)$', 1))) END;

-- A number as a sentence has it: its value, the place of the last digit that is written, that of the last one
-- that is not 0, and what the words before it say of its exactness.
CREATE OR REPLACE TEMP MACRO scale_of(number) AS coalesce(
    getvariable('scales')[lower(regexp_extract(number, '([\pL]+)$', 1))], 1.0);
CREATE OR REPLACE TEMP MACRO figure_of(number) AS replace(regexp_extract(number, '\d[\d,]*(?:\.\d+)?'), ',', '');
CREATE OR REPLACE TEMP MACRO number_of(number, figure, scale, bound) AS {
    'value': TRY_CAST(figure AS DOUBLE) * scale,
    -- 230,000 is written in thousands, as 230 thousand would be, but 1,230 is not
    'place': scale * CASE WHEN regexp_matches(figure, '0000$') OR (figure LIKE '%000' AND scale = 1)
        THEN pow(10, length(regexp_extract(figure, '(0*)$', 1))) ELSE pow(10, -length(split_part(figure, '.', 2))) END,
    'round': scale * CASE WHEN contains(figure, '.') THEN pow(10, -length(split_part(figure, '.', 2)))
        ELSE pow(10, length(regexp_extract(figure, '(0*)$', 1))) END,
    'bound': bound};
CREATE OR REPLACE TEMP MACRO bound_of(words) AS
    getvariable('bounds')[lower(regexp_replace(words, '\s+', ' ', 'g'))];

-- The values that a wording allows. A round number is only about right where its words say so.
CREATE OR REPLACE TEMP MACRO low_of(value, place, round, bound) AS value - CASE bound
    WHEN 'more' THEN 0
    WHEN 'less' THEN greatest(place, least(round, abs(value) / 4))
    WHEN 'nearly' THEN 0.75 * greatest(place, least(round, abs(value) / 7.5))
    WHEN 'approx' THEN greatest(place / 2, least(round / 2, abs(value) / 10))
    ELSE place / 2 END;
CREATE OR REPLACE TEMP MACRO high_of(value, place, round, bound) AS value + CASE bound
    WHEN 'more' THEN greatest(place, least(round, abs(value) / 4))
    WHEN 'less' THEN 0
    WHEN 'nearly' THEN 0
    WHEN 'approx' THEN greatest(place / 2, least(round / 2, abs(value) / 10))
    ELSE place / 2 END;

-- Units that compare: currencies, per cent and measures with themselves, counted things with one another.
CREATE OR REPLACE TEMP MACRO unit_of(unit) AS CASE
    WHEN unit IS NULL OR unit = 'percent' OR regexp_full_match(unit, '[A-Z]{3}') THEN unit
    WHEN unit IN ('percentage_point', 'basis_point') THEN 'percentage_point'
    WHEN list_contains(getvariable('measures'), unit) THEN unit
    ELSE 'count' END;

-- Two intervals have more than an end in common: 5.5 and 5.6 have not.
CREATE OR REPLACE TEMP MACRO overlap(low, high, other_low, other_high) AS
    low < other_high - 1e-9 * greatest(1, abs(high), abs(other_high))
    AND other_low < high - 1e-9 * greatest(1, abs(high), abs(other_high));

-- A binary number as a decimal of the digits that are right.
CREATE OR REPLACE TEMP MACRO exact(value) AS TRY_CAST(CAST(round(value, 6) AS VARCHAR) AS DECIMAL(38, 12));

-- The middle of an interval, with the digits that its width leaves: 257,000 of 252,000 to 263,000.
CREATE OR REPLACE TEMP MACRO middle(low, high) AS exact(CASE WHEN high - low > 1e-6 * greatest(1e-6, abs(low + high))
    THEN round((low + high) / 2 / pow(10, floor(log10((high - low) / 2)))) * pow(10, floor(log10((high - low) / 2)))
    ELSE (low + high) / 2 END);
