"""The shipped model loads with the package, and any other pipeline may stand in for it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Config

import extract
from extract.errors import ModelError
from extract.rules.entities import statistical
from extract.rules.entities.chunks import names_by_chunks
from extract.rules.entities.features import OF_ARTICLE, OF_WORD, OPENING, features, inputs

TEXT = "Ms Asel Nurbekova of Kilima Brokers Ltd flew to Kenya.\n\nNurbekova's profit: HK$5.4m—up 3%."
LIMIT = 15 * 2**20
ROOT = Path(__file__).parents[2]


def test_the_shipped_model_sets_entities(nlp: Language) -> None:
    assert nlp.pipe_names.index("ner") < nlp.pipe_names.index("extract_entities")
    found = {(ent.text, ent.label_) for ent in nlp(TEXT).ents}
    assert {("Asel Nurbekova", "PERSON"), ("Kenya", "GPE")} <= found


def test_the_shipped_model_is_small() -> None:
    folder = Path(str(statistical.SHIPPED))
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= LIMIT


def test_without_the_model_the_rules_find_names() -> None:
    nlp = extract.load()
    with nlp.select_pipes(disable=["ner"]):
        doc = nlp(TEXT)
        assert [(s.text, s.label_) for s in doc.spans["entities"]][:1] == [("Asel Nurbekova", "PERSON")]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A pipeline of another tokeniser that knows two names."""
    other = spacy.blank("en")
    other.tokenizer = spacy.blank("xx").tokenizer
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Qelva Works"}, {"label": "PERSON", "pattern": "Dorlin"}])  # type: ignore[attr-defined]
    other.to_disk(tmp_path / "other")
    return tmp_path / "other"


def test_another_pipeline_instead(saved: Path, nlp: Language) -> None:
    text = "The Qelva Works grew 5%—said Dorlin. Shares of Qelva Works fell HK$5.4m."
    other = extract.load(model=str(saved))
    doc, ours = other(text), nlp(text)
    assert "ner" not in other.pipe_names
    assert [(s.text, s.label_) for s in doc.spans["entities"]] == [
        ("Qelva Works", "ORG"),
        ("Dorlin", "PERSON"),
        ("Qelva Works", "ORG"),
    ]
    assert [t.text for t in doc] == [t.text for t in ours]
    assert [s.start for s in doc.sents] == [s.start for s in ours.sents]
    assert doc.text == text


def test_a_model_that_is_not_installed() -> None:
    with pytest.raises(ModelError, match=r"no spaCy pipeline 'xx_none'.*spacy download xx_none"):
        extract.load(model="xx_none")


def test_a_pipeline_without_names(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="finds no named entities"):
        extract.load(model=str(tmp_path / "blank"))


@pytest.mark.parametrize("length", [1, 7, 40, 200])
def test_pieces_give_the_names_of_the_whole(nlp: Language, length: int) -> None:
    """Also where names repeat, as what the article says elsewhere counts everywhere."""
    text = (ROOT / "corpus/world_briefs.md").read_text() + TEXT
    with nlp.select_pipes(enable=["extract_sentences", "ner"]):
        doc = nlp(text)
    names = names_by_chunks(nlp.get_pipe("ner").recogniser, doc, length=length)  # type: ignore[attr-defined]
    assert len(names) > 20
    if length > max(len(sentence) for sentence in doc.sents):
        assert [(s.start, s.end, s.label_) for s in names] == [(s.start, s.end, s.label_) for s in doc.ents]
    else:  # a name may end with its piece
        assert all(one.end <= other.start for one, other in pairwise(names))
        assert {s.start for s in doc.ents} <= {s.start for s in names}


def test_features_are_whole_and_stable(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    first = features(doc)
    assert first.shape == (len(doc), len(OF_WORD) + len(OF_ARTICLE))
    assert numpy.array_equal(first, features(nlp.make_doc(TEXT)))
    assert features(nlp.make_doc("")).shape == (0, first.shape[1])


def test_the_decoder_finds_what_the_parser_does(nlp: Language) -> None:
    """All names of the corpus that begin where a name may, and texts on which the two might part."""
    folder = Path(str(statistical.SHIPPED))
    parser = nlp.create_pipe("ner", config=Config().from_disk(folder / "config.cfg")["ner"])
    parser.from_disk(folder / "ner", exclude=["vocab"])  # type: ignore[attr-defined]
    decoder: Any = nlp.get_pipe("ner")
    marks = nlp.get_pipe("extract_sentences")
    texts = [path.read_text() for path in sorted((ROOT / "corpus").glob("*.txt"))]
    long = "University of the " * 30 + "moon. " + "New York " * 40
    for text in [*texts, "", "Kenya", " \n\n ", "Ana Costa\nBank of Ghana", long]:
        first, second = marks(nlp.make_doc(text)), marks(nlp.make_doc(text))
        opening = inputs(second)[:, OPENING]
        assert [(s.start, s.end, s.label_) for s in decoder(first).ents] == [
            (s.start, s.end, s.label_) for s in parser(second).ents if opening[s.start]
        ]
        assert first.has_annotation("ENT_IOB") == second.has_annotation("ENT_IOB")


@pytest.mark.parametrize("name", ["bin Laden", "al-Nusra", "easyJet", "3rd Fleet", "Mar-a-Lago"])
def test_a_name_may_begin_with_a_small_letter(nlp: Language, name: str) -> None:
    doc = nlp.make_doc(f"They said that {name} had left.")
    first = next(token.i for token in doc if token.idx == len("They said that "))
    assert inputs(doc)[:, OPENING].tolist()[first] == 1
    assert not inputs(doc)[first + len(nlp.make_doc(name)) :, OPENING].any()


def test_the_vectors_are_those_of_training(nlp: Language) -> None:
    """By the layers that spaCy trains, and by ours; words are kept, so the second time finds them known."""
    folder = Path(str(statistical.SHIPPED))
    parser: Any = nlp.create_pipe("ner", config=Config().from_disk(folder / "config.cfg")["ner"])
    parser.from_disk(folder / "ner", exclude=["vocab"])
    trained = parser.model.get_ref("tok2vec").layers[0]
    ours = nlp.get_pipe("ner").recogniser.vectors  # type: ignore[attr-defined]
    for text in (TEXT, TEXT, "", "Kenya", "isn't it\r\n\r\n  Kenya?"):
        doc = nlp.make_doc(text)
        (expected,) = trained.predict([doc])
        for wanted in (numpy.ones(len(doc), dtype=bool), numpy.arange(len(doc)) % 7 == 3):
            assert numpy.allclose(expected[wanted], ours(inputs(doc), wanted, doc.vocab), atol=1e-4)


def test_words_over_the_limit_are_forgotten(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = nlp.get_pipe("ner").recogniser.vectors  # type: ignore[attr-defined]
    monkeypatch.setattr(ours.known, "most", 20)
    doc = nlp.make_doc(TEXT)
    expected = _vectors(ours, doc)
    for number in range(100):
        _vectors(ours, nlp.make_doc(f"word{number} Word{number}"))
        assert len(ours.known) <= 20 + len(doc)
    assert numpy.allclose(expected, _vectors(ours, doc), atol=1e-5)


def _vectors(ours: Any, doc: Doc) -> Any:
    return ours(inputs(doc), numpy.ones(len(doc), dtype=bool), doc.vocab)
