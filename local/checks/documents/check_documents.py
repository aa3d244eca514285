"""Checks every shell block of the repository's documents: that it parses, that its commands exist and take their
flags, that its variables are defined in it or in its folder's README; and that
its links lead somewhere.

Prints what is wrong; exits with 1 if anything is.
"""

from __future__ import annotations

import subprocess
import sys

from documents import preamble_of, problems_in
from links import broken_links
from programs import REPOSITORY


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    found = 0
    for name in listed.stdout.split():
        path = REPOSITORY / name
        before = preamble_of(path)
        text = path.read_text()
        for problem in [
            *problems_in(text, set_before=before.read_text() if before else ""),
            *broken_links(path, text),
        ]:
            print(f"{name}:{problem}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
