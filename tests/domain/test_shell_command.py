"""The command is run for real, in bash and in zsh, with a secret that a careless quoting would break."""

from __future__ import annotations

import http.server
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.domain.auth_schema import auth_methods_of
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.connection_request import ConnectionRequest, build_connection_request
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.secret import Secret
from aep_tui.domain.shell_command import change_command, curl_command, read_command
from aep_tui.domain.source import Cloud, Source
from aep_tui.domain.target import Mode, Target
from aep_tui.pages.change_review_view import change_review
from aep_tui.session.connection_details import UsedBy
from tests.kit.canary import CANARY
from tests.kit.examples import examples

NASTY = "\"'\\\\ \\n$HOME `id` $(id) !! !x & %s %d #é漢😀\ttab;|<>*?[~{}"
LONG_TOKEN = CANARY * 300
"""Longer than the line that a terminal edits (4 095 characters on Linux)."""
SHELLS = [
    pytest.param(shell, marks=pytest.mark.skipif(not shutil.which(shell), reason=f"{shell} is not on this machine"))
    for shell in ("bash", "zsh")
]


def request_with(secret: str, text: str = "ordinary", cloud: Cloud = Cloud.AZURE) -> ConnectionRequest:
    source = load_catalog().source("salesforce")
    assert source is not None
    method = source.auth_method(
        cloud, "oauth2-client-credential" if cloud is Cloud.AZURE else "oauth2-jwt-token-credential"
    )
    assert method is not None
    answers: dict[str, Answer] = {
        parameter.api_name: Secret(secret) if parameter.is_secret else text
        for parameter in method.parameters
        if parameter.api_name != "includeDeletedObjects"
    }
    answers["includeDeletedObjects"] = True
    draft = Draft(cloud, source.id, method.id, answers=answers, name=text, description=f"{text} again")
    return build_connection_request(draft, source, method)


def target(base_url: str = "https://platform.adobe.io") -> Target:
    return Target(Mode.LIVE, base_url, "1234@AdobeOrg", "it's $HOME", 'key `id` "quoted" !x', Secret(CANARY))


class Service(http.server.BaseHTTPRequestHandler):
    received: list[tuple[str, Mapping[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((self.path, dict(self.headers.items()), body))
        self.send_response(201)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Keep the tests quiet."""


@pytest.fixture
def service() -> Iterator[tuple[str, list[tuple[str, Mapping[str, str], bytes]]]]:
    received: list[tuple[str, Mapping[str, str], bytes]] = []
    handler = type("Handler", (Service,), {"received": received})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", received
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def recorder(tmp_path: Path) -> Path:
    """A curl that writes down its arguments, its environment, the headers it is handed and its input."""
    script = tmp_path / "bin" / "curl"
    script.parent.mkdir()
    script.write_text(
        f"#!{sys.executable}\n"
        "import json, os, sys\n"
        "arguments = sys.argv[1:]\n"
        "headers = [open(a[1:]).read() if a.startswith('@/') else a\n"
        "           for flag, a in zip(arguments, arguments[1:]) if flag == '-H']\n"
        "record = dict(arguments=arguments, headers=headers, body=sys.stdin.buffer.read().decode(),\n"
        "              environment=dict(os.environ))\n"
        f"open({str(tmp_path / 'record.json')!r}, 'w').write(json.dumps(record))\n"
    )
    script.chmod(0o755)
    return script.parent


def run(
    shell: str, command: str, typed: str, path: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    folders = os.environ["PATH"] if path is None else f"{path}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [shell, *(["-f"] if shell == "zsh" else ["--norc"]), "-c", command],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        check=False,
        env={"PATH": folders, "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", **environment},
    )


def recorded(recorder: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((recorder.parent / "record.json").read_text())
    return record


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on this machine; the recorder stands in for it")
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("cloud", list(Cloud))
def test_the_service_receives_exactly_the_request(
    shell: str, cloud: Cloud, service: tuple[str, list[tuple[str, Mapping[str, str], bytes]]]
) -> None:
    base_url, received = service
    request = request_with(CANARY + NASTY, NASTY, cloud)
    command = curl_command(request, target(base_url))
    secrets = "".join(f"{CANARY}{NASTY}\n" for _ in request.secret_names)

    done = run(shell, command, f"Bearer {CANARY}\n{secrets}")

    assert done.returncode == 0, done.stderr
    assert done.stdout == "{}"
    [(path, headers, body)] = received
    assert path == "/data/foundation/flowservice/connections"
    assert json.loads(body) == json.loads(request.body_to_send())
    assert headers["Authorization"] == f"Bearer {CANARY}"
    assert headers["x-api-key"] == target().api_key
    assert headers["x-gw-ims-org-id"] == "1234@AdobeOrg"
    assert headers["x-sandbox-name"] == "it's $HOME"
    assert headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("shell", SHELLS)
def test_no_secret_is_in_the_arguments_the_environment_or_the_words(shell: str, recorder: Path) -> None:
    request = request_with(CANARY + NASTY, NASTY)
    # Somebody has exported a variable of that name, sets all variables for export, and traces.
    command = (
        f"set -a -x; CLIENT_SECRET=old; export CLIENT_SECRET ADOBE_ACCESS_TOKEN=old\n{curl_command(request, target())}"
    )

    done = run(shell, command, f"{CANARY}-token\n{CANARY}{NASTY}\n", recorder)

    record = recorded(recorder)
    assert json.loads(record["body"]) == json.loads(request.body_to_send())
    assert record["headers"][0] == f"Authorization: Bearer {CANARY}-token\n"
    assert CANARY not in json.dumps([record["arguments"], record["environment"]])
    assert CANARY not in done.stdout + done.stderr
    assert "Adobe access token: \nClient secret: \n" in done.stderr


@pytest.mark.parametrize("cloud", list(Cloud))
def test_the_command_itself_holds_no_secret(cloud: Cloud) -> None:
    assert CANARY not in curl_command(request_with(CANARY, cloud=cloud), target())


def test_zoho_s_access_token_and_adobe_s_have_different_variables() -> None:
    source = load_catalog().source("zoho-crm")
    assert source is not None
    method = source.auth_methods[0]
    answers: dict[str, Answer] = {p.api_name: Secret(CANARY) if p.is_secret else "x" for p in method.parameters}
    command = curl_command(build_connection_request(Draft(answers=answers, name="zoho"), source, method), target())
    assert "read -rs ADOBE_ACCESS_TOKEN;" in command
    assert "read -rs ACCESS_TOKEN;" in command


def test_a_value_that_looks_like_a_placeholder_or_a_mark_stays_a_value(recorder: Path) -> None:
    text = "{CLIENT_SECRET} secret0! secret-0! secret"
    request = request_with(CANARY, text)
    run("bash", curl_command(request, target()), f"token\n{CANARY}\n", recorder)
    assert json.loads(recorded(recorder)["body"]) == json.loads(request.body_to_send())


@pytest.mark.parametrize("shell", SHELLS)
def test_pasted_into_an_interactive_shell_it_asks_before_it_goes_on(shell: str, recorder: Path) -> None:
    """History expansion is on there, and a `read` must not swallow the lines that follow it."""
    request = request_with(CANARY, "a! !! !x 'quoted'")
    arguments = [shell, "-f", "-i"] if shell == "zsh" else [shell, "--norc", "-i"]
    pid, terminal = pty.fork()
    if pid == 0:
        environment = {
            "PATH": f"{recorder}:{os.environ['PATH']}",
            "TERM": "dumb",
            "HOME": "/nonexistent",
            "PS1": "ready> ",
        }
        os.execve(shutil.which(shell) or shell, arguments, environment)
    try:
        screen = _until(terminal, "ready> ", "")
        os.write(terminal, curl_command(request, target()).encode() + b"\n")
        screen = _until(terminal, "Adobe access token: ", screen)
        os.write(terminal, LONG_TOKEN.encode() + b"\n")
        screen = _until(terminal, "Client secret: ", screen)
        os.write(terminal, b"slip\x7f\x7f\x7f\x7f")
        os.write(terminal, CANARY.encode() + b"\n")
        screen = _until(terminal, "ready> ", screen[screen.rindex("Client secret: ") :])
    finally:
        os.close(terminal)  # the shell gets a hang-up and ends
        os.waitpid(pid, 0)
    assert CANARY not in screen
    assert recorded(recorder)["headers"][:2] == [
        f"Authorization: Bearer {LONG_TOKEN}\n",
        f"x-api-key: {target().api_key}",
    ]
    assert json.loads(recorded(recorder)["body"]) == json.loads(request.body_to_send())


def _until(terminal: int, words: str, screen: str) -> str:
    start = len(screen)
    while words not in screen[start:]:
        readable, _, _ = select.select([terminal], [], [], 10)
        assert readable, f"{words!r} did not come: {screen!r}"
        screen += os.read(terminal, 65536).decode(errors="replace")
    return screen


@settings(max_examples=examples(25))
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
)
def test_any_value_and_any_secret_of_one_line_arrive_unchanged(recorder: Path, secret: str, text: str) -> None:
    request = request_with(secret, text)
    done = run("bash", curl_command(request, target()), f"token\n{secret}\n", recorder)
    assert done.returncode == 0
    assert json.loads(recorded(recorder)["body"]) == json.loads(request.body_to_send())


SEEN = ConnectionStatus("c-1", "enabled", name="before", etag='"it\'s $HOME"', parameters={"clientSecret": "set"})


@pytest.mark.parametrize("is_one_secret", [True, False])
def test_a_change_reaches_the_service_in_the_version_that_was_seen(is_one_secret: bool, recorder: Path) -> None:
    request = request_with(CANARY + NASTY, NASTY)
    change = (
        ConnectionChange(secret=("clientSecret", Secret(CANARY + NASTY)))
        if is_one_secret
        else ConnectionChange(name=NASTY, credentials=request)
    )
    command = change_command(change, SEEN, [parameter for parameter, _answer in request.parameters], target())

    run("bash", command, f"token\n{CANARY}{NASTY}\n", recorder)

    record = recorded(recorder)
    assert json.loads(record["body"]) == json.loads(change.body_to_send(SEEN))
    assert f"If-Match: {SEEN.etag}" in record["headers"]
    assert record["arguments"][1:3] == ["-X", "PATCH"]
    assert record["arguments"][3].endswith("/connections/c-1")
    assert CANARY not in command + json.dumps([record["arguments"], record["environment"]])


def test_a_description_that_names_a_secret_asks_for_none() -> None:
    parameters = [parameter for parameter, _answer in request_with(CANARY).parameters]
    change = ConnectionChange(description="The clientSecret is kept in the vault")
    assert change_command(change, SEEN, parameters, target()) == change_command(change, SEEN, (), target())


def test_a_body_without_secrets_stands_in_the_command_in_one_piece(recorder: Path) -> None:
    change = ConnectionChange(name="New")
    command = change_command(change, SEEN, (), target())
    (body,) = [line for line in command.split("\n") if line.startswith("printf '%s' '")]
    assert body == "printf '%s' '["
    run("bash", command, "token\n", recorder)
    assert json.loads(recorded(recorder)["body"]) == json.loads(change.body_to_send(SEEN))


def test_a_connection_is_asked_for_with_the_token_alone(recorder: Path) -> None:
    done = run("bash", read_command("c 1/2", target()), f"{CANARY}-token\n", recorder)
    assert done.returncode == 0, done.stderr
    record = recorded(recorder)
    assert record["arguments"][:4] == [
        "-sS",
        "-X",
        "GET",
        "https://platform.adobe.io/data/foundation/flowservice/connections/c%201%2F2",
    ]
    assert record["headers"][0] == f"Authorization: Bearer {CANARY}-token\n"
    assert record["headers"][-1] == "Content-Type: application/json"
    assert "--data-binary" not in record["arguments"]
    assert CANARY not in json.dumps([record["arguments"], record["environment"]])


def described_request(**secrets: str) -> ConnectionRequest:
    """A request for a source that only the platform describes, whose secrets are a JSON value and a variable."""
    password = {"type": "string", "format": "password"}
    properties = {"proxy": {"type": "object", "properties": {"password": password}}, "path": password}
    (method,) = auth_methods_of([{"name": "Key", "spec": {"properties": properties}}])
    answers: dict[str, Answer] = {name: Secret(value) for name, value in secrets.items()}
    source = Source("id", "ACME", "", "id", "1.0", (method,), is_described_only=True)
    return build_connection_request(Draft(source_id="id", answers=answers, name="ACME"), source, method)


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        *((name, f"_{name.upper()}") for name in ("cdpath", "env", "home", "ifs", "path", "ppid", "pwd", "shell")),
        *((name, f"_{name.upper()}") for name in ("uid", "user")),
        ("terminalState", "_TERMINAL_STATE"),
        ("adobeAccessToken", "_ADOBE_ACCESS_TOKEN"),
        ("pin", "PIN"),
    ],
)
def test_a_secret_has_a_variable_that_every_shell_can_read(name: str, variable: str) -> None:
    (method,) = auth_methods_of(
        [{"name": "Key", "spec": {"properties": {name: {"type": "string", "format": "password"}}}}]
    )
    source = Source("id", "ACME", "", "id", "1.0", (method,), is_described_only=True)
    draft = Draft(source_id="id", answers={name: Secret(CANARY)}, name="ACME")
    command = curl_command(build_connection_request(draft, source, method), target())
    assert f"read -rs {variable};" in command


@pytest.mark.parametrize("shell", SHELLS)
def test_a_secret_of_json_is_sent_as_a_value_and_no_variable_of_the_shell_is_taken(shell: str, recorder: Path) -> None:
    proxy = json.dumps({"host": "acme", "password": NASTY, "port": 1})
    command = curl_command(described_request(proxy=proxy, path=NASTY), target())
    done = run(shell, command, f"{CANARY}\n{proxy}\n{NASTY}\n", recorder)
    assert done.returncode == 0, done.stderr
    sent = json.loads(recorded(recorder)["body"])["auth"]["params"]
    assert sent == {"proxy": json.loads(proxy), "path": NASTY}


ODD = "../a b?c#d"
ENCODED = "%2E%2E%2Fa%20b%3Fc%23d"


def test_an_id_with_signs_of_an_address_is_encoded_wherever_it_is_printed() -> None:
    seen = replace(SEEN, connection_id=ODD)
    change = ConnectionChange(name="x")
    words = (
        read_command(ODD, target()),
        change_command(change, seen, (), target()),
        change_review(change, seen, None, UsedBy(), target()).request,
    )
    for each in words:
        assert f"/connections/{ENCODED}" in each
        assert f"/connections/{ODD}" not in each
