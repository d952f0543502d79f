"""An article's facts as one line of JSON, after the article's digest and id; and back, as they were.

A line ends in a checksum, so that one which was damaged is not believed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import blake2b

from extract.articles import Article
from extract.flat import flattened, restored
from extract.records import Fact

_DIGEST = slice(len('["'), len('["') + 32)
_ID = _DIGEST.stop + len('", ')  # where it begins
_DECODER = json.JSONDecoder()
_SUM = 16  # hexadecimal digits


def line(article: Article, facts: Iterable[Fact]) -> str:
    """The line of an article, without the newline."""
    told = json.dumps([article.digest, article.id, *map(flattened, facts)])
    return f"{told}\t{_sum(told.encode())}"


def key(line: bytes) -> tuple[bytes, str]:
    """The digest and the id of a line's article. ValueError where there are none, or the line was damaged."""
    told, _, checksum = line.rstrip(b"\n").rpartition(b"\t")
    if checksum.decode() != _sum(told):
        raise ValueError("is not as it was written")
    doc_id, _ = _DECODER.raw_decode(told.decode(), _ID)
    return bytes.fromhex(told[_DIGEST].decode()), str(doc_id)


def facts(line: bytes) -> list[Fact]:
    """The facts of a line."""
    _, _, *rows = json.loads(line.rpartition(b"\t")[0])
    return [restored(*row) for row in rows]


def _sum(told: bytes) -> str:
    return blake2b(told, digest_size=_SUM // 2).hexdigest()
