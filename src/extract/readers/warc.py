"""WARC: the pages of a crawl, one article per response record of HTML. Needs the extra `warc`.

A record's target address is the id of its article. Its date comes from the page: that of the crawl would be
wrong. Other records (requests, images, answers other than 200) are skipped. The file is cut into records
here, so that one that is broken costs itself; each is then read by warcio.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from extract.articles import Page
from extract.errors import ArticleError
from extract.readers import html
from extract.readers.files import File, too_large
from extract.readers.options import Options

_BEGIN = b"WARC/"
_LINE = 2**16  # bytes of a line of a header
_LINES = 1000
_CHUNK = 2**20
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_RESPONSE = re.compile(rb"^warc-type[ \t]*:[ \t]*response[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"^warc-target-uri[ \t]*:[ \t]*\S", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]")
_REMEDY = "fetch it again; the other records are extracted"


def read(file: File, options: Options) -> Iterator[Page | ArticleError]:
    """The pages of the records, and an error for each record that is broken.

    Raises:
        ArticleError: the file cannot be read or is damaged, or is not a WARC file.
    """
    try:
        import warcio  # noqa: F401
    except ImportError as error:
        raise ArticleError(file.path, "WARC files need warcio", "pip install warcio brotli") from error
    pages = 0
    with file.open() as stream:
        for number, record in enumerate(_records(stream, file.path, options.max_bytes), 1):
            try:
                page = _page(record, f"{file.path} record {number}", options.max_bytes)
            except ArticleError as error:
                pages += 1
                yield error
                continue
            if page:
                pages += 1
                yield page
    if not pages:
        raise ArticleError(file.path, "contains no pages", "give a file with response records of HTML")


def _records(stream: BinaryIO, path: str, most: int) -> Iterator[bytes | str]:
    """The records, empty where they are not responses, or else what is wrong with one.

    Raises:
        ArticleError: the file does not begin as a WARC file does.
    """
    line = stream.readline(_LINE)
    if not line.startswith(_BEGIN):
        raise ArticleError(path, "is not a WARC file", "name one that begins with WARC/1.0 or WARC/1.1")
    while line:
        header = line + b"".join(_header(stream))
        stated = _LENGTH.search(header)
        size, response = int(stated[1]) if stated else 0, _RESPONSE.search(header)
        kept = response and size <= most
        body = stream.read(size) if kept else _skip(stream, size)
        line = stream.readline(_LINE)
        if stated is None:
            yield "has no Content-Length"
        elif not response:
            yield b""
        elif not kept:
            yield too_large("", most).reason
        else:
            whole = len(body) == size and not line.strip()
            yield header + body + b"\r\n\r\n" if whole else "is shorter than its Content-Length"
        while line and not line.startswith(_BEGIN):
            line = stream.readline(_LINE)


def _header(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a header, with the blank one that ends it."""
    for _ in range(_LINES):
        line = stream.readline(_LINE)
        yield line
        if not line.strip():
            return


def _skip(stream: BinaryIO, size: int) -> bytes:
    while size > 0 and (skipped := len(stream.read(min(size, _CHUNK)))):
        size -= skipped
    return b""


def _page(record: bytes | str, where: str, most: int) -> Page | None:
    """The page of a record; None when there is none in it."""
    from warcio.archiveiterator import ArchiveIterator

    if isinstance(record, str):
        raise ArticleError(where, record, _REMEDY)
    if not record:
        return None
    if not _ADDRESS.search(record.partition(b"\r\n\r\n")[0]):
        raise ArticleError(where, "has no address", _REMEDY)
    try:
        parsed = next(iter(ArchiveIterator(io.BytesIO(record))))
        address, answer = parsed.rec_headers.get_header("WARC-Target-URI"), parsed.http_headers
        kind = answer.get_header("Content-Type", "") if answer else ""
        if not _HTML.match(kind) or answer.get_statuscode() != "200":
            return None
        packed = answer.get_header("Content-Encoding", "").strip().lower() == "br"
        if packed:
            answer.remove_header("Content-Encoding")
        data = parsed.content_stream().read(most + 1)
        data = _unpacked(data, where, most) if packed else data
    except ArticleError:
        raise
    except Exception as error:
        raise ArticleError(where, f"cannot be read ({error})", _REMEDY) from error
    if len(data) > most:
        raise too_large(where, most)
    charset = _CHARSET.search(kind)
    url = _CONTROL.sub(lambda found: quote(found[0]), address.strip("<> "))
    return html.page(
        data,
        article_id=url,
        url=url,
        where=f"{where} ({address})",
        declared=charset[1] if charset else None,
    )


def _unpacked(data: bytes, where: str, most: int) -> bytes:
    """A page that is sent packed with brotli; some crawlers store it unpacked.

    Not left to warcio, which fails with brotli 1.2 and gives the packed bytes where there is none.
    """
    if data.lstrip().startswith(b"<"):
        return data
    try:
        import brotli
    except ImportError as error:
        reason = "is compressed with brotli, which is not installed"
        raise ArticleError(where, reason, "pip install brotli") from error
    unpacking = brotli.Decompressor()
    plain: bytes = unpacking.process(data, output_buffer_limit=most + 1)
    if len(plain) <= most and not unpacking.is_finished():
        raise EOFError("it ends before its end marker")
    return plain
