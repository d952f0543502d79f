"""Articles from request bodies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError

from extract.articles import Article, Page
from extract.errors import ArticleError
from extract.readers import html, text
from extract.readers.dates import parse
from extract.readers.options import Options
from extract.serve.refusals import Refusal

_SHOWN = 3  # errors in a message
_OBJECT = TypeAdapter(dict[str, Any])
_JSON = 'send an article such as {"text": "Exports rose 5%.", "date": "2024-06-11"}'


def _checked(value: str) -> str:
    if "\0" in value:
        raise ValueError("contains a null character")
    return value


def _named(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _with_words(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty")
    return _checked(value)


def _day(value: str) -> str:
    _parsed(value)
    return value


def _parsed(value: str | None) -> date | None:
    try:
        return parse(value)
    except ValueError as error:
        raise ValueError("is not a date; write it as 2024-06-11") from error


Words = Annotated[str, AfterValidator(_checked)]


class ArticleIn(BaseModel):
    """An article. Further fields are ignored."""

    text: Annotated[str, AfterValidator(_with_words)] = Field(
        description="The text; offsets count its code points."
    )
    id: Annotated[Words | None, BeforeValidator(_named)] = Field(
        None, description="The `doc_id` of its records: a string or an integer."
    )
    title: Words | None = None
    date: Annotated[str, AfterValidator(_day)] | None = Field(
        None, description="The publication date, such as 2024-06-11; relative dates resolve against it."
    )
    source: Words | None = None
    url: Words | None = Field(None, description="Its URL; it is never fetched.")
    author: Words | None = None

    def article(self, name: str) -> Article:
        """The article; `name` is its id unless it has its own."""
        return Article(
            id=name if self.id is None else self.id,
            text=self.text,
            title=self.title or None,
            published=_parsed(self.date),
            source=self.source or None,
            url=self.url or None,
            author=self.author or None,
        )


class ArticlesIn(BaseModel):
    """Several articles."""

    articles: list[ArticleIn] = Field(min_length=1)


def object_of(data: bytes) -> dict[str, Any]:
    """The JSON object of a body or a line.

    Raises:
        Refusal: it is not one.
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    try:
        return _OBJECT.validate_json(data)
    except ValidationError as error:
        (one,) = error.errors(include_url=False, include_input=False)
        if one["type"] != "json_invalid":
            raise Refusal("invalid", "is not a JSON object", _JSON) from error
        reason = f"is not valid JSON ({one.get('ctx', {}).get('error', one['msg'])})"
        raise Refusal("not_json", reason, _JSON) from error


def article_of(held: dict[str, Any], name: str) -> Article:
    """The article of a JSON object; `name` is its id unless it has its own.

    Raises:
        Refusal: a field is missing or invalid.
    """
    try:
        return ArticleIn.model_validate(held).article(name)
    except ValidationError as error:
        raise _invalid(error) from error


def articles_of(held: dict[str, Any], most: int) -> list[Article]:
    """The articles of a JSON object with a list of them; their ids are their numbers from 0.

    Raises:
        Refusal: there are more than `most`, or a field is missing or invalid.
    """
    given = held["articles"]
    if isinstance(given, list) and len(given) > most:
        reason = f"has {len(given):,} articles, more than {most:,}"
        raise Refusal(
            "too_many_articles", reason, "send fewer per request, or JSON Lines, which have no limit"
        )
    try:
        articles = ArticlesIn.model_validate(held).articles
    except ValidationError as error:
        raise _invalid(error) from error
    return [article.article(str(number)) for number, article in enumerate(articles)]


def article_of_text(data: bytes, fields: dict[str, str]) -> Article:
    """The article of a plain text; the other fields come from the query.

    Raises:
        Refusal: the text is not UTF-8, or a field is invalid.
    """
    try:
        return article_of({**fields, "text": data.decode("utf-8-sig")}, "")
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


def item_of_file(data: bytes, name: str) -> Article | Page:
    """The article in an uploaded file: a web page if the name ends in .html, otherwise text.

    Raises:
        Refusal: it is not an article.
    """
    try:
        if name.lower().endswith((".html", ".htm")):
            return html.page(data, article_id=name, where=name)
        return text.article(data, article_id=name, where=name, options=Options())
    except ArticleError as error:
        raise Refusal("unreadable", error.reason, error.remedy) from error


def _not_utf8() -> Refusal:
    return Refusal("not_utf8", "is not UTF-8", "send it as UTF-8")


def _invalid(error: ValidationError) -> Refusal:
    found = list(_messages(error))
    more = f"; and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
    return Refusal("invalid", "; ".join(found[:_SHOWN]) + more, _JSON)


def _messages(error: ValidationError) -> Iterator[str]:
    """The messages of validation errors, without the values that were sent."""
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        where = ".".join(map(str, one["loc"]))
        message = one["msg"].removeprefix("Value error, ")
        yield f"{where}: {message[:1].lower()}{message[1:]}"
