"""What the README says about tables, options, variables, scenarios, exit codes and keys is what the program does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from aep_tui.commands.command_table import ALL_OPTIONS, COMMANDS
from aep_tui.commands.exit_codes import ExitCode
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.source import Parameter
from aep_tui.practice import organization
from aep_tui.practice.scenarios import SCENARIOS
from aep_tui.settings.setting import SETTINGS
from aep_tui.tui.keys import KEYS, MEANINGS
from aep_tui.tui.signs import key_name
from tests.kit.canary import CANARY
from tests.screenshots.record import FOLDER

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github/CONTRIBUTING.md").read_text(encoding="utf-8")
SOURCES = (ROOT / ".github/SOURCES.md").read_text(encoding="utf-8")
KEY_NAMES = {
    "Page Up": "pageup",
    "Page Down": "pagedown",
    "Esc": "escape",
    "/": "slash",
    "Shift+Tab": "shift+tab",
}
KEYS_OF_TEXTUAL = {"tab", "shift+tab"}
"""Bound by Textual's own screen."""
FOREIGN_VARIABLES = {"AEP_OPENAPI_FLOW_SERVICE", "AEP_LOG_LEVEL", "AEP_THEME", "AEP_PAIRING"}
"""Of the tests, of the log, of the colours and of who sees the terminal, not of the settings."""


def section(title: str, text: str = README) -> str:
    """The part of a text below a heading up to the next one of the same depth or less."""
    found = re.search(rf"^(#+) {re.escape(title)}\n", text, re.MULTILINE)
    assert found, f"there is no section {title!r}"
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def first_cells(title: str) -> list[str]:
    """The first cell of every row of the first table in a section, without the head."""
    rows = [line.split("|")[1].strip() for line in section(title).splitlines() if line.startswith("|")]
    return rows[2:]


def command_after(marker: str) -> str:
    found = re.search(rf"^<!-- {marker} -->\n```\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert found, f"no fenced block stands directly after the line <!-- {marker} -->"
    return found[1]


def shown_parameter(parameter: Parameter) -> str:
    name = f"**{parameter.api_name}**" if parameter.is_required else parameter.api_name
    return f"{name} *(secret)*" if parameter.is_secret else name


def connection_rows() -> list[str]:
    """The rows of the table of connections, as the catalog says them."""
    return [
        f"| {method.cloud.label if method.cloud else ''} | {source.label} | {method.label} | `{method.spec_name}` | "
        f"{', '.join(map(shown_parameter, method.parameters))} |"
        for source in load_catalog().sources
        for method in source.auth_methods
    ]


def scenario_rows() -> list[str]:
    """The rows of the table of scenarios."""
    return [f"| `{scenario.id}` | {scenario.summary} |" for scenario in SCENARIOS]


def test_the_table_of_connections_is_the_catalog() -> None:
    found = re.search(r"<!-- connections:.*?-->\n(.*?)<!-- /connections -->", README, re.DOTALL)
    assert found
    rows = [line for line in found[1].splitlines() if line.startswith("|")][2:]
    assert rows == connection_rows(), "the rows should be:\n" + "\n".join(connection_rows())


def test_every_notice_stands_below_the_table() -> None:
    for notice in load_catalog().notices:
        assert f"- **{notice.title}**" in section("The five connections")


def test_the_table_of_scenarios_is_the_practice_service() -> None:
    rows = [line for line in section("The practice service", CONTRIBUTING).splitlines() if line.startswith("| `")]
    assert rows == scenario_rows(), "the rows should be:\n" + "\n".join(scenario_rows())


def test_every_option_is_in_the_readme_and_no_other() -> None:
    own = "\n".join(
        line
        for line in README.splitlines()
        if not re.search(r"pip install|pytest|ruff|tests\.|openssl|`--check`", line)
    )
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", own)) == {*ALL_OPTIONS, "--help", "--version"}


def test_every_command_is_in_the_readme() -> None:
    for command in COMMANDS:
        assert command.call in README


def test_every_variable_is_in_the_readme_and_no_other() -> None:
    variables = {variable for setting in SETTINGS for variable in setting.variables}
    assert set(re.findall(r"\bAEP_[A-Z_]+[A-Z]\b", README)) - FOREIGN_VARIABLES == variables


def test_every_option_stands_beside_its_variable() -> None:
    rows = [line.split("|") for line in section("Settings of live mode").splitlines() if line.startswith("| `AEP_")]
    shown = {tuple(re.findall(r"AEP_\w+", row[1])): re.findall(r"--[a-z-]+", row[2]) for row in rows}
    assert shown == {setting.variables: [setting.flag] if setting.flag else [] for setting in SETTINGS}
    for setting in SETTINGS:
        if setting.default.startswith("https://"):
            assert f"`{setting.default}`" in section("Settings of live mode")


def test_every_exit_code_is_in_the_readme_and_no_other() -> None:
    rows = [line for line in section("Results and exit codes").splitlines() if re.match(r"\| \d", line)]
    assert rows == [f"| {int(code)} | {code.meaning} |" for code in ExitCode]


def test_every_key_is_in_the_readme_and_no_other() -> None:
    shown = {KEY_NAMES.get(key.strip(), key.strip().lower()) for cell in first_cells("Keys") for key in cell.split(",")}
    bound = {each for key in KEYS.values() for each in key.key.split(",") if each}
    assert shown == bound - {"left", "right"} | KEYS_OF_TEXTUAL


@pytest.mark.parametrize("key", [key for key in MEANINGS if key.startswith("f") and key not in {"f10"}])
def test_the_readme_says_of_each_function_key_what_the_table_says(key: str) -> None:
    assert f"| {key_name(key)} | {MEANINGS[key]} |" in section("Keys")


def test_the_result_has_the_keys_of_the_program() -> None:
    found = re.search(r"```json\n(.*?)```", section("Results and exit codes"), re.DOTALL)
    assert found
    assert list(json.loads(found[1])) == list(json.loads(ConnectionResult("practice", "id").to_json()))


def test_the_curl_example_fits_the_practice_service() -> None:
    example = section("The practice service", CONTRIBUTING)
    for value in (
        organization.PRACTICE_TOKEN,
        organization.API_KEY,
        organization.ORGANIZATION_ID,
        organization.REHEARSAL_SANDBOX_NAME,
        load_catalog().sources[0].connection_spec_id,
    ):
        assert value in example or value in {source.connection_spec_id for source in load_catalog().sources}


@pytest.mark.parametrize("marker", ["start command", "test command"])
def test_each_command_does_its_own_set_up_in_one_line(marker: str) -> None:
    command = command_after(marker)
    assert "\n" not in command
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install --quiet ")


def test_the_commands_end_in_the_wizard_and_in_pytest() -> None:
    assert command_after("start command").endswith("aep-tui --practice")
    assert re.search(r"/pytest( -n \d)?( --dist \w+)?$", command_after("test command"))


def test_every_source_has_its_page() -> None:
    for source in load_catalog().sources:
        clouds = {method.cloud for method in source.auth_methods if method.cloud is not None}
        for cloud in clouds:
            title = f"{source.label} on {cloud.label}" if len(clouds) > 1 else source.label
            assert section(title, SOURCES)


def test_every_picture_and_file_that_is_named_exists() -> None:
    pictures = re.findall(r"\(screenshots/([\w.-]+)\)", README)
    assert pictures
    for name in pictures:
        assert (FOLDER / name).exists(), name
    assert all((ROOT / path).exists() for path in re.findall(r"\]\((\.github/\w+\.md)\)", README))
    for module in re.findall(r"python -m (tests[\w.]+)", CONTRIBUTING):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
    for path in re.findall(r"`((?:aep_tui|tests|\.ci)/[\w./-]+)`", README + CONTRIBUTING):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`((?:domain|commands|preflight|tui)/\w[\w./-]+)`", CONTRIBUTING):
        assert (ROOT / "aep_tui" / path).exists(), path


def test_a_user_reads_it_in_ten_minutes() -> None:
    assert len(README.splitlines()) <= 280


def test_the_readme_is_the_only_text_file_on_top_and_holds_no_secret() -> None:
    assert CANARY not in README + CONTRIBUTING + SOURCES
    assert not [path.name for path in ROOT.glob("*.md") if path.name != "README.md"]
