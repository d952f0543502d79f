from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extract.errors import OptionError
from extract.readers import Known, load_metadata

DAY = date(2024, 6, 9)


def load(path: Path, content: str | bytes) -> dict[str, Known]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return dict(load_metadata(str(path)))


def test_json(tmp_path: Path) -> None:
    content = """{"a": "2024-06-09", "b.txt": {"date": "2024-06-09T08:00:00+02:00", "title": "T", "more": 1},
        "c": null, "d": {"date": null}, "e": {"title": "T"}, "f": "", "g": 20240609}"""
    assert load(tmp_path / "m.json", content) == {
        "a": Known(published=DAY),
        "b.txt": Known(published=DAY, title="T"),
        "c": Known(),
        "d": Known(),
        "e": Known(title="T"),
        "f": Known(),
        "g": Known(published=DAY),
    }


def test_csv(tmp_path: Path) -> None:
    content = '\ufeffid,date,title\r\na,2024-06-09,"T, and more"\r\nb,,\r\nc,9 June 2024\r\n'
    assert load(tmp_path / "m.CSV", content) == {
        "a": Known(published=DAY, title="T, and more"),
        "b": Known(),
        "c": Known(published=DAY),
    }


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("m.json", "{", "m.json: is not valid JSON"),
        ("m.json", "[" * 100_000, "m.json: is not valid JSON"),
        ("m.json", "[1]", "m.json: is not a JSON object; write {"),
        ("m.json", '{"a": "09/06/2024"}', "m.json: the date of 'a': '09/06/2024' is not a date; write it as"),
        ("m.json", '{"a": {"date": 1.5}}', "the date of 'a': 1.5 is not a date"),
        ("m.json", '{"a": ["2024-06-09"]}', "the date of 'a'"),
        ("m.json", '{"a": {"title": 5}}', "the title of 'a' is not text"),
        ("m.json", b'{"a": "\xff"}', "m.json: is not UTF-8"),
        ("m.csv", "name,day\na,2024-06-09\n", "m.csv: the first line must have the columns id and date"),
        ("m.csv", "", "m.csv: the first line must have the columns id and date"),
        ("m.csv", "id,date\na,soon\n", "m.csv: the date of 'a': 'soon' is not a date"),
    ],
)
def test_bad_metadata_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str | bytes, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OptionError) as caught:
        load(Path(name), content)
    assert message in str(caught.value)


def test_missing() -> None:
    with pytest.raises(OptionError, match=r"no/m\.json: cannot be read \(no such file or directory\)"):
        load_metadata("no/m.json")
