"""Walks in which secrets come in on every way, and what went out meanwhile."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aep_tui.practice.organization import ORGANIZATION_ID
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from tests.canaries.echoing_platform import EchoingPlatform
from tests.canaries.roads import Evidence, Road, files_below
from tests.kit.canary import CANARY
from tests.truth.submitter import SANDBOX
from tests.truth.wizard import CLOUD, NAME, SUBMIT, TO_CREDENTIALS, environment, go_on_from_welcome
from tests.tui.terminal.journeys import ENABLED, TASK, WELCOME, Page, walk
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

TOKEN: Final = f"{CANARY}.of-the-token"
TYPED: Final = f'{CANARY}+"/typed'
CLIENT_SECRET: Final = f"{CANARY}_of-the-client"
_USED_CONNECTION: Final = "78706184-1df6-40d3-aa56-ecaef7361785"
"""Of the organization that looks lived in, in the sandbox rehearsal."""
_PROGRAM: Final = [sys.executable, "-m", "aep_tui"]

RECORDER: Final = """#!/bin/sh
{ printf '%s\\0' "$0" "$@"; cat /proc/$$/environ; } > "$HOME/child-$$"
"""
_TMUX: Final = RECORDER + 'cat > "$HOME/taken-$$"\nmv "$HOME/taken-$$" "$HOME/clipboard-$$"\n'

_CRASHING: Final = """
import sys
from aep_tui.cli import main
from aep_tui.tui.app import WizardApp

def crash(self):
    import os
    from tests.canaries.forms import ECHOES
    secret = os.environ["TYPED"]
    raise RuntimeError(" | ".join(make(secret) for make in ECHOES.values()))

WizardApp.action_help = crash
sys.exit(main(["--practice"]))
"""


@dataclass(slots=True)
class Seen:
    """What a person sees in a terminal, page by page."""

    terminal: Terminal
    pages: list[Evidence] = field(default_factory=list)

    def page(self, name: str, road: Road = Road.SCREEN) -> None:
        """Keep what the screen shows now."""
        self.terminal.process.wait_until_idle(20)
        self.pages.append(Evidence(road, name, self.terminal.text().encode()))

    def at_the_end(self) -> Iterator[Evidence]:
        """Yield the pages, all bytes, and what was copied."""
        yield from self.pages
        yield Evidence(Road.SCROLLBACK, "terminal", self.terminal.raw_output)
        for text in self.terminal.clipboard:
            yield Evidence(Road.CLIPBOARD, "through the terminal", text.encode())


def from_the_form_to_the_result(folder: Path) -> list[Evidence]:
    """Walk the wizard in live mode against a platform that echoes: refused first, then created, watched, and copied."""
    home = folder / "home"
    home.mkdir(parents=True)
    written, printed = folder / "written.json", folder / "printed.json"
    with EchoingPlatform(TOKEN, TYPED) as platform:
        variables = environment(home, platform.base_url, AEP_LOG_LEVEL="debug", **_a_tmux(folder, home))
        with Terminal(
            [*_PROGRAM, "--output", str(written)],
            environment=variables | {"AEP_ACCESS_TOKEN": TOKEN},
            directory=home,
            stdout=printed,
            timeout=30.0,
        ) as terminal:
            seen = Seen(terminal)
            commands = [_own_arguments(terminal)]
            go_on_from_welcome(terminal, CLOUD)
            seen.page("cloud")
            _fill_in(seen)
            _submit(seen)
            terminal.send_keys("ctrl+q")
            terminal.wait_exit()
            evidence = [*seen.at_the_end(), *commands]
    evidence += clipboard_and_children(home)
    evidence += files_below(home, [*home.glob("child-*"), *home.glob("clipboard-*")])
    for path, road in ((written, Road.EXPORT), (printed, Road.STDOUT)):
        evidence.append(Evidence(road, path.name, path.read_bytes()))
    return evidence


def _fill_in(seen: Seen) -> None:
    *before, credentials = TO_CREDENTIALS
    walk(seen.terminal, before)
    seen.terminal.wait_for_text(credentials.wait_for)
    seen.terminal.send_keys("https://acme.my.salesforce.com", "enter", "3MVG9acme", "enter", TYPED)
    seen.terminal.wait_for_text("•" * len(TYPED))
    for key in ("ctrl+a", "ctrl+c"):
        seen.terminal.send_keys(key)
    seen.page("credentials")
    seen.terminal.send_keys("enter", "62.0", "enter")
    seen.page("credentials, filled in")
    seen.terminal.send_keys("tab", "enter")
    walk(seen.terminal, [NAME])


def _submit(seen: Seen) -> None:
    terminal = seen.terminal
    terminal.wait_for_text(SUBMIT.wait_for)
    seen.page("review")
    terminal.send_keys("f5")
    seen.page("review, copied")
    terminal.send_keys(*SUBMIT.keys)
    terminal.wait_for_text("FLOW-1415-400")
    seen.page("review, refused")
    _as_plain_text(seen, "the request")
    terminal.wait_for_text("FLOW-1415-400")
    walk(terminal, [Page("review", "FLOW-1415-400", SUBMIT.keys)])
    terminal.wait_for_text(ENABLED.wait_for)
    seen.page("status")
    terminal.send_keys("f5")
    _as_plain_text(seen, "the status")
    terminal.send_keys("enter")
    terminal.wait_for_text("OK: the base connection is enabled.")
    seen.page("done")
    _as_plain_text(seen, "the result")


def _as_plain_text(seen: Seen, name: str) -> None:
    at = len(seen.terminal.raw_output)
    seen.terminal.send_keys("f6")
    seen.terminal.wait_for_text("Press any key to go back")
    shown = seen.terminal.raw_output[at:]
    seen.pages.append(Evidence(Road.EXPORT, f"{name} as plain text", shown))
    seen.terminal.send_keys("space")
    seen.terminal.wait_until(lambda _text: seen.terminal.is_alternate_screen, what="the wizard")


def dropped_amid_the_form(folder: Path) -> list[Evidence]:
    """Type a secret, and lose the connection before the page is left: what is kept of the answers."""
    with EchoingPlatform(TOKEN) as platform:
        variables = environment(folder, platform.base_url, AEP_LOG_LEVEL="debug") | {"AEP_ACCESS_TOKEN": TOKEN}
        with Terminal(_PROGRAM, environment=variables, directory=folder, timeout=30.0) as terminal:
            seen = Seen(terminal)
            go_on_from_welcome(terminal, CLOUD)
            walk(terminal, TO_CREDENTIALS[:-1])
            terminal.wait_for_text(TO_CREDENTIALS[-1].wait_for)
            terminal.send_keys("https://acme.my.salesforce.com", "enter", "3MVG9acme", "enter", TYPED)
            terminal.wait_for_text("•" * len(TYPED))
            terminal.send_keys("enter")
            seen.page("credentials")
            terminal.kill(signal.SIGHUP)
            terminal.wait_exit()
            return [*seen.at_the_end(), *files_below(folder)]


def a_crash_that_quotes_the_secret(folder: Path) -> list[Evidence]:
    """Let the program fail with an exception that has the typed secret in its words, in every form."""
    script = folder / "crashing.py"
    script.write_text(_CRASHING)
    home = folder / "home"
    home.mkdir()
    root = Path(__file__).resolve().parents[2]
    variables = user_environment(home=home, AEP_LOG_LEVEL="debug", TYPED=TYPED, PYTHONPATH=str(root))
    with Terminal([sys.executable, str(script)], environment=variables, directory=home, is_warm=True) as terminal:
        seen = Seen(terminal)
        walk(terminal, [WELCOME, TASK, *TO_CREDENTIALS[:-1]])
        terminal.wait_for_text(TO_CREDENTIALS[-1].wait_for)
        terminal.send_keys("https://acme.my.salesforce.com", "enter", "3MVG9acme", "enter", TYPED)
        terminal.wait_for_text("•" * len(TYPED))
        terminal.send_keys("f1")
        terminal.wait_exit()
        return [*seen.at_the_end(), *files_below(home)]


def commands(folder: Path) -> list[Evidence]:
    """Run the commands without a screen: with secrets in the environment, and where none belongs."""
    home = folder / "home"
    home.mkdir(parents=True)
    evidence = list(run_command("--version", home, user_environment(home=home)))
    if not evidence[0].data:
        raise RuntimeError(f"the program does not start: {evidence[1].data.decode()}")
    vault, failing = folder / "vault", folder / "failing"
    vault.write_text(f"{RECORDER}echo '{TOKEN}'\n")
    failing.write_text(f"{RECORDER}echo '{TOKEN}'\necho 'locked: {TOKEN}' >&2\nexit 3\n")
    for program in (vault, failing):
        program.chmod(0o700)
    with EchoingPlatform(TOKEN, CLIENT_SECRET, scenario=LIVED_IN_ORGANIZATION) as platform:
        target = environment(home, platform.base_url, AEP_LOG_LEVEL="debug")
        token, client = {"AEP_ACCESS_TOKEN": TOKEN}, {"AEP_ACCESS_TOKEN": "", "AEP_CLIENT_SECRET": CLIENT_SECRET}
        organization = {"AEP_ORG_ID": ORGANIZATION_ID}
        described = _create_of_a_described_source(folder)
        proxy = f"http://user:{CANARY}@127.0.0.1:9"
        runs: list[tuple[Mapping[str, str], str]] = [
            (token, "doctor --live"),
            (token, "doctor --live --json --source salesforce"),
            (client, "doctor --live --json"),
            (token | {"HTTPS_PROXY": proxy, "AEP_BASE_URL": "https://platform.adobe.io"}, "settings --json"),
            (token | client | {"AEP_ACCESS_TOKEN": TOKEN}, "settings"),
            (token, "watch 4cb0c374-d3bb-4557-b139-5712880adc55"),
            (token | organization, "connections list"),
            (client | organization, "connections list --csv --sandbox-name dev,prod,nowhere"),
            *(
                (token | organization, f"connections {verb} {_USED_CONNECTION} --json --sandbox-name rehearsal")
                for verb in ("show", "test", "uses", "explore")
            ),
            (token, f"profile add vault --secret access-token --secret-command {vault}"),
            ({"AEP_ACCESS_TOKEN": ""}, "doctor --live --profile vault"),
            (token, f"profile add failing --secret access-token --secret-command {failing}"),
            ({"AEP_ACCESS_TOKEN": ""}, "doctor --live --profile failing"),
            (token, "profile list"),
            *((token, words) for words in (described, described, f"{described} --dry-run")),
            *((token, words) for words in _misplaced()),
            *(({name: value}, "settings") for name, value in _misplaced_variables()),
        ]
        for variables, words in runs:
            platform.forget()
            evidence += run_command(words, home, {**target, **variables})
    evidence += clipboard_and_children(home)
    evidence += files_below(home, home.glob("child-*"))
    return evidence


def _create_of_a_described_source(folder: Path) -> str:
    """Return the command; one of its secrets is a JSON value, of which the platform repeats the password."""
    proxy, plain = folder / "proxy.json", folder / "plain"
    proxy.write_text(json.dumps({"host": "proxy.acme.example", "password": CLIENT_SECRET}))
    plain.write_text(CLIENT_SECRET)
    for file in (proxy, plain):
        file.chmod(0o600)
    return (
        "create --live --source acme-warehouse --name canary --set account=acme-dwh --json "
        f"--secret-file proxy={proxy} --secret-file password={proxy} --secret-file apiToken={plain} "
        f"--confirm-sandbox {SANDBOX}"
    )


def _misplaced() -> Iterator[str]:
    """Yield command lines that have a secret where none belongs; the shell has seen it, and we say it to nobody.

    Not in the place of a connection's id: that goes into the address of a request and into the log.
    """
    yield from (CANARY, f"--{CANARY}", f"doctor --source {CANARY}", f"profile use {CANARY}", f"watch {CANARY} {CANARY}")
    yield from (f"create --live --source {CANARY} --name x", "create --live --source acme-ads --set x=" + CANARY)
    yield f"create --live --source acme-warehouse --name x --set apiToken={CANARY}"
    for option in ("access-token", "client-secret", "scenario", "profile", "base-url", "ims-host", "env-file"):
        yield f"--{option} {CANARY}"
        yield f"--{option}={CANARY}"


def _misplaced_variables() -> Iterator[tuple[str, str]]:
    yield "AEP_BASE_URL", f"https://user:{CANARY}@platform.adobe.io"
    yield "AEP_BASE_URL", f"{CANARY}"
    yield "AEP_IMS_HOST", f"https://user:{CANARY}@ims.example"
    yield "AEP_ACCESS_TOKEN", f"{CANARY} with\ta blank"


def run_command(words: str, home: Path, variables: Mapping[str, str], typed: str = "") -> Iterator[Evidence]:
    """Run a command with `typed` as its standard input, and yield what it prints."""
    run = subprocess.run(
        [*_PROGRAM, *shlex.split(words)],
        cwd=home,
        env=dict(variables),
        capture_output=True,
        input=typed.encode(),
        timeout=120,
        check=False,
    )
    shown = words.replace(CANARY, "SECRET")
    yield Evidence(Road.STDOUT, shown, run.stdout)
    yield Evidence(Road.STDERR, shown, run.stderr)


def _a_tmux(folder: Path, home: Path) -> dict[str, str]:
    """Put a program in the place of tmux that keeps what it gets; return the environment of a wizard in tmux."""
    programs = folder / "programs"
    programs.mkdir()
    (programs / "tmux").write_text(_TMUX)
    (programs / "tmux").chmod(0o700)
    return {"TMUX": f"{home}/default,1,0", "PATH": f"{programs}:{os.environ['PATH']}"}


def clipboard_and_children(home: Path) -> Iterator[Evidence]:
    """Yield what programs that we have started were given."""
    for path in home.glob("child-*"):
        yield Evidence(Road.CHILDREN, path.read_bytes().split(b"\0")[0].decode(), path.read_bytes())
    for path in home.glob("clipboard-*"):
        yield Evidence(Road.CLIPBOARD, "through tmux", path.read_bytes())


def _own_arguments(terminal: Terminal) -> Evidence:
    return Evidence(Road.CHILDREN, "our own arguments", Path(f"/proc/{terminal.pid}/cmdline").read_bytes())
