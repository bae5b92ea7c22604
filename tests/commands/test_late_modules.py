from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from aep_tui.commands.late_modules import load_when_used

NAME = "a_late_module_of_a_test"


@pytest.fixture
def late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module that waits; it looks at itself while it is made, as modules in circles do."""
    lines = (
        "import sys",
        f"was_whole = hasattr(sys.modules[{NAME!r}], 'value')",
        "loads = globals().get('loads', 0) + 1",
        "value = 7",
    )
    (tmp_path / f"{NAME}.py").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, NAME, raising=False)
    load_when_used((NAME,))
    return sys.modules[NAME]


def test_an_import_loads_nothing_and_a_use_does(late: ModuleType) -> None:
    assert __import__(NAME) is late
    assert "value" not in vars(late)
    assert late.value == 7
    assert late.was_whole is False
    assert type(late) is ModuleType
    with pytest.raises(AttributeError):
        _ = late.unknown


def test_a_name_taken_from_it_loads_it(late: ModuleType) -> None:
    names: dict[str, object] = {}
    exec(f"from {NAME} import value", names)
    assert names["value"] == 7


def test_many_threads_load_it_once(late: ModuleType) -> None:
    values: list[int] = []
    threads = [threading.Thread(target=lambda: values.append(late.value)) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert values == [7] * 8
    assert late.loads == 1


def test_what_is_loaded_or_missing_stays_as_it_is() -> None:
    before = sys.modules["sys"]
    load_when_used(("sys", "no_module_has_this_name"))
    assert sys.modules["sys"] is before
    assert "no_module_has_this_name" not in sys.modules


@pytest.mark.parametrize("command", [["settings"], ["profile", "list"]])
def test_commands_about_settings_do_without_inspect_and_toml(command: list[str], tmp_path: Path) -> None:
    program = (
        "import sys\nfrom aep_tui.cli import main\n"
        f"assert main({command!r}) == 0\n"
        "assert 'tomllib._parser' not in sys.modules\n"
        # Later ones ask `inspect` for the annotations of each data class.
        "assert 'ast' not in sys.modules or sys.version_info >= (3, 12)\n"
    )
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_the_event_loop_speaks_in_cipher_when_it_is_asked_to() -> None:
    program = (
        "import sys\nfrom aep_tui.commands.late_modules import FOR_THE_NETWORK, load_when_used\n"
        "load_when_used(FOR_THE_NETWORK)\nimport asyncio\n"
        "assert '_ssl' not in sys.modules\n"
        "async def main():\n"
        "    server = await asyncio.start_server(lambda reader, writer: writer.close(), '127.0.0.1', 0)\n"
        "    port = server.sockets[0].getsockname()[1]\n"
        "    import ssl\n"
        "    try:\n"
        "        await asyncio.open_connection('127.0.0.1', port, ssl=ssl.create_default_context())\n"
        "    except (ssl.SSLError, ConnectionError) as error:\n"
        "        return error\n"
        "assert asyncio.run(main())\n"
        "assert '_ssl' in sys.modules\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
