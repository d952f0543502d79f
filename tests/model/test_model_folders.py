"""A model folder that holds pickles: whatever file of it one takes the place of, none is unpickled."""

from __future__ import annotations

import pickle
from pathlib import Path
from shutil import copytree
from typing import Any

import numpy
import pytest
import spacy

from extract.errors import ModelError
from extract.pipeline import load


class _Marker:
    """What leaves a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self._path), "w")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that finds names, as spaCy saves it."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ner").add_label("ORG")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.vocab.set_vector("rose", numpy.ones(4, dtype="f"))  # type: ignore[arg-type]
    folder = tmp_path_factory.mktemp("model") / "named"
    nlp.to_disk(folder)
    return folder


def test_the_model_loads(model: Path) -> None:
    assert load(model=str(model))


def test_no_pickle_is_unpickled(model: Path, tmp_path: Path) -> None:
    marker = tmp_path / "unpickled"
    harmful = pickle.dumps(_Marker(marker))
    pickle.loads(harmful).close()
    assert marker.exists()  # it would work
    marker.unlink()
    names = [path.relative_to(model) for path in model.rglob("*") if path.is_file()]
    assert Path("vocab/vectors") in names
    refused = 0
    for number, name in enumerate([*names, Path("ner/extra.pkl")]):
        folder = tmp_path / str(number)
        copytree(model, folder)
        (folder / name).write_bytes(harmful)
        try:
            load(model=str(folder))
        except ModelError:
            refused += 1
        assert not marker.exists(), name
    assert refused >= 5


def test_no_array_of_objects_is_unpickled(model: Path, tmp_path: Path) -> None:
    folder, marker = tmp_path / "model", tmp_path / "unpickled"
    copytree(model, folder)
    numpy.save((folder / "vocab/vectors").open("wb"), numpy.array([_Marker(marker)]), allow_pickle=True)
    with pytest.raises(ModelError):
        load(model=str(folder))
    assert not marker.exists()
