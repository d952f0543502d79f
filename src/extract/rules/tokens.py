"""The tokeniser's extra borders, so that facts begin and end at tokens.

>>> [t.text for t in nlp("(+123%) HK$5.4m—up")]
['(', '+', '123', '%', ')', 'HK$', '5.4m', '—', 'up']
"""

from __future__ import annotations

import re
from typing import Any

from spacy.language import Language
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
    """Add our borders to the pipeline's tokeniser."""
    tokenizer: Any = nlp.tokenizer
    defaults = nlp.Defaults
    tokenizer.prefix_search = compile_prefix_regex([*_SIGNS, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*_SUFFIXES, *(defaults.suffixes or ())]).search
    # `5.12 m.` at the end of a sentence is a unit and a full stop, not the abbreviation `m.`.
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if not _LETTER.fullmatch(form)}
    tokenizer.infix_finditer = compile_infix_regex([*_INFIXES, *(defaults.infixes or ())]).finditer
