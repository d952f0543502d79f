"""The tokeniser's extra borders, so that facts begin and end at tokens.

>>> nlp = spacy.blank("en", config=CONFIG)
>>> [t.text for t in nlp("(+123%) HK$5.4m—up")]
['(', '+', '123', '%', ')', 'HK$', '5.4m', '—', 'up']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer as SpacyTokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from extract.rules.words import remember_text

NAME = "extract.Tokenizer.v1"
CONFIG: Mapping[str, Any] = {
    "nlp": {"tokenizer": {"@tokenizers": NAME}}
}  # of any pipeline that is to have it

_SIGNS = [r"[+±~≈−](?=[\d$£€¥₹])", r"[−-](?=[$£€¥₹]?\d)", r"(?:[A-Z]{1,3})?\$(?=\d)", r"#(?=\d)"]
_INFIXES = [
    r"[–—]",
    r"(?<=[\d%])/(?=[A-Za-z])",
    r"(?<=%)[-–](?=\w)",
    r"(?<=\d)[-–,](?=[A-Za-z])",  # `$43.50-a-share`, and a comma without its space
    r"(?<=[a-z])\((?=\d)",
    r"(?<=\w)\)(?=[-–]\w)",
    r"(?<=[\w.,;:%])\[(?=\w{1,3}(?:\]|$))",  # a footnote's mark: `113,550 employees[4]`
    r"(?<=\d)[\"”](?=[,;])",
    r"(?<=[a-z])-(?=[$£€])",  # `sub-$100`
]
_SUFFIXES = [
    r"(?<=\d[A-Z¢])\.",  # `$3M.` and `85¢.` at the end of a sentence
    r"(?<=[¢°])\.",
    r"(?<=[a-z][A-Z])\.",  # `300 ZiG.`
    r"(?<=[\w.,%)\]”’\"])\[\w{1,3}\]",  # the mark of a footnote: `20 shops[a]`, `fell 5%.[4]`
]
_LETTER = re.compile(r"[a-z]\.")

# spaCy takes one sign after the other off a word, and looks through all the rest each time.
_LONGEST = 100  # code points of a word that it gets; of ordinary words addresses alone are longer
_LONG = re.compile(rf"(?<!\S)\S{{{_LONGEST + 1},}} ?")
_ADDRESS = r"(?i:https?://|www\.)[^\s<>\"]*[\w/]"
_PIECE = re.compile(rf"{_ADDRESS} ?|\S{{1,40}}(?!\w) ?|\S{{1,40}} ?")

_MOST_WORDS = 10_000  # whose tokens spaCy keeps
_MOST_LEXEMES = 100_000  # that spaCy has made since its tables were new: 9 MB of them


class Tokenizer(SpacyTokenizer):  # type: ignore[misc]
    """spaCy's tokeniser in linear time: words that are longer than any are cut before it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what spaCy's takes."""
        super().__init__(*args, **options)
        self._learnt: set[str] = set()

    def learn(self, text: str) -> None:
        """Keep the tokens of the words of the first texts for good: what is frequent is among them.

        Word by word: after one with a rule of its own, such as `U.S.`, spaCy keeps no other word of a text.
        """
        room = _MOST_WORDS - len(self._learnt)
        words = text.split() if room else []
        if self._learnt.issuperset(words):
            return
        new = (word for word in dict.fromkeys(words) if word not in self._learnt)
        for word in islice((word for word in new if len(word) <= _LONGEST), room):
            self._learnt.add(word)
            super().__call__(word)

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        if not self.vocab.in_memory_zone:  # in one nothing is kept
            self.learn(text)
        if not _LONG.search(text):
            return self._tokens(text)
        found: list[tuple[str, bool, str | None]] = []  # the words, whether a space follows, their norms
        for piece in _pieces(text):
            if len(piece) > _LONGEST and not re.search(r"\s", piece[:-1]):
                found.append((piece.rstrip(" "), piece.endswith(" "), None))  # an address
            else:
                found += ((t.text, bool(t.whitespace_), t.norm_) for t in self._tokens(piece))
        doc = Doc(self.vocab, words=[word for word, *_ in found], spaces=[space for _, space, _ in found])
        for token, (*_, norm) in zip(doc, found, strict=True):
            if norm is not None and norm != token.norm_:  # such as `not` of `n't`
                token.norm_ = norm
        return doc

    def _tokens(self, text: str) -> Doc:
        doc: Doc = super().__call__(text)
        remember_text(doc, text)
        return doc


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces, with words that are too long in some of their own."""
    end = 0
    for word in _LONG.finditer(text):
        if word.start() > end:
            yield text[end : word.start()]
        yield from (piece[0] for piece in _PIECE.finditer(text, word.start(), word.end()))
        end = word.end()
    if end < len(text):
        yield text[end:]


@contextmanager
def freed(nlp: Language, texts: Iterable[str]) -> Iterator[None]:
    """Free what spaCy keeps of texts that are processed here, so that memory does not grow with new words.

    spaCy takes a word apart once and keeps what it made, but not of words that it first sees here. So it
    learns the words of the first texts before.
    """
    if isinstance(nlp.tokenizer, Tokenizer):
        for text in texts:
            nlp.tokenizer.learn(text)
    if len(nlp.vocab) > _MOST_LEXEMES:
        _renew_tables(nlp)
    with nlp.memory_zone():
        yield


def _renew_tables(nlp: Language) -> None:
    """Make the tables of strings and lexemes anew, with what is kept for good.

    A word that is freed leaves its place in them taken, so they would double time and again.
    """
    vocab: Any = nlp.vocab
    others = ["vectors", "lookups"]
    getters = dict(vocab.lex_attr_getters)
    vocab.from_bytes(vocab.to_bytes(exclude=others), exclude=others)
    vocab.lex_attr_getters = getters  # spaCy lays the same table of norms over them at each loading


@registry.tokenizers(NAME)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """What makes a tokeniser with our borders beside those of a pipeline's language."""
    return _tokenizer


def _tokenizer(nlp: Language) -> Tokenizer:
    defaults = nlp.Defaults
    exceptions = defaults.tokenizer_exceptions
    return Tokenizer(
        nlp.vocab,
        # `5.12 m.` at the end of a sentence is a unit and a full stop, not the abbreviation `m.`.
        rules={form: parts for form, parts in exceptions.items() if not _LETTER.fullmatch(form)},
        prefix_search=compile_prefix_regex([*_SIGNS, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*_SUFFIXES, *(defaults.suffixes or ())]).search,
        infix_finditer=compile_infix_regex([*_INFIXES, *(defaults.infixes or ())]).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )
