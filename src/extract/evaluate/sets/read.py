"""Reads an annotated set from a file, or from all files of its format in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from extract.articles import Article
from extract.errors import GoldError, OptionError
from extract.evaluate.sets import conll, newsquant, phrasebank, recognizers, spans, timeml
from extract.evaluate.sets.base import AnnotatedSet, Span

Annotated = Iterator[tuple[Article, Iterable[Span]]]

Format = tuple[tuple[str, ...], Callable[[Path], Annotated]]  # the suffixes of its files, and their reader


def _spacy(path: Path) -> Annotated:
    from extract import docbin  # imported here because spaCy is slow to import

    return docbin.read(path)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "timeml": ((".tml",), timeml.read),
        "conll": ((".conll", ".bio", ".iob", ".iob2", ".tsv", ".txt"), conll.read),
        "recognizers": ((".json",), recognizers.read),
        "newsquant": ((".json",), newsquant.read),
        "phrasebank": ((".txt", ".jsonl"), phrasebank.read),
        "brat": ((".ann",), spans.brat),
        "doccano": ((".jsonl",), spans.doccano),
        "label-studio": ((".json",), spans.label_studio),
        "spacy": ((".spacy",), _spacy),
    }
)
WITHOUT_PLACES: Mapping[str, type[AnnotatedSet]] = MappingProxyType(  # have their own scores
    {"newsquant": newsquant.NewsQuant, "phrasebank": phrasebank.PhraseBank}
)


def read_set(path: Path, format: str) -> AnnotatedSet:
    """Read the articles and gold of a set.

    Args:
        path: A file, or a folder with files of the format at any depth.
        format: The name of its format, one of `FORMATS`.

    Raises:
        OptionError: the format is unknown.
        GoldError: there is no such file, a file is not in the format, or two articles have the same id.
    """
    if format not in FORMATS:
        raise OptionError(f"unknown format {format!r}; known are {' '.join(FORMATS)}")
    suffixes, read = FORMATS[format]
    files = [path] if path.is_file() else [file for file in sorted(path.rglob("*")) if _is_of(file, suffixes)]
    if not files:
        raise GoldError(f"{path}: holds no file of the format {format}, which end in {' '.join(suffixes)}")
    annotated: list[tuple[Article, Iterable[Span]]] = []
    seen: set[str] = set()
    for file in files:
        for article, of_article in _checked(file, read(file)):
            if article.id in seen:
                raise GoldError(f"{file}: a second article is named {article.id}; rename one")
            seen.add(article.id)
            annotated.append((article, of_article))
    try:
        return WITHOUT_PLACES.get(format, AnnotatedSet).of(annotated)
    except GoldError as error:
        raise GoldError(f"{path}: {error}") from error


def _is_of(file: Path, suffixes: Iterable[str]) -> bool:
    return file.suffix in suffixes and not file.name.startswith("._")


def _checked(file: Path, annotated: Annotated) -> Annotated:
    """The articles of a file, checked to have spans within their texts.

    Raises:
        GoldError: a span is outside the text, or the file cannot be read.
    """
    try:
        for article, of_article in annotated:
            listed = list(of_article)
            for span in listed:
                if not 0 <= span.start < span.end <= len(article.text):
                    raise GoldError(
                        f"{file}: {article.id} has a span {span.start}-{span.end} outside of its text; "
                        "offsets count code points from 0"
                    )
            yield article, listed
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{file}: cannot be read ({error})") from error
