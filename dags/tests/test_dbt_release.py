"""dbt of a release on a machine without an index: built once, whole or not at all, and only from what was published."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import REPOSITORY
from coretelecoms import dbt_release
from coretelecoms.dbt_release import ReleaseError, prepare, read_release

Contents = dict[str, dict[str, str]]
EMPTY: Contents = {
    "dbt/r1/dbt.tar.gz": {"dbt_project.yml": "name: one"},
    "wheels/r1/wheels.tar.gz": {"requirements.txt": ""},
}


class Published:
    """Archives by key, and which were fetched."""

    def __init__(self, contents: Contents):
        self.contents = contents
        self.fetched: list[str] = []

    def fetch(self, key: str, file: Path) -> None:
        self.fetched.append(key)
        with tarfile.open(file, "w:gz") as tar:
            for name, text in self.contents[key].items():
                entry = tarfile.TarInfo(name)
                entry.size = len(text)
                tar.addfile(entry, io.BytesIO(text.encode()))


def test_a_release_is_built_once(tmp_path: Path) -> None:
    published = Published(EMPTY)
    folder = prepare("r1", tmp_path, published.fetch)
    assert (folder / "dbt" / "dbt_project.yml").read_text() == "name: one"
    assert (folder / "venv" / "bin" / "python").exists()
    assert published.fetched == list(EMPTY)
    assert prepare("r1", tmp_path, published.fetch) == folder
    assert published.fetched == list(EMPTY)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda contents: contents.pop("wheels/r1/wheels.tar.gz"), "wheels/r1/wheels.tar.gz cannot be fetched"),
        (lambda contents: contents["dbt/r1/dbt.tar.gz"].update({"../outside": "x"}), "cannot be fetched or unpacked"),
        (lambda contents: contents["wheels/r1/wheels.tar.gz"].update({"requirements.txt": "dbt-core==1"}), "pip"),
    ],
)
def test_what_cannot_be_built_leaves_nothing(
    tmp_path: Path, damage: Callable[[Contents], object], message: str
) -> None:
    contents = {key: dict(files) for key, files in EMPTY.items()}
    damage(contents)
    with pytest.raises(ReleaseError, match=message):
        prepare("r1", tmp_path, Published(contents).fetch)
    assert list((tmp_path / "releases").iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_releases_of_earlier_days_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbt_release, "install", lambda wheels, venv: venv.mkdir())
    first = prepare("r1", tmp_path, Published(EMPTY).fetch)
    earlier = time.time() - 2 * dbt_release.KEPT_S
    for path in (first, first.resolve()):
        os.utime(path, (earlier, earlier), follow_symlinks=False)
    second = {key.replace("r1", "r2"): files for key, files in EMPTY.items()}
    kept = prepare("r2", tmp_path, Published(second).fetch)
    assert {path.name for path in (tmp_path / "releases").iterdir()} == {"r2", kept.resolve().name}


@pytest.mark.parametrize("text", ["", "{}", '{"release": 1}', '{"release": "../other"}', "[]"])
def test_a_file_that_names_no_release_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "release.json"
    file.write_text(text)
    with pytest.raises(ReleaseError, match=r"release\.json"):
        read_release(file)


def test_it_runs_as_a_program_beside_modules_named_like_pythons_own(tmp_path: Path) -> None:
    program = REPOSITORY / "dags" / "coretelecoms" / "dbt_release.py"
    environment = {"PATH": os.environ["PATH"], "DBT_EXECUTABLE": str(tmp_path / "bin" / "dbt")}
    result = subprocess.run(
        [sys.executable, "-P", program, "--version"], env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "does not name a release" in result.stderr
