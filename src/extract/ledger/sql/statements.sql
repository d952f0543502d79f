-- Each telling belongs to the statement that is nearest to it in time and value, of those that it agrees with.
CREATE OR REPLACE TEMP TABLE headed AS
WITH chosen AS (
    SELECT b AS t, arg_min({'head': a, 'weight': weight}, {'weight': -weight, 'distance': distance, 'a': a}) AS choice
    FROM pairs ANTI JOIN followers x ON a = x.t GROUP BY b
), apart AS (  -- of what one article has, a statement takes one claim that is only linked to it
    SELECT c.t, c.choice.head AS head, c.choice.weight >= getvariable('strict') OR g.docs > 1
        OR row_number() OVER (PARTITION BY c.choice.head, g.doc ORDER BY c.choice.weight DESC, c.t) = 1 AS is_taken
    FROM chosen c JOIN tellings g ON g.t = c.t
)
SELECT t, t AS head FROM tellings ANTI JOIN followers USING (t)
UNION ALL
SELECT t, CASE WHEN is_taken THEN head ELSE t END FROM apart;

CREATE OR REPLACE TEMP TABLE placed AS
SELECT d.n, d.doc, h.head, h.t = h.head AS leads
FROM members_of d JOIN tellings g USING (block, value) JOIN headed h USING (t);

-- The claim that speaks for a statement: of those with its fullest figures the first that was published.
CREATE OR REPLACE TEMP TABLE spoken AS
SELECT head, arg_min(n, {'unknown': k.published IS NULL, 'day': k.published, 'id': c.mention_id}) AS n,
    bool_and(k.is_headed) AS is_headed, bool_and(k.is_led) AS is_led
FROM placed p JOIN keyed k USING (n) JOIN claims c ON c.rowid = p.n WHERE leads GROUP BY head;

-- The id is made of what the statement says, so that it is the same in any ledger that has it in the same words.
CREATE OR REPLACE TEMP TABLE identified AS
SELECT g.t AS head, s.n, s.is_headed, s.is_led, k.owner_kind, k.owner, k.metric, k.qualifier, k.status, k.is_growth,
    substr(md5(concat_ws('|', k.owner_kind, k.owner, coalesce(k.metric, k.doc_id), k.qualifier, k.status,
        coalesce(CAST(g.period_start AS VARCHAR), '-'), coalesce(CAST(g.period_end AS VARCHAR), '-'),
        coalesce(g.basis, '-'), coalesce(g.level_unit, '-'), coalesce(g.change_unit, '-'),
        CASE WHEN NOT (g.percent_tells OR g.to_tells OR g.change_tells) THEN c.doc_id || ' ' || c.fact_id
            WHEN g.is_dated THEN '' ELSE coalesce(CAST(k.published AS VARCHAR), k.doc_id) END,
        [g.percent_low, g.percent_high, g.to_low, g.to_high, g.from_low, g.from_high, g.change_low, g.change_high]
    )), 1, 16) AS statement_id
FROM spoken s JOIN tellings g ON g.t = s.head JOIN keyed k ON k.n = s.n JOIN claims c ON c.rowid = s.n;

INSERT INTO members
SELECT c.mention_id, i.statement_id FROM placed p JOIN identified i USING (head) JOIN claims c ON c.rowid = p.n;

CREATE OR REPLACE TEMP TABLE counted AS
SELECT p.head, count(DISTINCT p.doc) AS articles, count(DISTINCT a.source) AS sources,
    min(a.published) AS first_date, max(a.published) AS last_date,
    max(c.subject_country) AS owner_country,
    list_sort(list_distinct(list(c.speaker) FILTER (c.speaker IS NOT NULL))) AS speakers,
    list_sort(list(c.mention_id)) AS mentions
FROM placed p JOIN claims c ON c.rowid = p.n LEFT JOIN articles a ON a.doc_id = c.doc_id
GROUP BY p.head;

-- An owner has one name, the one that most claims have; a country not that of its people.
CREATE OR REPLACE TEMP TABLE called AS
SELECT subject AS owner, arg_max(subject_name, {'claims': claims, 'length': length(subject_name), 'name': subject_name})
    AS owner_name
FROM (SELECT subject, subject_name, count(*) AS claims FROM claims
    WHERE subject IS NOT NULL AND subject_name IS NOT NULL
        AND NOT (starts_with(subject, 'country:') AND list_contains(getvariable('adjectives'), lower(subject_name)))
    GROUP BY ALL)
GROUP BY subject;

INSERT INTO statements
SELECT i.statement_id, CASE WHEN i.owner_kind <> 'none' THEN i.owner END, i.owner_kind,
    coalesce(n.owner_name, getvariable('countries')[i.owner], CASE WHEN i.owner_kind IN ('thing', 'words') THEN i.owner END),
    t.owner_country, i.is_headed,
    i.metric, c.metric, nullif(i.qualifier, ''), i.status, g.period_start, g.period_end, i.is_led, g.basis, c.direction,
    coalesce(CASE WHEN i.is_growth THEN coalesce(c.to_value, c.change_value) ELSE c.percent_change END,
        middle(g.percent_low, g.percent_high)), g.percent_low, g.percent_high,
    middle(g.change_low, g.change_high), g.change_unit, g.change_low, g.change_high,
    CASE WHEN NOT i.is_growth THEN coalesce(c.to_value, middle(g.to_low, g.to_high)) END,
    CASE WHEN NOT i.is_growth THEN coalesce(c.to_unit, g.level_unit) END, g.to_low, g.to_high,
    CASE WHEN NOT i.is_growth THEN coalesce(c.from_value, middle(g.from_low, g.from_high)) END,
    t.articles, t.sources, t.first_date, t.last_date, t.speakers, c.sentence, t.mentions
FROM identified i JOIN tellings g ON g.t = i.head JOIN claims c ON c.rowid = i.n JOIN counted t USING (head)
LEFT JOIN called n ON n.owner = i.owner
ORDER BY 1;
