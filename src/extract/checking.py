"""Checks a user's rules: runs their examples, and reports patterns that others shadow or repeat.

>>> [finding.text for finding in check(["mine.toml"]).findings]
['mine.printed_at does not find `3.1%`: nothing is found there']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from spacy.language import Language

from extract.articles import Article
from extract.errors import ArticleError, PatternError, RulesError
from extract.explain import explain
from extract.lexicons.own.files import File, Own, opened, words
from extract.lexicons.own.patterns import OWN
from extract.pipeline import default_pipeline as without_rules
from extract.pipeline import facts, load
from extract.records import Fact
from extract.words_known import repeated, unknown_currencies, unknown_removals

PUBLISHED = "2024-06-10"  # the publication date of every example
_MARKED = re.compile(r"\[([^][]*)\]")
_MOST_BROKEN = 100  # patterns that cannot be used, after which the check gives up

# The sections whose entries are values of a column: the kind of fact, and the column.
_BY_VALUE = (
    ("currencies", "money", "currency"),
    ("units", "quantity", "unit"),
    ("metrics", "growth", "metric_id"),
)

Grade = Literal["error", "warning"]
Fits = Callable[[Fact], bool]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something about the rules, at a line and column (from 1; 0 for the file as a whole)."""

    file: str
    line: int
    column: int
    grade: Grade
    text: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.grade}: {self.text}"


@dataclass(slots=True)
class Checked:
    """The result of a check.

    Attributes:
        findings: What it found, in the order of the files.
        examples: How many examples and counterexamples ran.
        patterns: How many patterns the rules have.
    """

    findings: list[Finding] = field(default_factory=list)
    examples: int = 0
    patterns: int = 0

    @property
    def failed(self) -> bool:
        """There are findings other than those that may be intended."""
        return any(finding.grade == "error" for finding in self.findings)


class Case(NamedTuple):
    """The examples of an entry of the rules: its place, its name, and which facts belong to it."""

    path: tuple[str, ...]
    name: str
    kind: str
    fits: Fits


def check(paths: Sequence[str | Path], articles: Iterable[Article | ArticleError] = ()) -> Checked:
    """Check files of rules.

    Args:
        paths: The files, the later over the earlier.
        articles: Articles in which each pattern should find something; none by default.
    """
    checked = Checked()
    try:
        files = [file for path in paths for file in opened(Path(path))]
        wrong = [error for file in files for error in file.errors()]
        if wrong:
            checked.findings = [_finding(error) for error in wrong]
            return checked
        own = Own.of(files)
    except RulesError as error:
        checked.findings = [_finding(error)]
        return checked
    usable = _usable(own, checked)
    if usable is None:
        return checked
    (nlp, own), shipped = usable, without_rules()
    defined = {code for file in own.files for code in file.tables.get("currencies", {})}
    for file in own.files:
        cases = list(_cases(file))
        checked.patterns += sum(case.path[0] == "patterns" for case in cases)
        for case in cases:
            _run(file, case, nlp, shipped, checked)
        wrong_codes = unknown_currencies(file.tables, defined)
        checked.findings += [_finding(file.error(path, text)) for path, text in wrong_codes]
        notes = (*unknown_removals(file.tables), *repeated(file.tables))
        checked.findings += [_finding(file.error(path, text), "warning") for path, text in notes]
    _unused(own, nlp, articles, checked)
    checked.findings.sort()
    return checked


def _finding(error: RulesError, grade: Grade = "error") -> Finding:
    return Finding(error.file, error.line, error.column, grade, error.why)


def _usable(own: Own, checked: Checked) -> tuple[Language, Own] | None:
    """The usable rules, the others being findings, and their pipeline."""
    for _ in range(_MOST_BROKEN):
        try:
            return load(rules=own.lexicons), own
        except PatternError as error:
            checked.findings.append(_finding(own.error(error.path, error.why, error.column)))
            own = own.without(error.path)
    return None


def _cases(file: File) -> Iterator[Case]:
    """The entries of a file that have examples."""
    tables = file.tables
    for kind, section in tables.get("patterns", {}).items():
        for name in section:
            if name != "remove":
                yield Case(("patterns", kind, name), OWN + name, kind, _by_rule(OWN + name))
    for section, kind, column in _BY_VALUE:
        for name in tables.get(section, {}):
            if name != "remove":
                yield Case((section, name), name, kind, _by_value(kind, column, name))
    for section in ("verbs", "nouns"):
        if section in tables:
            yield Case((section,), section, "growth", lambda fact: fact.kind == "growth")


def _by_value(kind: str, column: str, value: str) -> Fits:
    return lambda fact: fact.kind == kind and getattr(fact, column) == value


def _by_rule(rule: str) -> Fits:
    return lambda fact: fact.source.rule == rule


def _run(file: File, case: Case, nlp: Language, shipped: Language, checked: Checked) -> None:
    """Run the examples and counterexamples of an entry."""
    entry: Any = file.tables
    for key in case.path:
        entry = entry[key]
    if not isinstance(entry, dict):
        return
    for number, written in enumerate(words(entry.get("examples"))):
        checked.examples += 1
        for grade, text in _of_example(case, written, nlp, shipped):
            error = file.error((*case.path, "examples", number), text)
            checked.findings.append(_finding(error, grade))
    for number, written in enumerate(words(entry.get("counterexamples"))):
        checked.examples += 1
        text = unmarked(written)[0]
        found = [fact for fact in facts(nlp, text, published=PUBLISHED) if fact.kind == case.kind]
        for fact in [fact for fact in found if case.fits(fact)][:1]:
            why = f"{case.name} finds `{fact.text}` in a counterexample"
            checked.findings.append(_finding(file.error((*case.path, "counterexamples", number), why)))


def _of_example(case: Case, written: str, nlp: Language, shipped: Language) -> Iterator[tuple[Grade, str]]:
    """What is wrong with one example."""
    text, marks = unmarked(written)
    found = [fact for fact in facts(nlp, text, published=PUBLISHED) if fact.kind == case.kind]
    own = [fact for fact in found if case.fits(fact)]
    if not marks:
        if not own:
            yield "error", f"{case.name} finds nothing in this example{_instead(found)}"
        return
    for start, end in marks:
        here = [fact for fact in found if fact.start < end and start < fact.end]
        fact = next((fact for fact in own if (fact.start, fact.end) == (start, end)), None)
        if fact is None:
            why = _instead(here) or _refused(nlp, text, case.name) or ": nothing is found there"
            yield "error", f"{case.name} does not find `{text[start:end]}`{why}"
        elif case.path[0] == "patterns":
            alike = next((f for f in facts(shipped, text, published=PUBLISHED) if _alike(f, fact)), None)
            if alike:
                yield (
                    "warning",
                    f"{alike.source.rule} finds `{fact.text}` without {case.name}, with the same values",
                )


def unmarked(written: str) -> tuple[str, list[tuple[int, int]]]:
    """A sentence without its brackets, and the offsets of what was in them.

    >>> unmarked("Wages rose [5%].")
    ('Wages rose 5%.', [(11, 13)])
    """
    marks, text = [], ""
    last = 0
    for match in _MARKED.finditer(written):
        text += written[last : match.start()]
        marks.append((len(text), len(text) + len(match[1])))
        text += match[1]
        last = match.end()
    return text + written[last:], marks


def _instead(found: Sequence[Fact]) -> str:
    """What is found instead of the expected fact."""
    if not found:
        return ""
    fact = found[0]
    if fact.source.rule.startswith(OWN):
        return f": {fact.source.rule} comes first and finds `{fact.text}`; it shadows this one"
    return f": {fact.source.rule} finds `{fact.text}`"


def _refused(nlp: Language, text: str, rule: str) -> str:
    """What `extract explain` says about a pattern whose match was refused, or that matched in part."""
    for explanation in explain(nlp, Article(id="", text=text)):
        for step in (*explanation.nothing, *explanation.near):
            if step.about == rule:
                return f": `{step.value}` is matched, {step.why}" if step.value else f": it {step.why}"
    return ""


def _alike(one: Fact, other: Fact) -> bool:
    """Two facts have the same span and values; their rules may differ."""
    if (one.kind, one.start, one.end) != (other.kind, other.start, other.end):
        return False
    values = [{key: value for key, value in asdict(fact).items() if key != "source"} for fact in (one, other)]
    return values[0] == values[1]


def _unused(own: Own, nlp: Language, articles: Iterable[Article | ArticleError], checked: Checked) -> None:
    """Name the patterns that find nothing in any of the articles."""
    read, found = 0, Counter[str]()
    for article in articles:
        if isinstance(article, Article):
            read += 1
            found.update({fact.source.rule for fact in facts(nlp, article)})
    if not read:
        return
    for file in own.files:
        for case in _cases(file):
            if case.path[0] == "patterns" and not found[case.name]:
                error = file.error(case.path, f"{case.name} finds nothing in {read:,} articles")
                checked.findings.append(_finding(error, "warning"))
