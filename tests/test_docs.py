"""The documents match the program: examples run, commands and options exist, links and anchors resolve.

`pytest tests/test_docs.py --force-regen` writes the current outputs and help texts into the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from extract.cli import main
from tests.documents import ROOT, blocks, hold, hold_block, shell

DOCS = ROOT / "docs"
README, START, CLI = ROOT / "README.md", DOCS / "start.md", DOCS / "cli.md"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
CONSOLE = [(page, number) for page in (README, START) for number in range(len(blocks(page, "console")))]
PORT = """---
title: Exports rise at Varna
date: 2024-06-11
---
Exports through the port of Varna rose by 5.5% to $71.6 million last year, Bulgaria said on Sunday.
"""
LINK = re.compile(r"\]\(([^)#:]*)(?:#([^)]*))?\)")
WIDTH = 100


@pytest.mark.parametrize(("page", "number"), CONSOLE, ids=lambda value: getattr(value, "name", str(value)))
def test_console_examples(tmp_path: Path, page: Path, number: int, request: pytest.FixtureRequest) -> None:
    (tmp_path / "port.txt").write_text(PORT)
    commands = re.findall(r"^\$ (.+)$", blocks(page, "console")[number], re.MULTILINE)
    shown = "".join(f"$ {command}\n{shell(command, tmp_path)}" for command in commands)
    hold_block(
        page, "console", number, "\n".join(line.rstrip() for line in shown.splitlines()) + "\n", request
    )


@pytest.mark.parametrize("page", [README, START], ids=lambda page: page.name)
def test_python_example(
    page: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    (code,) = blocks(page, "python")
    exec(compile(code, str(page), "exec"), {})
    hold_block(page, "text", 0, capsys.readouterr().out, request)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_exist(page: Path) -> None:
    lines = [line for block in blocks(page, "sh") + blocks(page, "console") for line in block.splitlines()]
    used = [
        re.split(r"[|#<]", line.removeprefix("$ "))[0].split()
        for line in lines
        if re.match(r"(\$ )?extract ", line)
    ]
    for words in used:
        assert words[1] in main.commands or words[1].startswith("-"), words
        options = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        known = options_of(main.commands.get(words[1], main)) | {"--help"}
        assert options <= known, f"{page.name}: {words}"


def options_of(command: click.Command) -> set[str]:
    """The options of a command, or of all commands of a group."""
    others = command.commands.values() if isinstance(command, click.Group) else ()
    own = {name for parameter in command.params for name in parameter.opts}
    return own.union(*map(options_of, others))


def test_the_readme_names_every_command() -> None:
    assert all(f"extract {name}" in README.read_text(encoding="utf-8") for name in main.commands)


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    used = set(re.findall(r"`make ([\w-]+)", text) + re.findall(r"^make ([\w-]+)", text, re.MULTILINE))
    assert used <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_anchors_resolve(page: Path) -> None:
    for target, anchor in LINK.findall(without_code(page)):
        found = page.parent / target if target else page
        assert found.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(found), f"{page.name} links to {target}#{anchor}"


def without_code(page: Path) -> str:
    return re.sub(
        r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )


def anchors(page: Path) -> set[str]:
    """The anchors of a page, one per heading."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_lists_are_lists_in_the_site_too(page: Path) -> None:
    """Python-Markdown wants an empty line before a list, and four spaces before a list within one."""
    assert not re.findall(
        r"^(?!- |\d+\. | |#|$)[^\n]*\n(?:- |\d+\. )[^\n]*$", without_code(page), re.MULTILINE
    )
    assert not re.findall(r"^ {1,3}- ", without_code(page), re.MULTILINE)


def test_every_page_is_in_the_navigation_and_in_the_readme() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    pages = {path.name for path in DOCS.glob("*.md")}
    assert pages <= set(re.findall(r": ([\w-]+\.md)$", navigation, re.MULTILINE))
    linked = {Path(target).name for target, _ in LINK.findall(README.read_text(encoding="utf-8"))}
    assert pages - {"index.md"} <= linked


def test_the_command_line_reference_is_the_help(request: pytest.FixtureRequest) -> None:
    text = CLI.read_text(encoding="utf-8")
    real = "".join(section(context) for context in contexts(main, None, "extract"))
    hold(CLI, (text.index("## extract\n"), len(text)), real, request)


def contexts(command: click.Command, parent: click.Context | None, name: str) -> Iterator[click.Context]:
    """A context of a command, then those of its commands, with the width of the page."""
    context = click.Context(
        command, parent, name, terminal_width=WIDTH, max_content_width=WIDTH, **command.context_settings
    )
    yield context
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        yield from contexts(child, context, child.name or "")


def section(context: click.Context) -> str:
    """The heading and the help of a command."""
    return f"## {context.command_path}\n\n```text\n{context.get_help()}\n```\n\n"
