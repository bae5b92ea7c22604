"""A walk over changes and deletes without a screen: secrets from every place, refused, lost, carried out, left open."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Final

from aep_tui.practice.organization import ORGANIZATION_ID
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from tests.canaries.echoing_platform import EchoingPlatform
from tests.canaries.roads import Evidence, files_below
from tests.canaries.walks import RECORDER, TOKEN, TYPED, clipboard_and_children, run_command
from tests.truth.wizard import environment

OF_SALESFORCE: Final = "e6aafed5-c00b-43be-bc9a-7bfc4ba7c610"
OF_S3: Final = "78706184-1df6-40d3-aa56-ecaef7361785"
UNUSED: Final = "4d8c659f-d274-4594-85e0-239715f9f5b5"
"""Of the organization that looks lived in, in the sandbox rehearsal."""


def changes_and_deletes(folder: Path) -> list[Evidence]:
    """Change and delete connections of a platform that echoes."""
    home = folder / "home"
    home.mkdir(parents=True)
    vault, file = folder / "vault", folder / "secret"
    vault.write_text(f"{RECORDER}printf '%s' '{TYPED}'\n")
    vault.chmod(0o700)
    file.write_text(TYPED)
    evidence: list[Evidence] = []
    with EchoingPlatform(TOKEN, TYPED, scenario=LIVED_IN_ORGANIZATION) as platform:
        variables = environment(home, platform.base_url, AEP_LOG_LEVEL="debug") | {
            "AEP_ACCESS_TOKEN": TOKEN,
            "AEP_ORG_ID": ORGANIZATION_ID,
            "AEP_SANDBOX_NAME": "rehearsal",
        }
        salesforce = f"connections change {OF_SALESFORCE} --live --confirm-sandbox rehearsal"
        for words in (
            f"{salesforce} --replace-credentials --secret-file clientSecret={file} --json",  # refused with echoes
            f"{salesforce} --secret-command clientSecret={vault}",  # its path is refused
            f"{salesforce} --replace-credentials --secret-command clientSecret={vault} --wait --json",
            f"{salesforce} --replace-credentials --secret-env clientSecret=OURS --name Renamed",
            f"{salesforce} --replace-credentials --secret-stdin clientSecret --dry-run",
            f"connections change {OF_S3} --live --confirm-sandbox rehearsal --secret-stdin s3SecretKey",
            f"{salesforce} --set clientSecret={shlex.quote(TYPED)}",
            f"connections delete {OF_S3} --live --confirm-name x --json",
            f"connections delete {UNUSED} --live --confirm-sandbox rehearsal --confirm-name 'ACME agency' --json",
        ):
            platform.forget()
            more = {"OURS": TYPED} if "OURS" in words else {}
            evidence += run_command(words, home, {**variables, **more}, typed=TYPED)
        platform.forget()
        platform.losses_left = 1  # nobody can tell: it stays in the journal
        evidence += run_command(
            f"{salesforce} --replace-credentials --secret-file clientSecret={file} --json", home, variables
        )
    evidence += clipboard_and_children(home)
    evidence += files_below(home, home.glob("child-*"))
    return evidence
