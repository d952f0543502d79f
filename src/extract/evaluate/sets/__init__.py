"""Readers of public test sets and of annotations by other tools, as articles with gold.

    given = read_set(Path("TBAQ/TimeBank"), "timeml")
    found = [fact for article in given.articles for fact in facts(nlp, article)]
    figures = score(given.gold, given.comparable(found), labels=True)

A format is a function from a file to articles with their spans; `FORMATS` lists all formats.
"""

from extract.evaluate.sets.base import AnnotatedSet, Span
from extract.evaluate.sets.read import FORMATS, WITHOUT_PLACES, Format, read_set

__all__ = ["FORMATS", "WITHOUT_PLACES", "AnnotatedSet", "Format", "Span", "read_set"]
