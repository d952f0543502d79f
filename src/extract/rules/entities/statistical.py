"""Names by a statistical model: the shipped one, or the `doc.ents` of any installed spaCy pipeline.

Both set `doc.ents` before `extract_entities` reads them; the text, the tokens and the sentences stay ours.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans
from thinc.api import Config

from extract.errors import ModelError
from extract.rules.entities.chunks import names_by_chunks
from extract.rules.entities.decoding import Decoder
from extract.rules.guard import guarded

CHUNK = 2000  # tokens

SHIPPED = files("extract").joinpath("model")
_NOT_NEEDED = ["tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "textcat"]


class ShippedNames:
    """Runs the shipped model, over a long document chunk by chunk."""

    def __init__(self, recogniser: Callable[[Doc], Doc], *, chunk: int = CHUNK) -> None:
        """Keep spaCy's component and how many tokens it is given at once, at most."""
        self.recogniser, self.chunk = recogniser, chunk

    @guarded("extract_shipped")
    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`."""
        if len(doc) <= self.chunk:
            return self.recogniser(doc)
        doc.set_ents(names_by_chunks(self.recogniser, doc, length=self.chunk), default="outside")
        return doc


@Language.factory("extract_shipped", assigns=["doc.ents"])
def make_shipped(nlp: Language, name: str) -> ShippedNames:
    """The factory of the component that runs the shipped model.

    Raises:
        ModelError: the installed package has no model, or not one for this release of spaCy.
    """
    try:
        with as_file(SHIPPED) as folder:
            recogniser: Any = nlp.create_pipe("ner", name, config=_config(folder)["ner"])
            recogniser.from_disk(folder / "ner", exclude=["vocab"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"the shipped model cannot be loaded: {error}; reinstall extract-facts") from error
    return ShippedNames(Decoder(recogniser))


@cache
def _config(folder: Path) -> Config:
    return Config().from_disk(folder / "config.cfg")


class PipelineNames:
    """Runs another pipeline over the text and takes over its named entities, grown to our tokens."""

    def __init__(self, other: Language) -> None:
        self.other = other

    @guarded("extract_model")
    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`."""
        theirs = self.other(doc.text).ents
        spans = [
            doc.char_span(e.start_char, e.end_char, label=e.label_, alignment_mode="expand") for e in theirs
        ]
        doc.ents = filter_spans(span for span in spans if span is not None)
        return doc


@Language.factory("extract_model", default_config={"model": ""}, assigns=["doc.ents"])
def make_model(nlp: Language, name: str, model: str) -> PipelineNames:
    """The factory of the component that runs another pipeline, given its name or path.

    Raises:
        ModelError: `model` is not installed or does not load, or it sets no named entities.
    """
    try:
        other = spacy.load(model, exclude=_NOT_NEEDED)
    except OSError:
        raise ModelError(
            f"no spaCy pipeline {model!r} is installed; install it (python -m spacy download {model}) "
            "or name the folder of a saved pipeline"
        ) from None
    except (ValueError, ImportError) as error:
        raise ModelError(f"the spaCy pipeline {model!r} does not load here: {error}") from error
    if not any("doc.ents" in other.get_pipe_meta(pipe).assigns for pipe in other.pipe_names):
        raise ModelError(f"the spaCy pipeline {model!r} finds no named entities; name one that does")
    return PipelineNames(other)
