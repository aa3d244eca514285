"""Whether the links of a document lead somewhere in the repository."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

CODE = re.compile(r"^ *```.*?^ *```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ +(?P<text>.+)$", re.MULTILINE)


def broken_links(path: Path, text: str) -> list[str]:
    """Links of a document whose file or heading is not there, a line each. Links to the web are not followed."""
    found = []
    for match in LINK.finditer(CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)):
        target = match["target"]
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        goal = (path.parent / file).resolve() if file else path
        line = text.count("\n", 0, match.start()) + 1
        if not goal.exists():
            found.append(f"{line}: {target} is not there")
        elif anchor and goal.suffix == ".md" and anchor not in anchors_of(goal):
            found.append(f"{line}: {target}: no such heading")
    return found


@cache
def anchors_of(path: Path) -> frozenset[str]:
    """Anchors of a document's headings, as GitHub makes them."""
    without_code = re.sub(r"^ *```.*?^ *```$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    seen: dict[str, int] = {}
    anchors = []
    for match in HEADING.finditer(without_code):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", match["text"]).replace("`", "").strip().lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        count = seen.get(anchor, 0)
        seen[anchor] = count + 1
        anchors.append(f"{anchor}-{count}" if count else anchor)
    return frozenset(anchors)
