"""Facts as pages to look at. A page is one HTML file that requests nothing from anywhere.

>>> page = article_page(article, facts)

It knows records and plain data alone: what a page shows beside them, such as explanations, is passed in.
Other pages are made of the same parts: `render` fills a template that extends `base.html`.
"""

from extract.view.article import Steps, article_page, articles_page
from extract.view.evaluation import comparison_page, evaluation_page
from extract.view.pages import render

__all__ = ["Steps", "article_page", "articles_page", "comparison_page", "evaluation_page", "render"]
