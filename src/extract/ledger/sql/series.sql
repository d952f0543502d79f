-- One row for each statement of a time, with an owner and a metric that are known.
INSERT INTO series
SELECT s.owner, s.owner_name, s.metric, s.qualifier, s.level_unit, s.period_start, s.period_end, s.level, s.percent,
    s.change, s.change_unit, s.basis, s.status, s.first_date, s.articles, s.sources,
    row_number() OVER (PARTITION BY s.owner, s.metric, s.qualifier, s.status, s.period_start, s.period_end, s.basis,
        s.measured_in ORDER BY r.second IS NULL, s.is_period_inferred, CASE WHEN r.second IS NOT NULL THEN s.first_date END DESC,
            s.sources DESC, s.articles DESC, s.first_date, s.statement_id) = 1,
    s.statement_id
FROM (
    -- What is told in per cent alone is measured in what others tell of it: values and volumes do not compete.
    SELECT *, coalesce(level_unit, max(level_unit) OVER (
        PARTITION BY owner, metric, qualifier, status, period_start, period_end, basis)) AS measured_in
    FROM statements
) s
LEFT JOIN (SELECT DISTINCT second_id AS second FROM contradictions WHERE is_revision) r ON r.second = s.statement_id
WHERE s.owner_kind <> 'none' AND s.metric IS NOT NULL AND s.period_start IS NOT NULL
    AND s.status IN ('actual', 'projected') AND coalesce(s.level, s.percent, s.change) IS NOT NULL
ORDER BY s.owner, s.metric, s.qualifier, s.period_start, s.period_end, s.status, s.first_date, s.statement_id;

-- Each forecast beside what was reported later of the same thing and time.
INSERT INTO forecasts
SELECT f.statement_id, o.statement_id, f.owner, f.owner_name, f.metric, f.qualifier, f.period_start, f.period_end,
    p.speakers, f.as_of, o.as_of, f.unit, f.value, o.value, f.percent, o.percent,
    o.percent - f.percent, CASE WHEN f.unit = o.unit THEN o.value - f.value END
FROM series f JOIN statements p USING (statement_id)
LEFT JOIN series o ON o.owner = f.owner AND o.metric = f.metric AND o.qualifier IS NOT DISTINCT FROM f.qualifier
    AND o.period_start = f.period_start AND o.period_end = f.period_end AND o.status = 'actual' AND o.is_current
    AND coalesce(o.as_of >= f.as_of, true)
    AND (f.percent IS NOT NULL AND o.percent IS NOT NULL OR f.unit = o.unit AND f.value IS NOT NULL AND o.value IS NOT NULL)
WHERE f.status = 'projected'
QUALIFY row_number() OVER (PARTITION BY f.statement_id
    ORDER BY f.basis IS DISTINCT FROM o.basis, o.articles DESC, o.statement_id) = 1
ORDER BY f.statement_id;
