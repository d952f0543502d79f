"""The tokeniser's extra borders, so that facts begin and end at tokens.

>>> [t.text for t in nlp("(+123%) HK$5.4m—up")]
['(', '+', '123', '%', ')', 'HK$', '5.4m', '—', 'up']
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_SIGNS = [r"[+±~≈−](?=[\d$£€¥₹])", r"[−-](?=[$£€¥₹]?\d)", r"(?:[A-Z]{1,3})?\$(?=\d)", r"#(?=\d)"]
_INFIXES = [
    r"[–—]",
    r"(?<=[\d%])/(?=[A-Za-z])",
    r"(?<=%)[-–](?=\w)",
    r"(?<=\d)[-–,](?=[A-Za-z])",  # `$43.50-a-share`, and a comma without its space
    r"(?<=[a-z])\((?=\d)",
    r"(?<=\w)\)(?=[-–]\w)",
]
_SUFFIXES = [r"(?<=\d[A-Z¢])\.", r"(?<=[¢°])\."]  # `$3M.` and `85¢.` at the end of a sentence
_LETTER = re.compile(r"[a-z]\.")


def customise(nlp: Language) -> None:
    """Give the pipeline a tokeniser with our borders beside those of its language."""
    defaults = nlp.Defaults
    exceptions = defaults.tokenizer_exceptions
    nlp.tokenizer = Tokenizer(  # built anew: each change to one that is built goes through all exceptions
        nlp.vocab,
        # `5.12 m.` at the end of a sentence is a unit and a full stop, not the abbreviation `m.`.
        rules={form: parts for form, parts in exceptions.items() if not _LETTER.fullmatch(form)},
        prefix_search=compile_prefix_regex([*_SIGNS, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*_SUFFIXES, *(defaults.suffixes or ())]).search,
        infix_finditer=compile_infix_regex([*_INFIXES, *(defaults.infixes or ())]).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )
