"""dbt as of the release whose DAGs are here, on a machine that reaches no package index (Amazon MWAA).

The bucket of the DAGs holds each release's project (`dbt/<release>/dbt.tar.gz`) and wheelhouse
(`wheels/<release>/wheels.tar.gz`: wheels, and a requirements.txt with their hashes); see deploy/README.md.
`python3 dbt_release.py build …` runs dbt of the release named in generated/release.json, after building its
environment if it is not there yet. A new release thus takes effect with its DAGs, without a restart of workers.

Run as a program, by MWAA's Python: only the standard library and boto3.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RELEASE_FILE = Path(__file__).resolve().parent.parent / "generated" / "release.json"
KEPT_S = 24 * 3600
"""Environments of other releases are kept for a rollback as long as this. None is in use: one dbt runs at a time."""

Fetch = Callable[[str, Path], None]
"""Copies an object of the DAGs' bucket to a file."""


class ReleaseError(Exception):
    """The release cannot be prepared; the message says what is wrong."""


def read_release(file: Path) -> str:
    """The release that release.json names."""
    try:
        release = json.loads(file.read_text(encoding="utf-8"))["release"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{file} does not name a release ({type(error).__name__})") from None
    if not isinstance(release, str) or not re.fullmatch(r"[0-9A-Za-z._-]{1,64}", release):
        raise ReleaseError(f"{file} names no possible release")
    return release


def prepare(release: str, home: Path, fetch: Fetch) -> Path:
    """Folder with `dbt/` (the project) and `venv/` of the release; built first if it is not there yet.

    Complete or not there: the link with the release's name is made last. Two at once both build, one link stays.
    """
    link = home / "releases" / release
    if link.exists():
        return link
    began = time.monotonic()
    link.parent.mkdir(parents=True, exist_ok=True)
    remove_old(link.parent)
    folder = Path(tempfile.mkdtemp(prefix=f"{release}.", dir=link.parent))
    try:
        unpack(fetch, f"dbt/{release}/dbt.tar.gz", folder / "dbt")
        unpack(fetch, f"wheels/{release}/wheels.tar.gz", folder / "wheels")
        install(folder / "wheels", folder / "venv")
        shutil.rmtree(folder / "wheels")
        point(link, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    print(f"dbt of release {release} built in {time.monotonic() - began:.0f} s", flush=True)
    return link


def unpack(fetch: Fetch, key: str, folder: Path) -> None:
    """Fetch an archive and unpack its files into a new folder; refuses those that would leave it."""
    folder.mkdir()
    archive = folder.with_suffix(".tar.gz")
    try:
        fetch(key, archive)
        with tarfile.open(archive) as tar:
            for member in filter(tarfile.TarInfo.isfile, tar):
                extract(tar, member, folder)
    except Exception as error:
        raise ReleaseError(f"{key} cannot be fetched or unpacked ({type(error).__name__})") from error
    finally:
        archive.unlink(missing_ok=True)


def extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file of an archive below a folder; ValueError if it would lie elsewhere."""
    target = (folder / member.name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise ValueError(f"{member.name} leaves the folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    content = tar.extractfile(member)
    assert content is not None, "a file has content"
    with content, target.open("wb") as file:
        shutil.copyfileobj(content, file)


def install(wheels: Path, venv: Path) -> None:
    """A virtual environment with exactly these wheels, each checked against its hash; no index is asked."""
    run([sys.executable, "-m", "venv", str(venv)])
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--isolated", "--disable-pip-version-check", "install"]
    offline = ["--quiet", "--no-cache-dir", "--no-index", "--find-links", str(wheels)]
    run([*pip, *offline, "--no-deps", "--require-hashes", "--requirement", str(wheels / "requirements.txt")])


def run(command: list[str]) -> None:
    """Run a command to its end; ReleaseError with the end of its output if it fails."""
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=clean_environment())
    if result.returncode != 0:
        said = (result.stderr or result.stdout).strip()[-2000:]
        raise ReleaseError(f"{' '.join(command[:4])} … failed with exit code {result.returncode}:\n{said}")


def clean_environment() -> dict[str, str]:
    """This environment without what would mix Airflow's packages into another virtual environment."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}


def point(link: Path, target: Path) -> None:
    """Make `link` a symbolic link to `target`, at once, whatever it was before."""
    new = link.with_name(f"{link.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def remove_old(releases: Path) -> None:
    """Remove links and folders of earlier releases that nothing uses any more."""
    for entry in releases.iterdir():
        if time.time() - entry.lstat().st_mtime > KEPT_S:
            entry.unlink() if entry.is_symlink() else shutil.rmtree(entry, ignore_errors=True)


def fetch_from_bucket(key: str, file: Path) -> None:
    """Fetch from the bucket that DAG_BUCKET names, with the worker's own credentials."""
    import boto3

    boto3.client("s3").download_file(os.environ["DAG_BUCKET"], key, str(file))


def main(arguments: list[str]) -> None:
    """`--prepare RELEASE_FILE` only builds; anything else goes to dbt, which takes this process's place."""
    home = Path(os.environ["DBT_EXECUTABLE"]).parent.parent
    if arguments[:1] == ["--prepare"]:
        prepare(read_release(Path(arguments[1])), home, fetch_from_bucket)
        return
    release = prepare(read_release(RELEASE_FILE), home, fetch_from_bucket)
    point(Path(os.environ["DBT_PROJECT_DIR"]), release / "dbt")
    dbt = str(release / "venv" / "bin" / "dbt")
    os.execve(dbt, [dbt, *arguments], clean_environment())


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ReleaseError as error:
        sys.exit(f"dbt cannot be prepared: {error}")
