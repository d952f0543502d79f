-- Of the tellings that are left, those that agree with none before them are statements; what agrees with these is theirs.
CREATE OR REPLACE TEMP TABLE heads AS SELECT DISTINCT a AS t FROM open_pairs ANTI JOIN (SELECT DISTINCT b FROM open_pairs) f ON a = f.b;
INSERT INTO followers SELECT DISTINCT b FROM open_pairs SEMI JOIN heads ON a = heads.t;
CREATE OR REPLACE TEMP TABLE open_pairs AS
SELECT a, b FROM open_pairs
ANTI JOIN heads ON a = heads.t
ANTI JOIN followers x ON a = x.t
ANTI JOIN followers y ON b = y.t;
