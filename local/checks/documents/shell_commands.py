"""What a piece of shell runs and which variables it needs, from shfmt's syntax tree."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHFMT = Path(sys.executable).parent / "shfmt"

STAND_IN = "value-0123456789"
"""Stands for what only a run would tell: the output of a command, a variable that another document sets."""

SET_BY_THE_SHELL = frozenset({"HOME", "PATH", "PWD", "USER", "TMPDIR", "HOSTNAME", "RANDOM"})


class ShellSyntaxError(Exception):
    """The text is no shell; the message is shfmt's, with its line."""


@dataclass
class Shell:
    """What the blocks of one document have run and set so far."""

    variables: dict[str, str] = field(default_factory=dict)
    commands: list[list[str]] = field(default_factory=list)
    undefined: list[str] = field(default_factory=list)

    def run(self, text: str) -> None:
        """Walk through a block; raises ShellSyntaxError."""
        answer = subprocess.run([SHFMT, "--to-json"], input=text, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            raise ShellSyntaxError(answer.stderr.strip())
        self._walk(json.loads(answer.stdout))

    def _walk(self, node: Any) -> None:
        if isinstance(node, list):
            for item in node:
                self._walk(item)
        elif isinstance(node, dict):
            self._enter(node)

    def _enter(self, node: dict[str, Any]) -> None:
        kind = node.get("Type")
        if kind in ("CallExpr", "DeclClause"):
            words = [self._word(word) for word in node.get("Args", []) if "Parts" in word]
            for assigned in [*node.get("Assigns", []), *(a for a in node.get("Args", []) if "Name" in a)]:
                self._assign(assigned)
            if kind == "CallExpr" and words:
                self.commands.append(words)
                self._note_read(words)
        elif kind == "WordIter":
            items = [self._word(item) for item in node.get("Items", [])]
            self.variables[node["Name"]["Value"]] = items[0] if items else STAND_IN
        elif "Parts" in node:
            self._word(node)
        else:
            for value in node.values():
                self._walk(value)

    def _assign(self, node: dict[str, Any]) -> None:
        value = self._word(node["Value"]) if "Value" in node else STAND_IN
        self.variables[node["Name"]["Value"]] = value

    def _note_read(self, words: list[str]) -> None:
        if words[0] == "read":
            self.variables.update({name: STAND_IN for name in words[1:] if not name.startswith("-")})

    def _word(self, word: dict[str, Any]) -> str:
        return "".join(self._parts(word.get("Parts", [])))

    def _parts(self, parts: list[dict[str, Any]]) -> Iterator[str]:
        for part in parts:
            match part["Type"]:
                case "Lit" | "SglQuoted":
                    yield part.get("Value", "")
                case "DblQuoted":
                    yield from self._parts(part.get("Parts", []))
                case "ParamExp":
                    yield self._value_of(part)
                case _:
                    before = len(self.commands)
                    self._walk([value for key, value in part.items() if key != "Type"])
                    yield "{}" if any(map(makes_json, self.commands[before:])) else STAND_IN

    def _value_of(self, part: dict[str, Any]) -> str:
        name = part["Param"]["Value"]
        if name in self.variables:
            return self.variables[name]
        has_default = "Exp" in part
        if not has_default and name not in SET_BY_THE_SHELL and not name.isdigit() and name.isidentifier():
            self.undefined.append(name)
        return STAND_IN


def makes_json(command: list[str]) -> bool:
    """Whether what a command prints is JSON rather than text."""
    return command[0] == "jq" and not any(re.match(r"-[a-z]*r", argument) for argument in command[1:])
