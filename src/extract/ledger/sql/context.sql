-- What an article says of all its claims: whose they are, by its headline, and when, by the claim that leads it. Both are
-- used where a claim has none of its own.

-- Names that mean one owner: those of the claims, and peoples (`Korean`) for their countries.
CREATE OR REPLACE TEMP TABLE names AS
SELECT name, min(entity) AS entity FROM (
    SELECT DISTINCT plain(subject_name) AS name, subject AS entity FROM claims WHERE subject_name IS NOT NULL
    UNION
    SELECT unnest(map_keys(getvariable('peoples'))), unnest(map_values(getvariable('peoples')))
) WHERE name <> '' GROUP BY name HAVING count(*) = 1;

-- The owners that a headline names; of `Acme Motors` and `Acme` the longer one.
CREATE OR REPLACE TEMP TABLE headlines AS
WITH heads AS (
    SELECT doc_id, string_split(plain(title), ' ') AS words FROM articles
    WHERE title IS NOT NULL AND doc_id IN (SELECT doc_id FROM claims WHERE subject IS NULL)
), found AS (
    SELECT doc_id, entity, place, place + length AS behind
    FROM (SELECT doc_id, words, unnest(range(1, len(words) + 1)) AS place FROM heads)
    CROSS JOIN (VALUES (1), (2), (3)) lengths(length)
    JOIN names ON name = array_to_string(words[place:place + length - 1], ' ')
    WHERE place + length <= len(words) + 1
)
SELECT DISTINCT doc_id, entity FROM found f
WHERE NOT EXISTS (SELECT 1 FROM found o WHERE o.doc_id = f.doc_id AND o.place <= f.place AND o.behind >= f.behind
    AND o.behind - o.place > f.behind - f.place);

-- The one owner of a headline. A place of which no more than a name is known, a continent among them, is none.
CREATE OR REPLACE TEMP TABLE topics AS
SELECT doc_id, min(entity) AS entity FROM headlines WHERE NOT regexp_matches(entity, '^place:[a-z]')
GROUP BY doc_id HAVING count(*) = 1;

-- The time of the first claim of what has happened, if it was over on the day of the article and none is later.
CREATE OR REPLACE TEMP TABLE leads AS
SELECT doc_id, arg_min(period_start, place) AS period_start, arg_min(period_end, place) AS period_end,
    min(place) AS place
FROM (
    SELECT c.doc_id, period_start, period_end, {'start': c.start, 'id': mention_id} AS place
    FROM claims c JOIN articles a ON a.doc_id = c.doc_id
    WHERE status = 'actual' AND period_end - period_start >= 6 AND period_end < published
        AND coalesce(NOT list_contains(getvariable('moving'), metric_id), true)
) GROUP BY doc_id HAVING arg_min(period_end, place) = max(period_end);
