"""Remote files such as `s3://bucket/a.txt` or `https://...`, with fsspec (the extra `remote`)."""

from __future__ import annotations

import glob
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from extract.errors import ArticleError

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+(?:://|::)")
_LOCAL = re.compile("(?:file|local)://", re.IGNORECASE)
_WEB = ("http://", "https://")  # has no folders, and `?` starts a query


def is_remote(path: str) -> bool:
    """Whether a path is the address of a remote file."""
    return _SCHEME.match(path) is not None


def is_web(path: str) -> bool:
    """Whether a path is an HTTP(S) URL."""
    return path.lower().startswith(_WEB)


def local(path: str) -> str | None:
    """The local path of a path or address, if it has one: `a.txt` for `file://a.txt`."""
    last = path.rpartition("::")[2] if is_remote(path) else path
    found = _LOCAL.match(last)
    last = last[found.end() :] if found else last
    return None if is_remote(last) else last


def opened(path: str) -> BinaryIO:
    """Open a remote file to read bytes.

    Raises:
        ArticleError: it cannot be read, or the library for the protocol is not installed.
    """
    with _reaching(path):
        return cast(BinaryIO, _fsspec(path).open(path, "rb").open())


def listed(path: str) -> list[tuple[str, str]] | None:
    """The files of a folder or glob, sorted: the name within the folder, and the address.

    None: the path is a single file.

    Raises:
        ArticleError: it cannot be reached, or the library for the protocol is not installed.
    """
    if is_web(path) or "::" in path:
        return None
    with _reaching(path):
        system, place = _fsspec(path).core.url_to_fs(path)
        if glob.has_magic(place):
            return [
                (posixpath.basename(at), system.unstrip_protocol(at)) for at in sorted(system.glob(place))
            ]
        if not system.isdir(place):
            return None
        names = (posixpath.relpath(at, place) for at in sorted(system.find(place)))
        return [(name, f"{path.rstrip('/')}/{name}") for name in names]


def _fsspec(path: str) -> Any:
    try:
        import fsspec
        import fsspec.core
    except ImportError as error:
        raise ArticleError(path, "remote files need fsspec", "pip install 'fsspec[http]'") from error
    return fsspec


@contextmanager
def _reaching(path: str) -> Iterator[None]:
    """Convert errors of fsspec to `ArticleError`; each protocol has its own."""
    try:
        yield
    except (ArticleError, OSError):
        raise
    except ImportError as error:
        raise ArticleError(path, f"needs another library ({error})", _installing(error)) from error
    except Exception as error:
        if str(error).startswith("Protocol not known"):
            reason = "has a protocol that fsspec does not know"
            raise ArticleError(
                path, reason, "use a path, or file://, https://, s3:// and the like"
            ) from error
        reason = f"cannot be reached ({type(error).__name__}: {error})"
        raise ArticleError(path, reason, "check the address and your access to it") from error


def _installing(error: ImportError) -> str:
    """The command to install the library of a protocol, which fsspec names."""
    module = str(getattr(error.__cause__, "name", None) or "").partition(".")[0]
    return f"pip install {module}" if module and module in str(error) else "install it by pip"
