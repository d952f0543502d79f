"""Dates: time expressions as TIMEX3 has them, resolved against the article's date and the text before them.

>>> text = "Exports rose in the second quarter from a year earlier."
>>> article = Article(id="a", text=text, published=date(2024, 8, 1))
>>> [(f.text, f.value, f.rule) for f in build_records(nlp(article.text), article, ())]
[('the second quarter', '2024-Q2', 'dates.quarter'), ('a year earlier', '2023-Q2', 'dates.ago')]

`grammar` holds the named patterns, `find` matches them, `resolve` says what they denote. The component writes
the spans only; the values need the article's date and are computed by `build_records`. The month in
which fiscal years start, where the user states it, goes with the spans that need it (`fiscal:10` in
`span.kb_id_`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.articles import Article
from extract.errors import OptionError
from extract.lexicons.own import config
from extract.lexicons.scope import Lexicons
from extract.records import Date, Fact, Source
from extract.rules.dates import fiscal, values
from extract.rules.dates.context import Meaning
from extract.rules.dates.extent import Expression
from extract.rules.dates.find import find
from extract.rules.dates.grammar import patterns
from extract.rules.dates.resolve import resolve
from extract.rules.dates.tense import side
from extract.rules.dates.words import LEXICON
from extract.rules.guard import guarded
from extract.rules.spans import group, require, sentence_starts, sources, span_at, write
from extract.rules.words import text_of, words_of

GROUP = "dates"
_FISCAL = "fiscal:"
_SOME_DAY = date(2000, 1, 1)  # the type of an expression does not depend on the article's date
_NEVER_NAMES = frozenset(["dates.year_of_event", "dates.iso"])
_DAYS = frozenset(["dates.month_day", "dates.day_month"])
_YEARS = frozenset(["dates.year", "dates.year_alone"])
_GIVEN_NAMES = frozenset(LEXICON["given_names"]["words"])
_NAMES = frozenset(["PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT", "LAW"])


class DatesComponent:
    """Writes `doc.spans["dates"]`: the TIMEX3 type is the label."""

    def __init__(self, *, fiscal_start: int | None = None, lexicons: Lexicons | None = None) -> None:
        """Keep the lexicons, and the month (1 to 12) in which fiscal years start, where it is stated.

        Raises:
            OptionError: it is no month.
        """
        self.lexicons = lexicons
        if fiscal_start is None and lexicons is not None:
            fiscal_start = lexicons.default("fiscal_start")
        if fiscal_start is not None and not 1 <= fiscal_start <= 12:
            raise OptionError(f"fiscal_start: {fiscal_start} is no month; give a number from 1 to 12")
        self.link = f"{_FISCAL}{fiscal_start:02}" if fiscal_start else ""

    @guarded("extract_dates")
    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        require(doc, "extract_dates", "sentences", "entities")
        write(doc, GROUP, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The spans of a document; writes nothing."""
        names, text = _names(doc), text_of(doc)
        spans: list[Span] = []
        resolved = resolve(text, find(text), published=_SOME_DAY, sentences=_sentences(doc))
        for expression, meaning in resolved:
            start, end = expression.start, expression.end
            link = self.link if _may_be_fiscal(text, expression, meaning) else ""
            span = span_at(doc, start, end, label=meaning.timex_type, rule=_name(expression), link=link)
            if not (_in_name(span, names.get(span.start)) or (spans and span.start < spans[-1].end)):
                spans.append(span)
        return spans


def _name(expression: Expression) -> str:
    """The name of the pattern that found an expression."""
    return expression.parts[0].named or expression.rule


def _names(doc: Doc) -> dict[int, Span]:
    """The names that an earlier component found, by each of their tokens."""
    return {token.i: span for span in group(doc, "entities") if span.label_ in _NAMES for token in span}


def _in_name(span: Span, name: Span | None) -> bool:
    """The expression is part of a name (`Sunday` in `Sunday Times`), or is a person's (`May`)."""
    if name is None or span.end > name.end or span.id_ in _NEVER_NAMES:
        return False
    longer = len(name) > len(span)
    if name.label_ not in ("WORK_OF_ART", "PERSON"):
        return longer and not _stands_apart(span, name)
    if _ends_dateline(span, name):
        return longer
    if _is_attribute(span, name):
        return True
    return longer or (name.label_ == "PERSON" and span.id_ != "dates.holiday")


def _ends_dateline(span: Span, name: Span) -> bool:
    """`MARCH 18` of a dateline that was read as a name."""
    return span.id_ in _DAYS and name.end == span.end and span[-1].text.isdigit()


def _is_attribute(span: Span, name: Span) -> bool:
    """`the October Budget`."""
    first = span.start == name.start and span.text not in _GIVEN_NAMES
    return span.id_ == "dates.month_attribute" and first


def _stands_apart(span: Span, name: Span) -> bool:
    """The date is no part of the name that holds it: `the September 1985 Plaza agreement`."""
    if span.id_ == "dates.month_year" or (span.id_ in _YEARS and name.label_ == "LAW"):
        return True  # `the 1951 Convention`
    return _ends_dateline(span, name) or _is_attribute(span, name)


def _sentences(doc: Doc) -> list[int]:
    """Offsets at which sentences begin."""
    if not doc.has_annotation("SENT_START"):
        return [0]
    starts = words_of(doc).starts
    return [starts[first] for first in sentence_starts(doc)]


def _may_be_fiscal(text: str, expression: Expression, meaning: Meaning) -> bool:
    return fiscal.is_fiscal(text, expression) or fiscal.is_split_year(expression, meaning.value)


def build_records(doc: Doc, article: Article, known: tuple[Fact, ...]) -> Iterator[Date]:
    """The records of the spans, in text order, resolved in one pass; `known` gives the article's country."""
    spans = {span.start_char: span for span in group(doc, GROUP)}
    links = {span.kb_id_ for span in spans.values() if span.kb_id_.startswith(_FISCAL)}
    start = int(links.pop().removeprefix(_FISCAL)) if links else None
    country = fiscal.country_of_article(known)
    year = fiscal.year_of_article(country, start)
    of_company = fiscal.year_of_company(article.text)
    expressions = [expression for expression in find(text_of(doc)) if expression.start in spans]
    resolved = resolve(
        text_of(doc), expressions, published=article.published, sentences=_sentences(doc), country=country
    )
    source = sources(doc, article)
    for expression, meaning in resolved:
        place = source(spans[expression.start])
        sentence = article.text[place.sentence_start : place.sentence_end]
        own = fiscal.year_of_company(sentence) or of_company
        days = _days(article, expression, meaning, place, own or year)
        yield Date(
            source=place,
            timex_type=meaning.timex_type,
            value=meaning.value,
            mod=meaning.mod or ("FISCAL" if fiscal.is_fiscal(article.text, expression) else None),
            date_start=days[0] if days else None,
            date_end=days[1] if days else None,
        )


def _days(
    article: Article, expression: Expression, meaning: Meaning, place: Source, year: fiscal.FiscalYear | None
) -> values.Interval | None:
    """First and last day of the time meant; the value's own, but for fiscal years and lengths of time."""
    if meaning.interval is not None or meaning.timex_type not in ("DATE", "TIME"):
        return meaning.interval
    text, sentence = article.text, article.text[place.sentence_start : place.sentence_end]
    if fiscal.is_fiscal(text, expression):
        fiscally = year is not None and year.covers(sentence)
    elif fiscal.is_split_year(expression, meaning.value):
        fiscally = fiscal.names_accounts(text, expression, sentence)
    else:
        return values.interval(meaning.value) if meaning.exact else None
    if year is None or not fiscally:
        return None
    ahead = side(text, place.start, place.end, place.sentence_start, place.sentence_end) > 0
    return fiscal.days(expression, year, published=article.published, value=meaning.value, ahead=ahead)


def _prepare() -> None:
    """Compile what a user's rules change, so that its errors come before a text is read."""
    patterns()


@Language.factory(
    "extract_dates",
    default_config={"fiscal_start": None, "rules": None},
    requires=["token.is_sent_start", "doc.spans"],
    assigns=["doc.spans"],
)
def make_dates(nlp: Language, name: str, fiscal_start: int | None, rules: config.Rules) -> DatesComponent:
    """The factory of the component.

    `fiscal_start` is the month (1 to 12) in which fiscal years start, `rules` are as `config.of` takes them.
    """
    return DatesComponent(fiscal_start=fiscal_start, lexicons=config.of(rules, _prepare))
