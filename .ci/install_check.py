"""Install the wheel as a user does, and use it: alone with each Python at hand, and with each extra alone.

    make install-check

Each installation gets a fresh environment with the pip that Python brings. Alone, `extract` must read every
article of `corpus/`, web pages included; an extra must do what docs/start.md promises. The pure part of the
package must be in both archives, and the sdist must have what the wheel is built from.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread, Timer
from urllib.request import Request, urlopen

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
LONGEST = 600  # seconds for a command
WARC = """
import brotli, io, pathlib
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
page = brotli.compress(pathlib.Path("page.html").read_bytes())
fields = [("Content-Type", "text/html"), ("Content-Encoding", "br")]
headers = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
with open("crawl.warc.gz", "wb") as stream:
    writer = WARCWriter(stream)
    writer.write_record(
        writer.create_warc_record("http://a.org/", "response", payload=io.BytesIO(page), http_headers=headers)
    )
"""


class Environment:
    """A fresh virtual environment in a folder, where its commands run."""

    def __init__(self, folder: Path, python: str) -> None:
        self.folder, self._bin = folder, folder / "venv" / "bin"
        subprocess.run([python, "-m", "venv", folder / "venv"], check=True)

    def program(self, name: str) -> str:
        """A program of the environment."""
        return str(self._bin / name)

    def run(self, program: str, *arguments: str) -> str:
        """What a program of the environment prints; it must succeed and leave nothing out."""
        command = [self.program(program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, encoding="utf-8", timeout=LONGEST
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def finds(self, *arguments: str) -> None:
        """`extract run` with these arguments prints a claim."""
        assert '"kind": "growth"' in self.run("extract", "run", *arguments), arguments

    def counts(self, code: str) -> None:
        """An expression in Python, with its imports before it, is more than none."""
        *imports, expression = code.split("; ")
        assert int(self.run("python", "-c", "\n".join([*imports, f"print({expression})"]))), code


def alone(made: Environment) -> None:
    """Every article of the corpus is read, and a page made."""
    made.run("extract", "show", "a.txt", "--html", "a.html")
    made.run("extract", "run", str(CORPUS), "-o", "facts.jsonl")
    found = (made.folder / "facts.jsonl").read_text(encoding="utf-8")
    for path in CORPUS.glob("*.html"):
        assert f'{path.name}"' in found, path


def parquet(made: Environment) -> None:
    """Written, and read."""
    made.run("extract", "run", "a.txt", "-o", "tables", "--format", "parquet")
    made.counts("import pyarrow.parquet as pq; pq.read_table('tables/growth.parquet').num_rows")
    code = "import pyarrow as pa, pyarrow.parquet as pq\n"
    code += "pq.write_table(pa.table({'text': [open('a.txt').read()]}), 'news.parquet')"
    made.run("python", "-c", code)
    made.finds("news.parquet")


def arrow(made: Environment) -> None:
    """Written."""
    made.run("extract", "run", "a.txt", "-o", "facts.arrows")
    made.counts("import pyarrow as pa; pa.ipc.open_stream('facts.arrows').read_all().num_rows")


def duckdb(made: Environment) -> None:
    """Written, with its view."""
    made.run("extract", "run", "a.txt", "-o", "facts.duckdb")
    made.counts("import duckdb; len(duckdb.connect('facts.duckdb').execute('FROM claims').fetchall())")


def ledger(made: Environment) -> None:
    """Built, and asked."""
    made.run("extract", "run", "a.txt", "-o", "facts.jsonl")
    made.run("extract", "ledger", "facts.jsonl", "-o", "ledger.duckdb")
    made.run("extract", "ledger", "query", "ledger.duckdb", "SELECT count(*) FROM statements")


def pandas(made: Environment) -> None:
    """Data frames made."""
    made.counts("import extract; len(extract.to_dataframe(extract.facts('Sales rose 5%.'), kind='growth'))")


def zst(made: Environment) -> None:
    """Unpacked."""
    code = "import zstandard, pathlib\n"
    code += "pathlib.Path('b.txt.zst').write_bytes(zstandard.compress(pathlib.Path('a.txt').read_bytes()))"
    made.run("python", "-c", code)
    made.finds("b.txt.zst")


def warc(made: Environment) -> None:
    """Read, also a page that was sent packed with brotli."""
    made.run("python", "-c", WARC)
    made.finds("crawl.warc.gz")


def remote(made: Environment) -> None:
    """Fetched from the web."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(made.folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        made.finds(f"http://127.0.0.1:{server.server_port}/a.txt")
        server.shutdown()


def convert(made: Environment) -> None:
    """Converted."""
    made.counts("import extract; len(extract.facts('It cost $5.', published='2024-06-11', convert_to='EUR'))")


def serve(made: Environment) -> None:
    """Answers, and stops when it is asked to."""
    command = [made.program("extract"), "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        killer = Timer(120, server.kill)  # a server that hangs is killed, which ends its log
        killer.start()
        try:
            assert server.stderr
            lines = (json.loads(line).get("message", "") for line in server.stderr)
            address = next(line.removeprefix("starting at ") for line in lines if "http" in line)
            assert next(line for line in lines if line.startswith("ready"))
            request = Request(f"{address}/v1/facts", b"It cost $5.", {"Content-Type": "text/plain"})
            with urlopen(request, timeout=60) as answer:
                assert b'"amount": 5' in answer.read()
            server.terminate()
            assert server.wait() == -signal.SIGTERM
        finally:
            killer.cancel()
            server.kill()


def report(made: Environment) -> None:
    """Charts, and pages of articles."""
    made.run("extract", "run", "a.txt", "-o", "facts.jsonl")
    made.run("extract", "report", "facts.jsonl")
    assert "<svg" in (made.folder / "report.html").read_text(encoding="utf-8")


CHECKS: dict[str, Callable[[Environment], None]] = {
    "": alone,
    "parquet": parquet,
    "arrow": arrow,
    "duckdb": duckdb,
    "ledger": ledger,
    "pandas": pandas,
    "zst": zst,
    "warc": warc,
    "remote": remote,
    "convert": convert,
    "serve": serve,
    "report": report,
}


def pythons() -> dict[str, str]:
    """The supported versions of Python that this machine has, and the program of each."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [name.rpartition(" ")[2] for name in project["classifiers"] if "Python :: 3." in name]
    return {version: found for version in versions if (found := program_of(version))}


def program_of(version: str) -> str | None:
    """A Python of a version that runs: on the path, or installed by pyenv."""
    installed = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
    for program in filter(None, [shutil.which(f"python{version}"), *map(str, installed)]):
        if not subprocess.run([program, "-c", "import venv"], capture_output=True).returncode:
            return program
    return None


def archives(folder: Path) -> Path:
    """The wheel of a folder. It and the sdist must have the marker of types, the data and the notices."""
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        source = [name.partition("/")[2].removeprefix("src/") for name in packed.getnames()]
    for names in (zipfile.ZipFile(wheel).namelist(), source):
        for path in ("py.typed", "model/ner/model", "lexicons/dates.toml", "view/static/style.css"):
            assert f"extract/{path}" in names, path
        assert any(name.endswith("LICENSE") for name in names)
        assert any(name.endswith("NOTICE") for name in names)
        assert not any(name.startswith("tests/") for name in names)
    return wheel


def check(extra: str, version: str, python: str, wheel: Path, folder: Path) -> str:
    """Install the wheel with an extra into a folder of its own, and run the check of the extra."""
    folder.mkdir()
    (folder / "a.txt").write_text("Exports rose by 5.5% to $71.6 million in 2023.", encoding="utf-8")
    page = next(CORPUS.glob("*.html"))
    (folder / "page.html").write_bytes(page.read_bytes())
    made = Environment(folder, python)
    made.run("pip", "install", "--quiet", f"{wheel}[{extra}]" if extra else str(wheel))
    made.run("pip", "check")
    CHECKS[extra](made)
    return (
        f"Python {version}, the wheel {f'with the extra {extra}' if extra else 'alone'}: installed and used"
    )


def main() -> None:
    """Check the archives in the folder that is named, two environments at a time."""
    wheel = archives(Path(sys.argv[1]).resolve())
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = pythons() | {own: sys.executable}
    jobs = [("", version, python) for version, python in found.items()]
    jobs += [(extra, own, sys.executable) for extra in CHECKS if extra]
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(max_workers=2) as pool:
        done = [
            pool.submit(
                check, extra, version, python, wheel, Path(temporary) / f"{extra or 'alone'}-{version}"
            )
            for extra, version, python in jobs
        ]
        for job in done:
            print(job.result(), flush=True)


if __name__ == "__main__":
    main()
