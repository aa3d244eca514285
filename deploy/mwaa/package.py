"""What of a release runs on Amazon MWAA: `dags.tar.gz`, `dbt.tar.gz`, `wheels.tar.gz`, requirements.txt, startup.sh.

    python3.12 deploy/mwaa/package.py --out dist/mwaa

The wheelhouse holds exactly what dbt/requirements.lock pins, as wheels for MWAA's Python and Linux, and a
requirements.txt with their hashes. The same input gives the same bytes. Needs Python 3.11 or newer with pip, and the
package index; nothing of the project need be installed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
LOCK = REPOSITORY / "dbt" / "requirements.lock"

DAGS = (".airflowignore", "*.py", "coretelecoms/*.py", "generated/*.json")
DBT = ("dbt_project.yml", "profiles.yml", "models/**/*", "macros/**/*", "seeds/**/*", "tests/**/*", "data-tests/**/*")

TARGET = [
    *["--only-binary=:all:", "--python-version", "3.12", "--implementation", "cp"],
    *["--abi", "cp312", "--abi", "abi3", "--abi", "none"],
    # MWAA's image is Amazon Linux 2023 on x86_64 (glibc 2.34).
    *["--platform", "manylinux_2_28_x86_64", "--platform", "manylinux_2_17_x86_64"],
    *["--platform", "manylinux2014_x86_64", "--platform", "any"],
]


def files(root: Path, patterns: Iterable[str]) -> list[Path]:
    """Files below `root` that a pattern names, in order, without what Python or dbt leave behind."""
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def archive(out: Path, root: Path, members: Iterable[Path]) -> None:
    """A .tar.gz of these files, with names relative to `root`; no owner, time or mode of this machine in it."""
    with (
        out.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for member in members:
            entry = tarfile.TarInfo(member.relative_to(root).as_posix())
            entry.size, entry.mode = member.stat().st_size, 0o644
            with member.open("rb") as content:
                tar.addfile(entry, content)


def pins(lock: str) -> dict[str, set[str]]:
    """Versions by normalised name that a lock pins (several where markers tell them apart)."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock, re.MULTILINE):
        found.setdefault(normalised(name), set()).add(version)
    return found


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def download(lock: Path, folder: Path) -> None:
    """The lock's wheels for MWAA, and nothing that they might ask for besides."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    result = subprocess.run([*command, *TARGET, "--dest", str(folder), "--requirement", str(lock)], check=False)
    if result.returncode != 0:
        sys.exit("pip could not download the wheels; what it said stands above")


def requirements(folder: Path, locked: dict[str, set[str]]) -> str:
    """Lines `name==version --hash=…` of the wheels in a folder; fails if one is not what the lock says."""
    lines = []
    for wheel in sorted(folder.glob("*.whl")):
        name, version = wheel.name.split("-")[:2]
        if version not in locked.get(normalised(name), set()):
            sys.exit(f"{wheel.name} is not what {LOCK.relative_to(REPOSITORY)} pins")
        lines.append(f"{normalised(name)}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    return "".join(lines)


def wheelhouse(out: Path) -> int:
    """Write wheels.tar.gz; returns the number of wheels."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        download(LOCK, folder)
        text = requirements(folder, pins(LOCK.read_text(encoding="utf-8")))
        (folder / "requirements.txt").write_text(text, encoding="utf-8")
        archive(out, folder, sorted(folder.iterdir()))
        return len(text.splitlines())


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes what of a release runs on Amazon MWAA.")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "dist" / "mwaa", help="folder (default: dist/mwaa)")
    out: Path = parser.parse_args().out
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name, patterns in (("dags", DAGS), ("dbt", DBT)):
        members = files(REPOSITORY / name, patterns)
        archive(out / f"{name}.tar.gz", REPOSITORY / name, members)
        print(f"{name}.tar.gz    {len(members)} files")
    for name in ("requirements.txt", "startup.sh"):
        shutil.copyfile(Path(__file__).parent / name, out / name)
    wheels = wheelhouse(out / "wheels.tar.gz")
    print(f"wheels.tar.gz  {wheels} wheels, {(out / 'wheels.tar.gz').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
