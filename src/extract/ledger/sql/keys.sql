-- What each claim is of: owner, metric, qualifier and status, as one block; its period, and what it is compared with.
-- Later steps join by numbers, `n` of the claim and hashes of its article, block and kind, for these are short.
CREATE OR REPLACE TEMP TABLE keyed AS
WITH named AS (
    SELECT c.rowid AS n, c.doc_id, hash(c.doc_id) AS doc, c.status, a.published,
        -- what has happened in a month that is not over is not of that month
        status = 'actual' AND period_end - period_start >= 27 AND coalesce(period_end > published, false) AS is_early,
        CASE WHEN period_end IS NOT NULL AND NOT is_early THEN period_start END AS period_start,
        CASE WHEN period_start IS NOT NULL AND NOT is_early THEN period_end END AS period_end,
        baseline_start, baseline_end, metric_id, "check" <> 'inconsistent' AS is_consistent,
        coalesce(subject, 'country:' || subject_country) AS entity, 'country:' || subject_country AS country,
        coalesce(metric_id IN (SELECT unnest(getvariable('alone'))), false) AS is_alone,
        coalesce(getvariable('growth_of')[metric_id] IS NOT NULL AND (
            to_unit = 'percent' OR (to_value IS NULL AND from_value IS NULL AND change_unit = 'percent'
                AND direction = 'increase' AND list_contains(getvariable('loose'), metric_id))), false)
            OR (metric_id IS NULL AND to_unit = 'percent' AND regexp_matches(metric, '(?i)\bgrowth\b')) AS is_growth,
        words_of(metric, getvariable('neutral')
            || string_split(lower(replace(coalesce(subject_name, ''), '''s', '')), ' ')) AS words,
        -- `miners' wages` are narrower than wages, though the qualifier does not have them
        coalesce(words_of(concat_ws(' ', metric_qualifier, regexp_extract(metric, '(\pL+s)[''’](?:\s|$)', 1)),
            getvariable('neutral')), '') AS narrowed,
        regexp_matches(metric, '.[\s(“"''’-]\p{Lu}') AS has_name,
        lower(concat_ws(' ', baseline, metric, metric_qualifier)) AS told
    FROM claims c LEFT JOIN articles a USING (doc_id)
), owned AS (
    SELECT *,
        CASE WHEN is_alone THEN words_of(metric_words, getvariable('generic')) ELSE '' END AS thing
    FROM (SELECT *, words AS metric_words FROM named)
)
SELECT n, doc_id, doc, published, status, period_start, period_end, is_consistent, is_growth, entity, country,
    metric_id IS NOT NULL AS has_concept, words,
    CASE WHEN thing <> '' THEN 'thing' WHEN entity IS NOT NULL THEN 'entity'
        WHEN has_name AND words <> '' THEN 'words' ELSE 'none' END AS owner_kind,
    CASE owner_kind WHEN 'thing' THEN thing WHEN 'entity' THEN entity WHEN 'words' THEN words ELSE doc_id END AS owner,
    CASE WHEN is_growth AND metric_id IS NOT NULL THEN getvariable('growth_of')[metric_id]
        WHEN metric_id IS NOT NULL THEN metric_id WHEN words <> '' THEN words END AS metric,
    CASE WHEN metric_id IS NULL OR owner_kind = 'thing' THEN '' ELSE narrowed END AS qualifier,
    CASE
        WHEN regexp_matches(told, getvariable('previous')) THEN 'previous'
        WHEN is_growth AND list_contains(getvariable('yearly'), metric_id) THEN 'year'
        WHEN regexp_matches(told, getvariable('year')) THEN 'year'
        WHEN baseline_start BETWEEN period_start - 373 AND period_start - 358 THEN 'year'
        WHEN baseline_end BETWEEN period_start - 5 AND period_start THEN 'previous'
        WHEN baseline_start IS NOT NULL AND NOT is_growth THEN 'from ' || baseline_start
        WHEN period_end - period_start > 300 THEN 'year' END AS basis,
    hash(owner_kind, owner, coalesce(metric, doc_id), qualifier, status) AS block,
    hash(metric, has_concept, words, qualifier) AS kind
FROM owned;
