"""Reads the credential files that people already have, each recognised by its content."""

from __future__ import annotations

from aep_tui.settings.credential_files.credential_file import CredentialFile, CredentialFileKind
from aep_tui.settings.credential_files.reading import read_credential_file

__all__ = ["CredentialFile", "CredentialFileKind", "read_credential_file"]
