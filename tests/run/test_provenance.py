from __future__ import annotations

from pathlib import Path
from time import process_time

import extract
from extract.run.provenance import digest, provenance_of


def test_another_state_of_the_files_is_another_digest(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/a.py").write_text("A = 1")
    (tmp_path / "words.toml").write_text("x = 1")
    seen = {digest(tmp_path)}
    (tmp_path / "rules/a.pyc").write_text("compiled")
    (tmp_path / "words.toml").touch()
    assert digest(tmp_path) in seen
    for name, content in (("words.toml", "x = 2"), ("words.toml", "x = 22"), ("more.toml", "")):
        (tmp_path / name).write_text(content)
        assert digest(tmp_path) not in seen
        seen.add(digest(tmp_path))
    (tmp_path / "more.toml").rename(tmp_path / "rules/more.toml")
    assert digest(tmp_path) not in seen


def test_a_model_is_told_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    one = provenance_of({"model": str(tmp_path), "fiscal_start": 4})
    (tmp_path / "meta.json").write_text('{"version": "2"}')
    other = provenance_of({"model": str(tmp_path), "fiscal_start": 4})
    assert one["model"] != other["model"]
    assert (
        {**one, "model": None}
        == {**other, "model": None}
        == provenance_of({"model": None, "fiscal_start": 4})
    )
    assert one["version"] == extract.__version__
    assert (
        provenance_of({"model": "json"})["model"] != provenance_of({"model": "xx_none"})["model"] == "xx_none"
    )


def test_it_takes_no_time() -> None:
    begun = process_time()
    provenance_of({})
    assert process_time() - begun < 2
