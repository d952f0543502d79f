"""Facts as HTML pages. A page is one file, which makes no requests.

>>> page = article_page(article, facts)

It uses only records and plain data: what else a page shows, such as explanations, is passed in.
Other pages can be built in the same way: `render` fills a template that extends `base.html`.
"""

from extract.view.article import Steps, article_page, articles_page
from extract.view.evaluation import comparison_page, evaluation_page
from extract.view.pages import render

__all__ = ["Steps", "article_page", "articles_page", "comparison_page", "evaluation_page", "render"]
