"""Whether a command exists and takes its flags: asked of the programs themselves, without anything being done."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from aws_command import aws_problem

REPOSITORY = Path(__file__).resolve().parents[3]
NODE = REPOSITORY / "node_modules" / ".bin" / "node"
"""The project's own: scripts in TypeScript need it."""

COMMON = re.compile(
    r"""cd|cat|echo|printf|test|\[|true|export|set|source|\.|ls|mkdir|rm|cp|mv|chmod|head|tail|grep|sed|awk|sort|tr|tee
    |wc|date|read|umask|unset|sleep|find|xargs|which|uname|curl|jq|git|openssl|bash|base64|diff|duckdb|zip|unzip|tar""",
    re.VERBOSE,
)
"""What any machine has, or has from its package manager; their flags are not looked at."""


def problems_of(command: list[str]) -> str | None:
    """What is wrong with a command, in a sentence; None when nothing is."""
    program, *arguments = command
    name = Path(program).name
    if name == "aws":
        return aws_problem(arguments)
    if name == "npm":
        return npm_problem(arguments)
    if name == "node":
        return node_problem(arguments)
    if name == "terraform":
        return terraform_problem(arguments)
    if name == "docker":
        return help_problem(["docker", *arguments]) if shutil.which("docker") else None
    if re.fullmatch(r"python3?(\.\d+)?|uv|dbt|pytest|npx", name):
        return path_problem(program)
    if COMMON.fullmatch(name):
        return None
    if "/" in program:
        return path_problem(program) or flags_problem([str(REPOSITORY / program)], arguments)
    return f"{name} is no program that this check knows"


def path_problem(program: str) -> str | None:
    is_made_by_install = "/.local/" in f"/{program}" or program.startswith("node_modules/")
    if "/" not in program or is_made_by_install or (REPOSITORY / program).exists():
        return None
    return f"{program} does not exist"


def npm_problem(arguments: list[str]) -> str | None:
    scripts = json.loads((REPOSITORY / "package.json").read_text())["scripts"]
    match arguments:
        case ["start" | "test" as script, *rest] | ["run", script, *rest]:
            if script not in scripts:
                return f"npm run {script}: package.json has no such script"
            return flags_problem(["npm", "run", "--silent", script, "--"], rest[1:] if rest[:1] == ["--"] else rest)
        case ["ci" | "install", *_]:
            return None
    return f"npm {' '.join(arguments)} is not checked"


def node_problem(arguments: list[str]) -> str | None:
    script = next((argument for argument in arguments if not argument.startswith("-")), None)
    if script is None or "-e" in arguments or "-p" in arguments:
        return None
    if not (REPOSITORY / script).exists():
        return f"{script} does not exist"
    return flags_problem([str(NODE), str(REPOSITORY / script)], arguments[arguments.index(script) + 1 :])


def terraform_problem(arguments: list[str]) -> str | None:
    folder = next((a.removeprefix("-chdir=") for a in arguments if a.startswith("-chdir=")), None)
    rest = [a for a in arguments if not a.startswith("-chdir=")]
    if folder is None:
        return "terraform without -chdir: the folder it works in is not said"
    if not (REPOSITORY / folder).is_dir():
        return f"{folder} is no folder"
    declared = declared_in(folder, "variable")
    for flag, value in zip(rest, [*rest[1:], ""], strict=True):
        setting = value if flag == "-var" else flag.removeprefix("-var=") if flag.startswith("-var=") else None
        if setting is not None and setting.split("=")[0] not in declared:
            return f"{folder} declares no variable {setting.split('=')[0]}"
    words = [argument for argument in rest if not argument.startswith("-")]
    if words[0] == "output" and len(words) > 1 and words[1] not in declared_in(folder, "output"):
        return f"{folder} has no output {words[1]}"
    if shutil.which("terraform") is None:
        return None
    # destroy takes what apply takes, and says so instead of listing it
    command = ["apply"] if words[0] == "destroy" else words[: 2 if words[0] in ("providers", "state") else 1]
    text = output_of(("terraform", *command, "-help"))
    unknown = [f for f in rest if f.startswith("-") and not re.search(rf"{re.escape(f.split('=')[0])}\b", text)]
    if "Usage: terraform" not in text or unknown:
        return f"terraform {' '.join(command)} does not take {' '.join(unknown) or 'that form'}"
    return None


def declared_in(folder: str, kind: str) -> set[str]:
    pattern = re.compile(rf'^{kind} "(\w+)"', re.MULTILINE)
    return {name for file in (REPOSITORY / folder).glob("*.tf") for name in pattern.findall(file.read_text())}


def help_problem(command: list[str]) -> str | None:
    words = [word for word in command if not word.startswith("-")]
    return flags_problem(words[:2], [word for word in command[1:] if word.startswith("-")])


def flags_problem(program: list[str], arguments: list[str]) -> str | None:
    """Looks every flag up in what `program --help` prints."""
    flags = [argument.split("=")[0] for argument in arguments if re.match(r"--?[a-zA-Z]", argument)]
    if not flags:
        return None
    text = output_of((*program, "--help"))
    unknown = [flag for flag in flags if not re.search(rf"(?<![\w-]){re.escape(flag)}\b", text)]
    return f"{' '.join(Path(part).name for part in program)} does not take {', '.join(unknown)}" if unknown else None


@cache
def output_of(command: tuple[str, ...]) -> str:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}
    answer = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=REPOSITORY, env=environment, timeout=120
    )
    return answer.stdout + answer.stderr
