"""Growth: claims that a measurable quantity changed.

    Kazakhstan's exports soared 11-fold to $303.6 million
    -> metric "Kazakhstan's exports", increase, 11 factor, to 303600000 USD

The component maps each sentence to a row of symbols (`symbols`, corrected by `retag`), finds claims
by named patterns over it (`patterns`, `claims`, `tails`, `series`, `losses`), the metric by walking the
noun phrase next to the cue (`subjects`, `phrases`) or from earlier claims (`references`), period and
baseline from the clause (`times`), and its status (`status`). `doc.spans["growth"]` holds the claims:
the span of the size, or of the level if no size is stated, labelled with the direction.
`doc.spans["growth_parts"]` holds the parts, labelled with their role and linked to the claim by `kb_id_`.
`records` reads both, and `check` compares stated sizes with stated levels.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.lexicons.metrics import metrics
from extract.lexicons.own import config
from extract.lexicons.scope import Lexicons
from extract.rules.growth.claim import Claim
from extract.rules.growth.claims import claims
from extract.rules.growth.parsed import parsed
from extract.rules.growth.patterns import claim_patterns
from extract.rules.growth.records import GROUP, PARTS, build_records, claim_key
from extract.rules.growth.references import Told, linked, referent, stands_for_another, take_level_beside
from extract.rules.growth.status import status
from extract.rules.growth.symbols import Sentence, Symbols
from extract.rules.guard import guarded
from extract.rules.spans import require, write

_FIRST = 2  # items of a sentence within which a bare `figure` refers to the previous sentence

__all__ = ["GROUP", "PARTS", "Growth", "build_records", "make_growth"]


class Growth:
    """Writes `doc.spans["growth"]` and `doc.spans["growth_parts"]`."""

    def __init__(self, lexicons: Lexicons | None = None) -> None:
        """Keep the lexicons of a user's rules; None for the shipped ones."""
        self.lexicons = lexicons

    @guarded("extract_growth")
    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        require(doc, "extract_growth", "sentences", "entities", "dates", "money", "quantities")
        spans, parts = self.match(doc)
        write(doc, GROUP, spans)
        write(doc, PARTS, parts)
        return doc

    def match(self, doc: Doc) -> tuple[list[Span], list[Span]]:
        """The claims of a document and their parts; writes nothing."""
        found: dict[tuple[int, int], Told] = {}
        last: Told | None = None
        symbols = Symbols(doc)
        for sentence in parsed(symbols):
            for claim in claims(sentence):
                told, instead = _told(symbols, sentence, claim, last)
                if told is None or (told.span.start, told.span.end) in found:
                    continue
                if instead and last is not None:
                    del found[last.span.start, last.span.end]
                found[told.span.start, told.span.end] = last = told
        spans, parts = [], []
        for told in sorted(found.values(), key=lambda t: t.span.start):
            spans.append(told.span)
            parts += _parts(doc, told)
        return spans, parts


def _told(symbols: Symbols, sentence: Sentence, claim: Claim, last: Told | None) -> tuple[Told | None, bool]:
    """The claim with its metric, and whether it replaces the last one; None without a metric."""
    full, instead = linked(symbols, sentence, claim, last)
    if full is None:
        return None, False
    own, bare = full.metric, stands_for_another(sentence, full)
    if own is not None and bare:
        full.metric = None
        take_level_beside(sentence, full, own)
    metric = (
        sentence.phrase(*full.metric)
        if full.metric
        else referent(symbols, sentence, full, last, pointing=bare and (own is None or own[0] <= _FIRST))
    )
    metric = metric or (sentence.phrase(*own) if own else None)
    if metric is None:
        return None, False
    size = full.borrowed.get("to") if full.size is None else None
    size = size or sentence.span(full.magnitude, full.magnitude)
    return Told(sentence, full, metric, _labelled(symbols.doc, size, full.direction, full.rule)), instead


def _labelled(doc: Doc, span: Span, label: str, rule: str, link: str = "") -> Span:
    return Span(doc, span.start, span.end, label=label, span_id=rule, kb_id=link)


def _parts(doc: Doc, told: Told) -> list[Span]:
    """The parts of a claim as labelled spans: metric, levels, times, and the words that decide its status."""
    sentence, claim = told.sentence, told.claim
    key = claim_key(told.span)
    state, word = status(sentence, claim)
    items = {
        "to_loss" if claim.to in claim.losses else "to": claim.to,
        "from_loss" if claim.from_ in claim.losses else "from": claim.from_,
        "high": claim.high,
        "counted": claim.counted,
        "period": claim.period,
        "baseline": claim.baseline,
        "expected": claim.expected,
        state: word,
        "cue": claim.cue,
    }
    spans = {"metric": told.metric} | claim.borrowed
    for role, item in items.items():
        if item is not None:
            spans[role] = sentence.span(item, item)
    return [_labelled(doc, span, role, claim.rule, key) for role, span in spans.items()]


def _prepare() -> None:
    """Compile what a user's rules change, so that errors are raised before a text is processed."""
    claim_patterns()
    metrics()


@Language.factory(
    "extract_growth",
    default_config={"rules": None},
    requires=["token.is_sent_start", "doc.spans"],
    assigns=["doc.spans"],
)
def make_growth(nlp: Language, name: str, rules: config.Rules) -> Growth:
    """The factory of the component; `rules` are a user's, as `config.of` takes them."""
    return Growth(config.of(rules, _prepare))
