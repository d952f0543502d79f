"""The lines of a journal: an article's digest, id and facts as JSON, and a checksum to detect damage."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b

from extract.articles import Article
from extract.flat import flattened, restored
from extract.records import Fact

_DIGEST = slice(len('["'), len('["') + 32)
_ID = _DIGEST.stop + len('", ')  # offset of the id
_DECODER = json.JSONDecoder()
_SUM = 16  # hexadecimal digits


def line(article: Article, facts: Iterable[Fact]) -> str:
    """The line of an article, without the newline."""
    data = json.dumps([article.digest, article.id, *map(flattened, facts)])
    return f"{data}\t{_sum(data.encode())}"


def key(line: bytes) -> tuple[bytes, str]:
    """The digest and id of the article of a line. ValueError if the line is damaged."""
    data, _, checksum = line.rstrip(b"\n").rpartition(b"\t")
    if checksum.decode() != _sum(data):
        raise ValueError("the checksum differs")
    doc_id, _ = _DECODER.raw_decode(data.decode(), _ID)
    return bytes.fromhex(data[_DIGEST].decode()), str(doc_id)


def facts(line: bytes) -> list[Fact]:
    """The facts of a line."""
    _, _, *rows = json.loads(line.rpartition(b"\t")[0])
    return [restored(*row) for row in rows]


def _sum(data: bytes) -> str:
    return blake2b(data, digest_size=_SUM // 2).hexdigest()
