"""Gold of spaCy: the entities of the documents in a `.spacy` file, as `spacy convert` makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.sets.base import Span


def read(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """The documents of a file with their entities, named after the file with their number.

    Raises:
        GoldError: The file is not a `DocBin`.
    """
    try:
        documents = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    except OSError:
        raise
    except Exception as error:
        raise GoldError(f"{path}: is not a spaCy DocBin ({error})") from error
    for number, doc in enumerate(documents, 1):
        spans = [Span(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
        yield Article(id=f"{path.stem}-{number}", text=doc.text), spans
