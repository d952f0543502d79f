"""Growth: claims that a measurable quantity changed.

    Kazakhstan's exports soared 11-fold to $303.6 million
    -> metric "Kazakhstan's exports", increase, 11 factor, to 303600000 USD

The component reads each sentence as a string of symbols (`symbols`, settled by `settle`), finds claims
by named patterns over it (`patterns`, `claims`, `tails`, `series`, `losses`), the metric by walking the
noun phrase beside the cue (`metric`), period and baseline from the clause (`times`), its
status (`status`), and who
says it (`speaker`). `doc.spans["growth"]` holds the claims: the span of the size, or of the level where
no size is stated, labelled with the direction. `doc.spans["growth_parts"]` holds the parts, labelled
with their role and linked to the claim by `kb_id_`. `records` reads both, and `check` compares stated
sizes with stated levels.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.rules.growth import times
from extract.rules.growth.claim import ALTERNATIVE, Claim
from extract.rules.growth.claims import claims
from extract.rules.growth.metric import main_subject
from extract.rules.growth.patterns import PATTERNS
from extract.rules.growth.records import GROUP, PARTS, claim_key, read
from extract.rules.growth.series import BRACKETED, CONTINUED, SIGNED
from extract.rules.growth.speaker import speaker
from extract.rules.growth.status import status
from extract.rules.growth.symbols import Sentence, Symbols
from extract.rules.spans import span_at

RULES = tuple(dict.fromkeys([p.name for p in PATTERNS] + [ALTERNATIVE, CONTINUED, SIGNED, BRACKETED]))

__all__ = ["GROUP", "PARTS", "RULES", "Growth", "make_growth", "read"]


class Growth:
    """Writes `doc.spans["growth"]` and `doc.spans["growth_parts"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Match and write."""
        doc.spans[GROUP], doc.spans[PARTS] = self.match(doc)
        return doc

    def match(self, doc: Doc) -> tuple[list[Span], list[Span]]:
        """The claims of a document and their parts; writes nothing."""
        found: dict[tuple[int, int], Span] = {}
        parts: list[Span] = []
        last: Span | None = None  # the metric last spoken of
        symbols = Symbols(doc)
        for sentence in symbols.sentences():
            for claim in claims(sentence):
                metric = (
                    sentence.span(*claim.metric)
                    if claim.metric
                    else _spoken_of(symbols, sentence, claim, last)
                )
                size = sentence.span(claim.magnitude, claim.magnitude)
                if metric is None or (size.start, size.end) in found:
                    continue
                last = metric
                span = _labelled(doc, size, claim.direction, claim.rule)
                found[size.start, size.end] = span
                parts += _parts(
                    doc, sentence, claim, span, metric, speaker(sentence, claim, symbols.entities)
                )
        return sorted(found.values(), key=lambda s: s.start), parts


def _spoken_of(symbols: Symbols, sentence: Sentence, claim: Claim, last: Span | None) -> Span | None:
    """What a claim without a metric of its own is about.

    The metric last spoken of in its sentence, else the subject of the sentence; for a pronoun the subject of
    the sentence before; else the metric last spoken of at all.
    """
    start = sentence.items[0].start
    if last is not None and last.start >= start:
        return last
    subject = main_subject(sentence)
    if subject and subject[1] < claim.first:
        return sentence.span(*subject)
    before = symbols.before(sentence) if "y" in sentence.codes[: claim.cue] else None
    subject = main_subject(before) if before else None
    return before.span(*subject) if before and subject else last


def _labelled(doc: Doc, span: Span, label: str, rule: str, link: str = "") -> Span:
    return span_at(doc, span.start_char, span.end_char, label=label, rule=rule, link=link)


def _parts(
    doc: Doc, sentence: Sentence, claim: Claim, size: Span, metric: Span, speaker: Span | None
) -> list[Span]:
    """The parts of a claim as labelled spans: what it is of, levels, times, and the words that decide."""
    key = claim_key(size)
    state, word = status(sentence, claim)
    items = {
        "to_loss" if claim.to in claim.losses else "to": claim.to,
        "from_loss" if claim.from_ in claim.losses else "from": claim.from_,
        "high": claim.high,
        "counted": claim.counted,
        "period": claim.period,
        "baseline": claim.baseline,
        state: word,
        "cue": claim.cue,
    }
    parts = [_labelled(doc, metric, "metric", claim.rule, key)]
    if speaker is not None:
        parts.append(_labelled(doc, speaker, "speaker", claim.rule, key))
    for role, item in items.items():
        if item is not None:
            last = times.time_end(sentence, item) if role == "period" else item
            parts.append(_labelled(doc, sentence.span(item, last), role, claim.rule, key))
    return parts


@Language.factory("extract_growth")
def make_growth(nlp: Language, name: str) -> Growth:
    """The factory of the component."""
    return Growth()
