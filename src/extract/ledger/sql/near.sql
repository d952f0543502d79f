-- Pairs of tellings that meet in a place. Where many meet, the first of them alone may lead: what is alike in so much
-- is mostly one, and the pairs grow no faster than the tellings.
CREATE OR REPLACE TEMP TABLE crowded AS
SELECT place, max(t) AS last FROM (
    SELECT place, unnest(min(t, getvariable('most_leads'))) AS t
    FROM places SEMI JOIN (
        SELECT place FROM places WHERE leads GROUP BY place HAVING count(*) > getvariable('most_leads')
    ) USING (place)
    WHERE leads GROUP BY place
) GROUP BY place;

CREATE OR REPLACE TEMP TABLE near AS
SELECT a.t AS a, b.t AS b, a.cost + b.cost AS cost
FROM (SELECT t, place, p.cost FROM places p LEFT JOIN crowded USING (place) WHERE leads AND t <= coalesce(last, t)) a
JOIN (SELECT t, place, cost FROM places WHERE follows) b USING (place)
WHERE a.t < b.t;
DROP TABLE places;
