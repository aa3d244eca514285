"""The shell blocks of Markdown documents, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from programs import problems_of
from shell_commands import Shell, ShellSyntaxError

FENCE = re.compile(r"^(?P<indent> *)```(?:sh|bash|shell)\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)


def shell_blocks(text: str) -> Iterator[tuple[int, str]]:
    """First line (from 1) and text of every fenced block that is marked as shell."""
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start("body")) + 1
        indent = len(match["indent"])
        yield line, "\n".join(row[indent:] for row in match["body"].splitlines())


def problems_in(
    text: str, *, set_before: str = "", check: Callable[[list[str]], str | None] = problems_of
) -> list[str]:
    """What is wrong with the blocks of a document, a line each.

    `set_before` is a document that a reader has been through already: its variables are there.
    """
    shell = Shell()
    for _, block in shell_blocks(set_before):
        shell.run(block)
    found = []
    for line, block in shell_blocks(text):
        shell.commands, shell.undefined = [], []
        try:
            shell.run(block)
        except ShellSyntaxError as error:
            found.append(f"{line}: {error}")
            continue
        found += [f"{line}: ${name} is not defined" for name in dict.fromkeys(shell.undefined)]
        found += [f"{line}: {problem}" for command in shell.commands if (problem := check(command))]
    return found


def preamble_of(path: Path) -> Path | None:
    """The README of a document's own folder is read first."""
    readme = path.parent / "README.md"
    return readme if readme != path and readme.exists() else None
