"""The exit codes, which scripts rely on."""

from __future__ import annotations

EXIT_ENABLED = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NOT_ENABLED = 3
EXIT_NOTHING_CREATED = 130
