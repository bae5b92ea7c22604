"""`python -m aep_tui` starts the same program as the `aep-tui` command."""

import sys

from aep_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
