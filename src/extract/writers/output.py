"""What writers share: opening an output, its errors, and exact numbers in plain notation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

from extract.articles import Article
from extract.errors import OptionError
from extract.records import Fact

Found = tuple[Article, Sequence[Fact]]  # an article and its facts: what writers take


def opened(path: Path) -> BinaryIO:
    """A file opened for writing; what it held is replaced. Its folder must exist.

    Raises:
        OptionError: the file cannot be written.
    """
    with written(str(path)):
        return path.open("wb")


@contextmanager
def written(name: str) -> Iterator[None]:
    """Turn an error of the operating system into an `OptionError`; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OptionError(f"{name}: cannot be written ({reason}); choose another output with -o") from error


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing: 1E+3 is `1000`, 5.50 is `5.5`."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
