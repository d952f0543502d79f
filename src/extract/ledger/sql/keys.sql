-- What each claim is of: owner, metric, qualifier and status, as one block; its period, and what it is compared with.
-- Later steps join by numbers, `n` of the claim and hashes of its article, block and kind, for these are short.
CREATE OR REPLACE TEMP TABLE keyed AS
WITH known AS (
    SELECT c.rowid AS n, c.* EXCLUDE (period_start, period_end, status), a.published, hash(c.doc_id) AS doc,
        l.period_start AS lead_start, l.period_end AS lead_end, t.entity AS topic, split_part(topic, ':', 1) AS topic_kind,
        -- `raised its forecast of exports to 6 %` has happened, the exports have not; `rises in January` is ahead in May
        CASE WHEN c.status = 'actual' AND (coalesce(c.period_start > published, false)
            OR coalesce(regexp_matches(lower(metric), getvariable('foreseeing')), false)) THEN 'projected'
            ELSE c.status END AS status,
        -- what has happened in a month that is not over is not of that month
        c.status = 'actual' AND c.period_end - c.period_start >= 27 AND coalesce(c.period_end > published, false) AS is_early,
        CASE WHEN c.period_end IS NOT NULL AND NOT is_early THEN c.period_start END AS own_start,
        CASE WHEN c.period_start IS NOT NULL AND NOT is_early THEN c.period_end END AS own_end,
        -- a rate that a central bank sets is its country's
        coalesce(CASE WHEN metric_id = 'policy_rate' THEN getvariable('peoples')[
            regexp_extract(lower(subject_name), '\bbank of (?:the )?(.+)$', 1)] END,
            subject, 'country:' || subject_country) AS own_entity,
        coalesce(list_contains(getvariable('alone'), metric_id), false) AS is_alone,
        coalesce(list_contains(getvariable('moving'), metric_id), false) AS is_moving,
        -- `sales to France` has the name of the other side, which the record tells
        regexp_matches(metric, '.[\s(“"''’-]\p{Lu}') AND partner IS NULL AS has_name
    FROM claims c LEFT JOIN articles a ON a.doc_id = c.doc_id LEFT JOIN topics t ON t.doc_id = c.doc_id
    LEFT JOIN leads l ON l.doc_id = c.doc_id AND {'start': c.start, 'id': c.mention_id} > l.place
), headed AS (
    -- the owner of the headline, where the claim has none and may be of it
    SELECT *, CASE
            WHEN own_entity IS NOT NULL OR is_alone OR is_moving OR coalesce(has_name, false) THEN NULL
            WHEN topic_kind = 'org' AND coalesce(list_contains(getvariable('of_countries'), metric_id), false) THEN NULL
            WHEN topic_kind = 'country' AND coalesce(list_contains(getvariable('of_companies'), metric_id), false) THEN NULL
            WHEN topic_kind <> 'country' AND coalesce(regexp_matches(metric, '(?i)\bnation'), false) THEN NULL
            ELSE topic END AS headed,
        coalesce(own_entity, headed) AS entity
    FROM known
), named AS (
    SELECT n, doc_id, doc, published, status, headed, entity,
        CASE WHEN subject_country IS NOT NULL THEN 'country:' || subject_country
            WHEN starts_with(headed, 'country:') THEN headed END AS country,
        -- the period of the claim that leads, where the claim has none and its baseline fits
        own_start IS NULL AND period IS NULL AND status = 'actual' AND entity IS NOT NULL AND NOT is_alone AND NOT is_moving
            AND lead_start IS NOT NULL
            AND coalesce(baseline_start BETWEEN lead_start - 373 AND lead_start - 358
                OR baseline_end BETWEEN lead_start - 5 AND lead_start, true) AS is_led,
        CASE WHEN is_led THEN lead_start ELSE own_start END AS period_start,
        CASE WHEN is_led THEN lead_end ELSE own_end END AS period_end,
        -- what a period is compared with lies before it
        CASE WHEN baseline_start < coalesce(period_start, baseline_start + 1) THEN baseline_start END AS baseline_start,
        CASE WHEN baseline_start < coalesce(period_start, baseline_start + 1) THEN baseline_end END AS baseline_end,
        metric_id, "check" <> 'inconsistent' AS is_consistent, is_alone, has_name,
        coalesce(getvariable('growth_of')[metric_id] IS NOT NULL AND (
            to_unit = 'percent' OR (to_value IS NULL AND from_value IS NULL AND change_unit = 'percent'
                AND direction = 'increase' AND list_contains(getvariable('loose'), metric_id))), false)
            OR (metric_id IS NULL AND to_unit = 'percent' AND regexp_matches(metric, '(?i)\bgrowth\b')) AS is_growth,
        coalesce(name_words(subject_name), []) AS own_names,
        CASE WHEN partner IS NULL THEN [] ELSE getvariable('across') || coalesce(name_words(partner_name), []) END
            AS other_names,
        words_of(metric, getvariable('neutral'), own_names) AS words,
        -- `miners' wages` are narrower than wages, though the qualifier does not have them
        concat_ws(' ', metric_qualifier, regexp_extract(metric, '(\pL+s)[''’](?:\s|$)', 1)) AS narrowing,
        trim(concat_ws(' ', words_of(narrowing, getvariable('neutral'), own_names || other_names), partner)) AS narrowed,
        lower(concat_ws(' ', baseline, metric, metric_qualifier)) AS told
    FROM headed
), owned AS (
    SELECT *,
        CASE WHEN is_alone THEN words_of(metric_words, getvariable('generic'), []) ELSE '' END AS thing
    FROM (SELECT *, words AS metric_words FROM named)
)
SELECT n, doc_id, doc, published, status, period_start, period_end, is_consistent, is_growth, entity, country,
    headed IS NOT NULL AS is_headed, is_led,
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
