"""An article's facts as one line of JSON, after the article's digest and id; and back, as they were."""

from __future__ import annotations

import json
from collections.abc import Iterable

from extract.articles import Article
from extract.flat import flattened, restored
from extract.records import Fact

_DIGEST = slice(len('["'), len('["') + 32)
_ID = _DIGEST.stop + len('", ')  # where it begins
_DECODER = json.JSONDecoder()


def line(article: Article, facts: Iterable[Fact]) -> str:
    """The line of an article, without the newline."""
    return json.dumps([article.digest, article.id, *map(flattened, facts)])


def key(line: bytes) -> tuple[bytes, str]:
    """The digest and the id of a line's article. ValueError where there are none."""
    doc_id, _ = _DECODER.raw_decode(line.decode(), _ID)
    return bytes.fromhex(line[_DIGEST].decode()), str(doc_id)


def facts(line: bytes) -> list[Fact]:
    """The facts of a line."""
    _, _, *rows = json.loads(line)
    return [restored(*row) for row in rows]
