"""The tokeniser's extra borders, so that facts begin and end at tokens.

>>> nlp = spacy.blank("en", config=CONFIG)
>>> [t.text for t in nlp("(+123%) HK$5.4m—up")]
['(', '+', '123', '%', ')', 'HK$', '5.4m', '—', 'up']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

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
