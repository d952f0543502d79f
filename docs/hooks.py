"""What MkDocs needs beyond the pages of `docs/`: the list of decisions, and the pages at the root."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

DOCS = Path(__file__).parent
ROOT_PAGES = ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List every decision in the navigation, in the order of their numbers."""
    pages = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    decisions = ["decisions/index.md", *(f"decisions/{page}" for page in pages)]
    config.nav = [{"Decisions": decisions} if "Decisions" in entry else entry for entry in config.nav or []]
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages at the root of the repository, whose links start at the root."""
    for name in ROOT_PAGES:
        text = (DOCS.parent / name).read_text(encoding="utf-8").replace("](docs/", "](")
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Let links to the pages at the root lead to their copies in the site."""
    for name in ROOT_PAGES:
        markdown = markdown.replace(f"](../{name}", f"]({name}").replace(f"](../../{name}", f"](../{name}")
    return markdown
