"""`python -m tests.screenshots` writes `screenshots/` anew; with `--check` it compares and writes nothing."""

from __future__ import annotations

import argparse
import sys

from tests.screenshots.record import COMMAND, FOLDER, all_file_names, all_pictures


def main() -> int:
    """Write or compare all pictures; return 1 when `--check` finds a difference."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    is_check = parser.parse_args().check
    differing = sorted({path.name for path in FOLDER.glob("*.svg")} - set(all_file_names()))
    for name, svg in all_pictures():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != svg:
            differing.append(name)
            if not is_check:
                path.write_text(svg, encoding="utf-8")
    if not is_check:
        for name in set(differing) - set(all_file_names()):
            (FOLDER / name).unlink()
    verb = "out of date" if is_check else "written or removed"
    sys.stdout.write("".join(f"{verb}: {name}\n" for name in differing))
    sys.stdout.write(f"{len(all_file_names())} pictures, {len(differing)} {verb}\n")
    return 1 if is_check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
