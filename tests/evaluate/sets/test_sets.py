"""Each format on a small file that was written for it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import DocBin
from spacy.tokens import Span as SpacySpan

from extract.articles import Article
from extract.errors import GoldError, OptionError
from extract.evaluate import score
from extract.evaluate.sets import FORMATS, AnnotatedSet, read_set
from extract.records import Date, Entity, Fact, Money
from tests.evaluate.build import fact

TIMEML = """\
<?xml version="1.0" ?>
<TimeML>
<DOCID>wire</DOCID>
<DCT><TIMEX3 tid="t0" type="TIME" value="2024-06-09T08:00">June 9</TIMEX3></DCT>
<TEXT>
Sales &amp; more <EVENT eid="e1">rose</EVENT> in <TIMEX3 tid="t1" type="DATE" value="2024-05">May</TIMEX3>,
<SIGNAL sid="s1">after <TIMEX3 tid="t2" type="DURATION" value="P2Y">two years</TIMEX3></SIGNAL>.
</TEXT>
</TimeML>
"""

CONLL = """\
-DOCSTART- -X- O O

Ann NNP B-PER
Lee NNP I-PER
left VBD O
New NNP B-LOC
York NNP I-LOC
( ( O
U.S. NNP B-LOC
) ) O
. . O

Kenya NNP I-LOC
's POS O
Acme NNP S-ORG

-DOCSTART- -X- O O

Dutch NNP B-MISC
German NNP B-MISC
"""


DOCCANO_NULL = '{"text": "x", "entities": [{"start_offset": null, "end_offset": 1, "label": "ORG"}]}'
LABEL_STUDIO_HTML = json.dumps(
    [
        {
            "data": {"text": "<p>Acme</p>"},
            "annotations": [
                {"result": [{"value": {"start": "/p[1]/text()", "end": "/p[1]/text()", "labels": ["ORG"]}}]}
            ],
        }
    ]
)


def read(folder: Path, format: str, **files: str) -> AnnotatedSet:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_text(content, encoding="utf-8")
    return read_set(folder, format)


def spans(given: AnnotatedSet) -> list[tuple[str, str, str]]:
    """Article, label and text of each gold fact; the text is that of the article at its offsets."""
    texts = {article.id: article.text for article in given.articles}
    assert all(texts[fact.doc_id][fact.start : fact.end] == fact.text for fact in given.gold)
    return [(fact.doc_id, getattr(fact, "label", fact.kind), fact.text) for fact in given.gold]


def test_timeml(tmp_path: Path) -> None:
    given = read(tmp_path, "timeml", wire__tml=TIMEML)
    (article,) = given.articles
    assert (article.id, article.published) == ("wire", date(2024, 6, 9))
    assert article.text == "\nSales & more rose in May,\nafter two years.\n"
    assert spans(given) == [("wire", "date", "May"), ("wire", "date", "two years")]
    assert [(f.timex_type, f.value) for f in given.gold if isinstance(f, Date)] == [
        ("DATE", "2024-05"),
        ("DURATION", "P2Y"),
    ]


def test_timeml_has_the_four_figures_of_tempeval(tmp_path: Path) -> None:
    given = read(tmp_path, "timeml", wire__tml=TIMEML)
    text = given.articles[0].text
    found: list[Fact] = [
        at("wire", text, "May", "date", value="2024-05", mod="START", date_start=date(2024, 5, 1)),
        at("wire", text, "after two years", "date", timex_type="DURATION", value="P1Y"),
        at("wire", text, "Sales", "date"),
        at("wire", text, "Sales", "money"),
    ]
    rows = {s.row: (s.hits, s.gold, s.found) for s in score(given.gold, given.comparable(found)).scores}
    assert rows == {
        "found": (2, 2, 3),
        "exact span": (1, 2, 3),
        "type": (2, 2, 3),
        "value": (1, 2, 3),
        "exact+value": (1, 2, 3),
    }


def test_tempeval_pairs_equal_spans_and_then_from_the_left(tmp_path: Path) -> None:
    content = '<TimeML><TEXT><TIMEX3 tid="t1" type="DATE" value="x">early May 2024</TIMEX3></TEXT></TimeML>'
    given = read(tmp_path, "timeml", wire__tml=content)
    found = [
        at("wire", "early May 2024", "early", "date", value="x"),
        at("wire", "early May 2024", "May 2024", "date", value="y"),
    ]
    (value,) = (s for s in score(given.gold, found).scores if s.row == "value")
    assert value.hits == 1
    assert [s.hits for s in score(list(given.gold), found).scores if s.row == "value"] == [0]


def at(doc: str, text: str, quote: str, kind: str, **values: Any) -> Fact:
    start = text.index(quote)
    return fact(kind, start, start + len(quote), doc=doc, text=quote, **values)


def test_conll(tmp_path: Path) -> None:
    given = read(tmp_path, "conll", news__conll=CONLL)
    assert [article.text for article in given.articles] == [
        "Ann Lee left New York (U.S.).\nKenya's Acme\n",
        "Dutch German",
    ]
    assert spans(given) == [
        ("news", "PERSON", "Ann Lee"),
        ("news", "LOC", "New York"),
        ("news", "LOC", "U.S."),
        ("news", "LOC", "Kenya"),
        ("news", "ORG", "Acme"),
        ("news-2", "MISC", "Dutch"),
        ("news-2", "MISC", "German"),
    ]


def test_labels_of_a_set_with_fewer(tmp_path: Path) -> None:
    given = read(tmp_path, "conll", news__conll=CONLL)
    text = given.articles[0].text
    found = [
        at("news", text, "Ann Lee", "entity", label="PERSON", name="Dr Lee", country="US"),
        at("news", text, "New York", "entity", label="GPE"),
        at("news", text, "U.S.", "entity", label="ORG"),
        at("news-2", "Dutch German", "Dutch", "entity", label="NORP"),
        at("news-2", "Dutch German", "German", "entity", label="LAW"),
    ]
    figures = score(given.gold, given.comparable(found), labels=True)
    assert {s.row: (s.hits, s.gold, s.found) for s in figures.scores} == {
        "found": (5, 7, 5),
        "exact span": (5, 7, 5),
        "label": (4, 7, 5),
        "exact+label": (4, 7, 5),
        "LOC": (1, 3, 1),
        "MISC": (2, 2, 2),
        "ORG": (0, 1, 1),
        "PERSON": (1, 1, 1),
    }
    assert sum(sum(s.hits for s in scores if s.row == "LOC") for scores in figures.articles.values()) == 1


def test_a_label_that_the_set_lacks_does_not_count(tmp_path: Path) -> None:
    given = read(tmp_path, "conll", news__conll="Ann B-PER\n")
    found = [fact("entity", 0, 3, doc="news", label=label) for label in ("GPE", "LAW", "NORP", "ORG")]
    assert given.comparable(found) == []
    assert isinstance(given.comparable([fact("entity", 0, 3, label="PERSON")])[0], Entity)


def test_brat(tmp_path: Path) -> None:
    notes = "T1\tPERSON 0 7\tAnn Lee\nR1\tWorks Arg1:T1 Arg2:T2\n"
    notes += "T2\tORG 12 16;17 20\tAcme Inc\nT3\tEVENTUAL 0 1\tA\n"
    given = read(tmp_path, "brat", a__ann=notes, a__txt="Ann Lee runs Acme Inc.\nNow.")
    assert spans(given)[0] == ("a", "PERSON", "Ann Lee")
    assert [label for _, label, _ in spans(given)] == ["PERSON", "ORG"]


def test_doccano(tmp_path: Path) -> None:
    lines = [
        {"id": 7, "text": "Ann of Acme", "label": [[0, 3, "PER"], [7, 11, "ORG"]]},
        {"text": "On Monday", "entities": [{"start_offset": 3, "end_offset": 9, "label": "DATE"}]},
    ]
    given = read(tmp_path, "doccano", all__jsonl="\n".join(map(json.dumps, lines)))
    assert spans(given) == [("7", "PERSON", "Ann"), ("7", "ORG", "Acme"), ("all-2", "date", "Monday")]
    found = [fact("date", 3, 9, doc="all-2", value="2024-06-10", text="Monday")]
    rows = {s.row: s.hits for s in score(given.gold, found).scores if s.kind == "date"}
    assert rows == {"found": 1, "exact span": 1}  # such a set has no values to compare


def test_label_studio(tmp_path: Path) -> None:
    def result(start: int, end: int, label: str) -> dict[str, Any]:
        return {"type": "labels", "value": {"start": start, "end": end, "labels": [label]}}

    task = {
        "id": 3,
        "data": {"text": "Ann paid $5"},
        "annotations": [
            {"result": [result(0, 3, "PERSON"), result(9, 11, "MONEY"), {"value": {"choices": ["good"]}}]},
            {"result": [result(0, 11, "ORG")]},
        ],
    }
    given = read(tmp_path, "label-studio", export__json=json.dumps([task, {"data": {"text": "None."}}]))
    assert spans(given) == [("3", "PERSON", "Ann"), ("3", "money", "$5")]
    assert given.articles[1] == Article(id="export-2", text="None.")
    rows = {s.row: s.hits for s in score(given.gold, [fact("money", 9, 11, doc="3")]).scores}
    assert rows["exact span"] == 1
    assert "amount" not in rows


def test_recognizers(tmp_path: Path) -> None:
    def result(text: str, start: int, value: str | None, unit: str, **more: str) -> dict[str, Any]:
        resolution = {"value": value, "unit": unit} | more
        place = {"Start": start, "End": start + len(text) - 1}
        return {"Text": text, "TypeName": "currency", "Resolution": resolution} | place

    cases = [
        {
            "Input": "50 cents, 3 pesos or dollars",
            "Results": [
                result("50 cents", 0, "50", "Cent"),
                result("3 pesos", 10, "3", "Mexican peso", isoCurrency="MXN"),
                result("dollars", 21, None, "Dollar"),
            ],
        }
    ]
    given = read(tmp_path, "recognizers", CurrencyModel__json=json.dumps(cases))
    assert [(f.text, f.amount, f.currency) for f in given.gold if isinstance(f, Money)] == [
        ("50 cents", Decimal("0.5"), "USD"),
        ("3 pesos", Decimal(3), "MXN"),
    ]
    doc = "CurrencyModel-0"
    found = [
        fact("money", 0, 8, doc=doc, amount=Decimal("0.5"), modifier="approx"),
        fact("money", 10, 17, doc=doc, amount=Decimal(3), currency="ARS"),
    ]
    rows = {s.row: s.hits for s in score(given.gold, found).scores}
    assert (rows["amount"], rows["amount+currency"], rows["all fields"]) == (2, 1, 1)


def test_spacy(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    docs = [nlp("Ann Lee left."), nlp("Acme paid $5 on Monday.")]
    docs[0].set_ents([SpacySpan(docs[0], 0, 2, label="PERSON")])
    places = [("ORG", 0, 1), ("MONEY", 2, 4), ("DATE", 5, 6)]
    docs[1].set_ents([SpacySpan(docs[1], start, end, label=label) for label, start, end in places])
    DocBin(docs=docs).to_disk(tmp_path / "dev.spacy")
    given = read_set(tmp_path, "spacy")
    assert spans(given) == [
        ("dev-1", "PERSON", "Ann Lee"),
        ("dev-2", "ORG", "Acme"),
        ("dev-2", "money", "$5"),
        ("dev-2", "date", "Monday"),
    ]
    (tmp_path / "bad.spacy").write_bytes(b"not packed")
    with pytest.raises(GoldError, match=r"bad\.spacy: is not a spaCy DocBin"):
        read_set(tmp_path / "bad.spacy", "spacy")


@pytest.mark.parametrize(
    ("format", "name", "content", "reason"),
    [
        ("timeml", "a.tml", "<TimeML>", "a.tml: is not XML"),
        ("timeml", "a.tml", "<TimeML/>", "a.tml: has no TEXT element"),
        ("conll", "a.conll", "Ann PER\n", "a.conll:1: 'Ann PER' has no tag such as B-PER or O"),
        ("conll", "a.conll", "Ann\n", "a.conll:1: 'Ann' has no tag"),
        ("brat", "a.ann", "T1 PERSON 0 7 Ann", "a.ann:1: 'T1 PERSON 0 7 Ann' is not a text-bound annotation"),
        ("brat", "a.ann", "T1\tPERSON 0 70\tAnn", "a has a span 0-70 outside of its text"),
        ("doccano", "a.jsonl", "{", "a.jsonl:1: is not JSON"),
        ("doccano", "a.jsonl", '{"text": "x", "label": [[0]]}', "a.jsonl:1: has no text with spans"),
        ("doccano", "a.jsonl", '{"id": 1, "text": "x"}\n' * 2, "a second article is named 1"),
        (
            "doccano",
            "a.jsonl",
            DOCCANO_NULL,
            "a.jsonl:1: has no text with spans as doccano writes them; export",
        ),
        ("doccano", "a.jsonl", '{"text": null}', "a.jsonl:1: has no text with spans"),
        ("doccano", "a.jsonl", '{"text": "x", "label": [[0, 1, null]]}', "a.jsonl:1: has no text with spans"),
        (
            "doccano",
            "a.jsonl",
            '{"text": "x", "label": [[0, 1, "FOOD"]]}',
            "has a label that is known, but FOOD",
        ),
        ("label-studio", "a.json", LABEL_STUDIO_HTML, "task 1 has no data.text with annotations at offsets"),
        ("label-studio", "a.json", LABEL_STUDIO_HTML, "label plain text (a Text tag, not HyperText)"),
        ("recognizers", "a.json", "[3]", "a.json: has no specs of Recognizers-Text"),
        ("label-studio", "a.json", "{}", "a.json: is not a list of tasks; export as JSON"),
        ("label-studio", "a.json", '[{"data": {}}]', "a.json: task 1 has no data.text"),
        ("timeml", "a.xml", TIMEML, "holds no file of the format timeml, which end in .tml"),
    ],
)
def test_refused(tmp_path: Path, format: str, name: str, content: str, reason: str) -> None:
    (tmp_path / "a.txt").write_text("Ann Lee left.")
    if format == "conll":
        (tmp_path / "a.txt").unlink()
    (tmp_path / name).write_text(content)
    with pytest.raises(GoldError) as error:
        read_set(tmp_path, format)
    assert reason in str(error.value)


def test_a_file_beside_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"a\.ann: cannot be read .*a\.txt"):
        read(tmp_path, "brat", a__ann="")


def test_every_format_is_on_the_command_line() -> None:
    from extract.cli.evaluate import evaluate

    (option,) = (param for param in evaluate.params if param.name == "gold_format")
    assert list(option.type.choices) == list(FORMATS)  # type: ignore[attr-defined]


def test_labels_of_other_sets_are_those_of_ours_and_unknown_ones_are_counted(tmp_path: Path) -> None:
    tags = ["B-LOCATION", "B-corporation", "B-group", "B-creative-work", "B-person", "B-product", "B-FOOD"]
    given = read(tmp_path, "conll", a__conll="".join(f"T{n} {tag}\n" for n, tag in enumerate(tags)))
    assert [label for _, label, _ in spans(given)] == [
        "LOC",
        "ORG",
        "ORG",
        "WORK_OF_ART",
        "PERSON",
        "PRODUCT",
    ]
    assert given.left_out == {"FOOD": 1}


def test_a_token_of_a_hash_is_no_comment(tmp_path: Path) -> None:
    given = read(tmp_path, "conll", a__conll="# a comment\nNo. B-ORG\n# I-ORG\n1 I-ORG\n\n# O\n")
    assert [text for _, _, text in spans(given)] == ["No. #1"]
    assert given.articles[0].text.split() == ["No.", "#1", "#"]


def test_an_unknown_format_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"unknown format 'bogus'; known are timeml .* spacy"):
        read_set(tmp_path, "bogus")
