"""Who states a claim: the subject of the word of saying, or whoever is quoted or made the forecast.

"Exports rose 5 %," said Trade Minister Ana Costa              -> Ana Costa
Ana Costa spoke in Madrid. | Exports, | she | said, rose 5 %   -> Ana Costa
A | Renault | report showed that sales rose 5 %                -> Renault
"Sales are up," said Ana Costa. | "They could rise 5 %."       -> Ana Costa
The | IMF | cut its growth forecast to 3 %                     -> the IMF
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from extract.records import Entity
from extract.rules import syntax
from extract.rules.growth.asked import Asked
from extract.rules.growth.kinds import word_group
from extract.rules.growth.sayings import ACCORDING, is_saying, sayings, subject_near, words
from extract.rules.growth.says import adjacent, named_beside, who

_OWN = word_group("speaker_own")
_QUOTED_BACK = 40  # words between a quotation and the one that it continues
_BEHIND = 12  # words after a quotation that are searched for its speaker


def speaker(asked: Asked) -> Entity | None:
    """The person or body that says or expects a claim; None if it is unknown."""
    return next((entity for read in SPEAKERS if (entity := read(asked)) is not None), None)


def by_saying(asked: Asked) -> Entity | None:
    """The subject of the word of saying or expecting in its sentence."""
    for saying in sayings(asked.cue, asked.window):
        entity = _subject(saying, asked)
        if entity is not None:
            return entity
    return None


def _subject(saying: Token, asked: Asked) -> Entity | None:
    if saying.lower_ == ACCORDING:
        source = syntax.complement_of(saying, "to") or _behind_according(saying, asked)
        return who(source, asked) if source is not None else None
    subject = subject_near(saying)
    if subject is None or subject.i == saying.i:
        return adjacent(saying, asked)
    if asked.metric.start <= subject.i < asked.metric.end:
        return None
    entity = who(subject, asked)
    if saying.lower_ in words("showing", "verbs"):
        known = subject.lower_ in words("showing", "reports") or (entity and entity.label == "PERSON")
        return entity if known else None
    return entity or named_beside(saying, asked)


def _behind_according(saying: Token, asked: Asked) -> Token | None:
    """The last word of the first name after `according to`, if there is no tree."""
    named = asked.names.within(saying.i + 2, saying.i + 6)
    return saying.doc[named[0].end - 1] if named else None


def by_forecast(asked: Asked) -> Entity | None:
    """Whose forecast was changed; a target counts only if it is a person's: `she cut her target`."""
    changed = syntax.object_of(asked.cue)
    if changed is None or syntax.is_passive(asked.cue):
        return None
    aim = changed.lower_ in words("views", "aims")
    owner, subject = syntax.possessor_of(changed), subject_near(asked.cue)
    foreign = owner is not None and owner.lower_ not in _OWN
    if foreign or subject is None or subject.i == changed.i or not (aim or changed.lower_ in words("views")):
        return None
    entity = who(subject, asked)
    return None if aim and (entity is None or entity.label != "PERSON") else entity


def by_quotation(asked: Asked) -> Entity | None:
    """The speaker of the quotation with the claim, by the words after it, else before it in its paragraph."""
    quotations = asked.names.quotations
    at = quotations.at(asked.span)
    if at is None:
        return None
    doc, (start, end) = asked.names.doc, quotations.all[at]
    following = quotations.all[at + 1].start if at + 1 < len(quotations.all) else len(doc)
    behind = _said_between(end + 1, min(following, end + _BEHIND), asked)
    if behind is not None:
        return behind
    last = quotations.all[at - 1].end + 1 if at else 0
    if start - last > _QUOTED_BACK or "\n\n" in doc[last:start].text:
        return None
    return _said_between(last, start, asked)


def _said_between(start: int, end: int, asked: Asked) -> Entity | None:
    """The speaker, by the first word of saying there."""
    for token in asked.names.doc[start:end]:
        if token.is_space and token.text.count("\n") > 1:
            return None
        if is_saying(token):
            return adjacent(token, asked)
    return None


SPEAKERS: tuple[Callable[[Asked], Entity | None], ...] = (by_saying, by_forecast, by_quotation)
