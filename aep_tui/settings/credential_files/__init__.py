"""Reads the credential files that people already have, each recognised by its content; loaded with the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aep_tui.domain.door import door

if TYPE_CHECKING:
    from aep_tui.settings.credential_files.credential_file import CredentialFile as CredentialFile
    from aep_tui.settings.credential_files.credential_file import CredentialFileKind as CredentialFileKind
    from aep_tui.settings.credential_files.reading import read_credential_file as read_credential_file

__getattr__ = door(
    __name__,
    {
        "CredentialFile": "credential_file",
        "CredentialFileKind": "credential_file",
        "read_credential_file": "reading",
    },
)
