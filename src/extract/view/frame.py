"""The page of facts in a notebook: in a frame, so that their styles do not interfere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from extract.articles import Article
from extract.records import Fact
from extract.view.article import articles_page

_TEXT = 50_000  # code points of an article that is shown whole in a notebook
_FACTS = 500  # more make a notebook slow to open
_HEIGHTS = (240, 720)  # pixels of the frame


def framed(facts: Sequence[Fact], article: Article | None = None) -> str:
    """A frame with the page of facts: those of `article` in its text, all others in their sentences.

    Args:
        facts: The facts of one or several articles. The first 500 are shown, with a note if there are more.
        article: Shown whole, unless it is very long.
    """
    shown = facts[:_FACTS]
    groups: dict[str, list[Fact]] = {} if article is None else {article.id: []}
    for fact in shown:
        groups.setdefault(fact.doc_id, []).append(fact)
    whole = article if article is not None and len(article.text) <= _TEXT else None
    pairs = [(whole if whole and name == whole.id else None, of) for name, of in groups.items()]
    left = len(facts) - len(shown)
    page = articles_page(
        [(of, held) for of, held in pairs if of is not None or held],
        title=article.title or article.id if article else None,
        note=f"The first {len(shown):,} facts, and {left:,} more." if left else None,
    )
    height = min(max(_HEIGHTS[0], 200 + _lines(whole, shown) * 36), _HEIGHTS[1])
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="allow-scripts allow-popups" title="Facts" '
        f'style="width:100%;height:{height}px;border:0"></iframe>'
    )


def _lines(article: Article | None, facts: Iterable[Fact]) -> int:
    """The approximate number of lines of the text."""
    texts = {article.text} if article else {fact.sentence for fact in facts}
    return sum(len(text) // 75 + 2 for text in texts)
