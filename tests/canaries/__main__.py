"""`python -m tests.canaries`: a table of roads by forms with the number of hits; ends with 1 when there is one,
or when nothing went a road.

The program is walked, crashed and misused with one fake secret in every place where a secret comes in, against a server
that repeats in every form what it is sent. Whatever goes out is searched for the secret in every form.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tests.canaries import walks
from tests.canaries.changes import changes_and_deletes
from tests.canaries.echoes import echoes_of_errors_and_values
from tests.canaries.roads import Evidence, not_travelled, searched

WALKS: Final[Mapping[str, Callable[[Path], list[Evidence]]]] = {
    "echoes": lambda _folder: asyncio.run(echoes_of_errors_and_values()),
    "wizard": walks.from_the_form_to_the_result,
    "dropped": walks.dropped_amid_the_form,
    "crash": walks.a_crash_that_quotes_the_secret,
    "commands": walks.commands,
    "changes": changes_and_deletes,
}


def main() -> int:
    """Walk and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.canaries")
    parser.add_argument("--only", choices=sorted(WALKS), action="append", help="one walk; may be repeated")
    options = parser.parse_args()
    evidence: list[Evidence] = []
    for name in options.only or WALKS:
        with tempfile.TemporaryDirectory() as folder:
            evidence += WALKS[name](Path(folder))
    findings = searched(evidence)
    sys.stdout.write(f"{findings.table()}\n\n")
    for place in findings.places:
        sys.stdout.write(f"{place}\n")
    sys.stdout.write(f"{sum(findings.hits.values())} hits in {len(evidence)} pieces of evidence\n")
    unknown = [] if options.only else not_travelled(findings)
    for road in unknown:
        sys.stdout.write(f"nothing was seen on this road: {road}\n")
    return int(bool(findings.hits or unknown))


if __name__ == "__main__":
    sys.exit(main())
