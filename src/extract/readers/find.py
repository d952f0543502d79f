"""From paths to files: folders, globs, standard input, addresses, and the id of each file's article."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extract.errors import ArticleError
from extract.readers import remote
from extract.readers.files import STDIN, File, suffix_of, unreadable

Found = Iterator[File | ArticleError]


def find(
    paths: Iterable[str], *, suffixes: Collection[str], format: str | None = None
) -> list[File | ArticleError]:
    """The files that paths name, each once and with an id of its own, or an error where there is none."""
    expand = _Expansion(tuple(suffixes), format)
    found = list(_once(item for path in paths for item in expand(path)))
    uses = Counter(item.id for item in found if isinstance(item, File))
    return [
        replace(item, id=_as_id(item.path)) if isinstance(item, File) and uses[item.id] > 1 else item
        for item in found
    ]


def _once(items: Iterable[File | ArticleError]) -> Found:
    seen: set[str] = set()
    for item in items:
        if isinstance(item, File):
            own = item.path == STDIN or remote.is_remote(item.path)
            place = item.path if own else os.path.realpath(item.path)
            if place in seen:
                continue
            seen.add(place)
        yield item


@dataclass(frozen=True, slots=True)
class _Expansion:
    """What paths stand for.

    Attributes:
        suffixes: Those that a reader knows.
        format: The suffix by which standard input, and files named that have none of these, are read.
    """

    suffixes: tuple[str, ...]
    format: str | None

    def __call__(self, path: str) -> Found:
        if path == STDIN:
            yield File(path=STDIN, id="stdin", format=self.format)
        elif not path or "\0" in path:
            yield ArticleError(repr(path), "is no path", "name a file, a folder or a glob")
        elif remote.is_remote(path):
            yield from self._remote(path)
        elif Path(path).is_dir():
            yield from self._folder(path)
        elif glob.has_magic(path) and not os.path.lexists(path):
            yield from self._glob(path)
        else:
            yield self._file(path, _as_id(Path(path).name), exists=os.path.lexists(path))

    def _file(self, path: str, name: str, *, exists: bool) -> File | ArticleError:
        if suffix_of(path) in self.suffixes:
            return File(path=path, id=name)
        if not exists:
            return ArticleError(path, "does not exist", "check the path")
        if self.format:
            return File(path=path, id=name, format=self.format)
        suffix = suffix_of(path)
        kind = f"files that end in {suffix!r}" if suffix else "files without a suffix"
        remedy = f"known are {self._known()} and folders of them; or say what it is by --input-format"
        return ArticleError(path, f"no reader for {kind}", remedy)

    def _folder(self, folder: str) -> Found:
        """The files below a folder that a reader knows, sorted by path; hidden ones are left out."""
        found: list[Path] = []
        failed: list[OSError] = []
        for parent, folders, names in os.walk(folder, onerror=failed.append):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [Path(parent, name) for name in names if self._is_article(name)]
        for path in sorted(found, key=lambda path: path.relative_to(folder).parts):
            yield File(path=str(path), id=_as_id(path.relative_to(folder).as_posix()))
        yield from (unreadable(str(error.filename), error) for error in failed)
        if not found and not failed:
            yield ArticleError(folder, "holds no articles", f"known files end in {self._known()}")

    def _glob(self, pattern: str) -> Found:
        matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 (absolute ones)
        found = [path for path in matches if self._is_article(path.name) and not path.is_dir()]
        yield from (File(path=str(path), id=_as_id(path.name)) for path in found)
        if not found:
            yield ArticleError(pattern, "matches no article", f"known files end in {self._known()}")

    def _remote(self, path: str) -> Found:
        try:
            listed = remote.listed(path)
        except OSError as error:
            yield unreadable(path, error)
            return
        except ArticleError as error:
            yield error
            return
        if listed is None:
            yield self._file(path, path if remote.is_web(path) else Path(path).name, exists=True)
            return
        found = [(name, address) for name, address in listed if self._is_article(Path(name).name)]
        for name, address in found:
            yield File(path=address, id=_as_id(name))
        if not found:
            yield ArticleError(path, "holds no articles", f"known files end in {self._known()}")

    def _is_article(self, name: str) -> bool:
        return suffix_of(name) in self.suffixes and not name.startswith(".")

    def _known(self) -> str:
        return " ".join(self.suffixes)


def _as_id(name: str) -> str:
    """A path as text that every encoding of the output can hold."""
    return os.fsencode(name if remote.is_remote(name) else Path(name).as_posix()).decode("utf-8", "replace")
