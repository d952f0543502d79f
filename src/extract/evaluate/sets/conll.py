"""CoNLL columns: one token per line, its tag (BIO, IOB1 or BIOES) last, an empty line after a sentence.

`-DOCSTART-` begins a new article. The text is reconstructed from the tokens, one sentence per line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.articles import Article
from extract.errors import GoldError
from extract.evaluate.sets.base import Span

_CLOSES = re.compile(
    r"[.,;:?!%)\]}]|'s?|n't|'(?:re|ve|ll|d|m)|\.\.\.|''|’s?", re.IGNORECASE
)  # no space before it
_OPENS = re.compile(r"[(\[{$£€#]|``")  # no space after it
_TAG = re.compile(r"O|([BIESLU])-(\S+)")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}

Tokens = list[tuple[str, str]]  # token and tag; an empty token ends the sentence


def read(path: Path) -> Iterator[tuple[Article, Iterable[Span]]]:
    """The articles of a file; the first is named after the file, the others have a number appended."""
    number = 0
    for tokens in _articles(path):
        if any(token for token, _ in tokens):
            number += 1
            text, spans = _text(tokens)
            yield Article(id=path.stem if number == 1 else f"{path.stem}-{number}", text=text), spans


def _articles(path: Path) -> Iterator[Tokens]:
    tokens: Tokens = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split()
        if cells and cells[0] == "-DOCSTART-":
            yield tokens
            tokens = []
        elif len(cells) > 1 and _TAG.fullmatch(cells[-1]):  # includes the token `#`, which is not a comment
            tokens.append((cells[0], cells[-1]))
        elif not cells or line.startswith("# "):
            tokens.append(("", "O"))
        else:
            raise GoldError(f"{path}:{number}: {line!r} has no tag such as B-PER or O in its last column")
    yield tokens


def _text(tokens: Tokens) -> tuple[str, list[Span]]:
    """The text of tokens, and the spans given by their tags."""
    text, spans = "", list[Span]()
    before = ("", "O")  # the previous token and tag
    for written, tag in tokens:
        token = _BRACKETS.get(written, written)
        if not token:
            text += "\n" if text and not text.endswith("\n") else ""
        else:
            glued = not before[0] or _OPENS.fullmatch(before[0]) or _CLOSES.fullmatch(token)
            text += "" if glued else " "
            label = tag[2:]
            if label and tag[0] in "IEL" and before[1][2:] == label and before[1][0] in "BI":
                spans[-1] = Span(spans[-1].start, len(text) + len(token), label)
            elif label:
                spans.append(Span(len(text), len(text) + len(token), label))
            text += token
        before = (token, tag)
    return text, spans
