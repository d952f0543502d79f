"""The output of a run on a cluster: a folder of Parquet files per table, and notes on the parts.

    out/articles/part-00000.parquet  out/entity/part-00000.parquet ...
    out/_manifest/run.json           the provenance of the run and, when it is complete, its counts
    out/_manifest/part-00000.json    a part: the digest of its articles, its files, counts and failures

A note is written after its files; a part without a note is done again. The folder may be on this machine or
at any address that fsspec supports. Readers of tables ignore names with a leading underscore.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract.engines.parts import PartResult
from extract.errors import ArticleError, OptionError
from extract.readers.remote import local
from extract.run import Summary
from extract.run.journal import lock
from extract.run.provenance import Provenance, check_resumed
from extract.writers.output import unwritable, written

FOLDER = "_manifest"
_RUN = "run.json"


class Manifest:
    """Writes the parts of a run, and knows the parts that an earlier run has done."""

    def __init__(
        self, output: str, provenance: Provenance, *, resume: bool = False, overwrite: bool = False
    ) -> None:
        """Set the options; `__enter__` opens the folder.

        Args:
            output: The folder: a path, or an address such as `s3://bucket/facts`.
            provenance: Everything besides the articles on which the parts depend.
            resume: Continue an earlier run, if there is one.
            overwrite: Use a folder with other files, and replace its parts.

        Raises:
            OptionError: fsspec, or a library for such addresses, is not installed.
        """
        self._place, self._output = _local_of(output), output.rstrip("/")
        self._provenance, self._resume, self._overwrite = dict(provenance), resume, overwrite
        self._key = blake2b(json.dumps(self._provenance, sort_keys=True).encode(), digest_size=6).hexdigest()
        self._system, self._root = _opened(output)
        self._notes: dict[int, dict[str, Any]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Open the folder, and load the notes of a run to resume.

        Raises:
            OptionError: the folder cannot be written, is in use by another run, contains other files, or
                belongs to an unfinished run that is not resumed or has another provenance.
        """
        try:
            with self._errors_converted():
                self._check_folder()
                self._system.makedirs(self._at(FOLDER), exist_ok=True)
                self._lock()
                self._begin()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def known(self, number: int, digest: str) -> Summary | None:
        """The summary of a part that an earlier run has done, with the same articles and all its files."""
        note = self._notes.get(number)
        if note is None or note["digest"] != digest:
            return None
        return _summary(note)

    def write(self, number: int, digest: str, done: PartResult) -> None:
        """Write the files of a part, then its note.

        Raises:
            OptionError: the folder cannot be written.
        """
        name, files = f"part-{number:05}", {}
        with self._errors_converted():
            for table, data in sorted(done.files.items()):
                files[f"{table}/{name}.parquet"] = len(data)
                self._put(f"{table}/{name}.parquet", data)
            note = {"run": self._key, "digest": digest, "files": files, **_counts(done.summary)}
            note["failures"] = [[f.where, f.reason, f.remedy] for f in done.summary.failures]
            self._put_note(f"{name}.json", note)

    def complete(self, parts: int, summary: Summary) -> None:
        """Mark the run as complete, and remove further parts of an earlier run.

        Raises:
            OptionError: the folder cannot be written.
        """
        with self._errors_converted():
            self._remove({number: note for number, note in self._notes.items() if number >= parts})
            counts = {"parts": parts, **_counts(summary), "failures": len(summary.failures)}
            self._put_note(_RUN, {"made": self._provenance, "complete": True, **counts})

    def _check_folder(self) -> None:
        """Reject a folder with other files, or with an unfinished run that is not resumed."""
        found = self._read(_RUN)
        if found is None:
            if self._system.exists(self._root) and not self._overwrite:
                if not self._system.isdir(self._root):
                    raise OptionError(f"{self._output}: is a file; name a folder with -o")
                others = [path for path in self._system.ls(self._root, detail=False) if _name(path) != FOLDER]
                if others:
                    reason = "contains files that extract did not write"
                    raise OptionError(
                        f"{self._output}: {reason}; choose another folder with -o, or add --overwrite"
                    )
            return
        if found.get("complete"):
            return
        check_resumed(
            self._output, found.get("made", {}), self._provenance, resume=self._resume, kind="folder"
        )

    def _begin(self) -> None:
        """Load the notes of the run to resume, and remove the parts of other runs."""
        self._put_note(_RUN, {"made": self._provenance, "complete": False})
        notes = dict(self._read_notes())
        mine = {n: note for n, note in notes.items() if self._resume and note.get("run") == self._key}
        self._remove({number: note for number, note in notes.items() if number not in mine})
        if self._overwrite and not mine:
            self._remove_all()
        sizes = self._sizes() if mine else {}
        self._notes = {
            number: note
            for number, note in mine.items()
            if all(sizes.get(path) == size for path, size in note["files"].items())
        }

    def _remove(self, notes: Mapping[int, Mapping[str, Any]]) -> None:
        for number, note in notes.items():
            self._delete(f"{FOLDER}/part-{number:05}.json")
            for path in note.get("files", ()):
                self._delete(path)

    def _remove_all(self) -> None:
        """Remove parts without a note."""
        for path in self._system.glob(f"{self._root}/*/part-*.parquet"):
            self._system.rm_file(path)

    def _delete(self, path: str) -> None:
        if self._system.exists(self._at(path)):
            self._system.rm_file(self._at(path))

    def _sizes(self) -> dict[str, int]:
        found = self._system.find(self._root, detail=True)
        return {path[len(self._root) :].lstrip("/"): state["size"] for path, state in found.items()}

    def _read_notes(self) -> Iterator[tuple[int, dict[str, Any]]]:
        paths = self._system.glob(f"{self._at(FOLDER)}/part-*.json")
        for path, data in self._system.cat(paths).items() if paths else ():
            name = _name(path).removeprefix("part-").removesuffix(".json")
            note = _parsed(data)
            if name.isdigit() and note and "files" in note:
                yield int(name), note

    def _read(self, name: str) -> dict[str, Any] | None:
        path = self._at(f"{FOLDER}/{name}")
        return _parsed(self._system.cat_file(path)) if self._system.exists(path) else None

    def _put_note(self, name: str, note: Mapping[str, Any]) -> None:
        self._put(f"{FOLDER}/{name}", json.dumps(note, ensure_ascii=False, indent=1).encode(errors="replace"))

    def _put(self, path: str, data: bytes) -> None:
        """Write a file atomically: a local file is renamed when it is complete."""
        whole = self._at(path)
        self._system.makedirs(whole.rpartition("/")[0], exist_ok=True)
        if self._place is None:
            self._system.pipe_file(whole, data)
            return
        part = Path(whole).with_name(f".{_name(whole)}.part")
        try:
            part.write_bytes(data)
            part.replace(whole)
        except OSError:
            part.unlink(missing_ok=True)
            raise

    def _lock(self) -> None:
        """Lock a local folder against other runs."""
        if self._place is not None:
            path = Path(self._at(FOLDER), ".lock")
            stream = self._stack.enter_context(path.open("ab"))
            lock(stream, path)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    @contextmanager
    def _errors_converted(self) -> Iterator[None]:
        """Convert the errors of a file system to `OptionError`."""
        try:
            with written(self._output):
                yield
        except (OptionError, OSError):
            raise
        except Exception as error:  # each fsspec implementation has its own errors
            if self._place is not None:
                raise
            raise unwritable(self._output, str(error) or type(error).__name__) from error


def is_part(root: Path, path: Path) -> bool:
    """Whether a file below an output folder is a part or a note of a run."""
    within = path.relative_to(root).parts
    if not Path(root, FOLDER, _RUN).is_file():
        return False
    return within[0] == FOLDER or (len(within) == 2 and Path(within[1]).match("part-*.parquet"))


def _opened(output: str) -> tuple[Any, str]:
    """The file system of an output, and the path of the folder in it."""
    try:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(output)
    except ImportError as error:
        remedy = "pip install 'fsspec[http]', or what it names"
        raise OptionError(f"{output}: needs a library that is not installed ({error}); {remedy}") from error
    except ValueError as error:
        raise OptionError(f"{output}: is not a folder or address ({error}); name a folder with -o") from error
    return system, root.rstrip("/")


def _local_of(output: str) -> Path | None:
    place = local(output)
    return Path(place) if place is not None else None


def _counts(summary: Summary) -> dict[str, Any]:
    return {"articles": summary.articles, "words": summary.words, "facts": dict(summary.facts)}


def _summary(note: Mapping[str, Any]) -> Summary:
    return Summary(
        articles=note["articles"],
        words=note["words"],
        facts=Counter(note["facts"]),
        failures=[ArticleError(*failure) for failure in note["failures"]],
    )


def _parsed(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except ValueError:  # of a run that was killed while writing
        return None
    return found if isinstance(found, dict) else None


def _name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
