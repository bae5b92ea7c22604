"""The answers of a create in a TOML file, which holds no secret."""

from __future__ import annotations

import difflib
import json
import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.toml_text import toml_table
from aep_tui.domain.translation import _
from aep_tui.state.text_file import read_text_file, shown_path

_TEXT_KEYS: Final = ("cloud", "source", "auth_method", "name", "description")
_LONGEST_SHOWN_KEY: Final = 30
_KEYS: Final = (*_TEXT_KEYS, "acknowledge", "parameters")


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """What the file says; what it does not say is empty.

    Attributes:
        cloud, source, auth_method, name, description: texts.
        acknowledge: ids of the notices that were read.
        parameters: values by API name.
    """

    cloud: str = ""
    source: str = ""
    auth_method: str = ""
    name: str = ""
    description: str = ""
    acknowledge: tuple[str, ...] = ()
    parameters: Mapping[str, str | bool] = field(default_factory=dict, repr=False)


def read_answers_file(path: Path) -> AnswersFile:
    """Return the answers of a file.

    Args:
        path: a TOML file with `cloud`, `source`, `auth_method`, `name`, `description`, `acknowledge` and the table
            `[parameters]`.

    Raises:
        SettingsProblem: it cannot be read, is no TOML, or has a key or a value that cannot be used. No value is
            repeated: somebody may have put a secret there.
    """
    try:
        table = toml_table(read_text_file(path, may_be_pipe=True).text)
    except tomllib.TOMLDecodeError as error:
        # tomllib names the place behind its own words, which may quote what stands there.
        place = str(error).rpartition("(")[2].rstrip(")")
        raise _wrong(path, _("It is no TOML ({place}).").format(place=place)) from None
    except (ValueError, RecursionError):
        # Of a number without an end, and of brackets nested without an end, tomllib says it in these ways.
        raise _wrong(path, _("It is no TOML that can be read.")) from None
    for key in table:
        if key not in _KEYS:
            raise _wrong(path, _unknown_key_words(key))
    texts = {key: _text(path, key, table[key]) for key in _TEXT_KEYS if key in table}
    return AnswersFile(**texts, acknowledge=_notice_ids(path, table), parameters=_parameters(path, table))


def write_answers_file(path: Path, answers: AnswersFile) -> None:
    """Write a new file that `read_answers_file` reads, for this user alone (0600).

    Raises:
        SettingsProblem: there is such a file already, which stays as it is, or it cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags, mode=0o600)
    except FileExistsError:
        raise _not_written(path, _("There is a file of this name already, and it stays as it is.")) from None
    except (OSError, ValueError) as error:
        raise _not_written(path, _reason(error)) from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(_toml(answers))
            stream.flush()
            os.fsync(stream.fileno())
    except (OSError, ValueError) as error:
        with suppress(OSError):
            path.unlink()
        raise _not_written(path, _reason(error)) from None


def _toml(answers: AnswersFile) -> str:
    lines = [f"{key} = {_toml_text(text)}" for key in _TEXT_KEYS if (text := getattr(answers, key))]
    if answers.acknowledge:
        lines.append(f"acknowledge = [{', '.join(_toml_text(each) for each in answers.acknowledge)}]")
    lines += ["", "[parameters]"]
    for key, value in answers.parameters.items():
        lines.append(f"{_toml_text(key)} = {str(value).lower() if isinstance(value, bool) else _toml_text(value)}")
    return "\n".join(lines) + "\n"


def _toml_text(text: str) -> str:
    # JSON's escapes are among TOML's; only the one control character that JSON leaves alone has to be written so too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _reason(error: OSError | ValueError) -> str:
    words = error.strerror if isinstance(error, OSError) else None
    return words or _("The name cannot be one of a file.")


def _not_written(path: Path, reason: str) -> SettingsProblem:
    return SettingsProblem(
        _("The answers were not saved"),
        _("{path}: {reason}").format(path=shown_path(path), reason=reason),
        _("Name another file."),
    )


def _unknown_key_words(key: str) -> str:
    """Return words that repeat the key only beside a known one that it is like: anything else may be a secret."""
    near = difflib.get_close_matches(key, _KEYS, n=1)
    if near and key.isprintable():
        return _("The key {key} is not known. Did you mean {name}?").format(key=key, name=near[0])
    return _("There is a key that is not known. Known are: {names}.").format(names=", ".join(_KEYS))


def _text(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(path, _("The value of {key} has to be a text.").format(key=key))
    return value


def _notice_ids(path: Path, table: dict[str, Any]) -> tuple[str, ...]:
    ids = table.get("acknowledge", [])
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise _wrong(path, _("The value of {key} has to be a list of texts.").format(key="acknowledge"))
    return tuple(ids)


def _parameters(path: Path, table: dict[str, Any]) -> Mapping[str, str | bool]:
    parameters = table.get("parameters", {})
    if not isinstance(parameters, dict):
        raise _wrong(path, _("Parameters stand in a table: [parameters]."))
    for key, value in parameters.items():
        if not isinstance(value, str | bool):
            raise _wrong(path, _wrong_value_words(key))
    return MappingProxyType(dict(parameters))


def _wrong_value_words(key: str) -> str:
    # The name of a parameter is a short word; anything else may be a value at the wrong place.
    if key.isascii() and key.isidentifier() and len(key) <= _LONGEST_SHOWN_KEY:
        return _("The value of {key} has to be a text, or true or false.").format(key=key)
    return _("A value under [parameters] has to be a text, or true or false.")


def _wrong(path: Path, reason: str) -> SettingsProblem:
    return SettingsProblem(
        _("The answers file cannot be used"),
        _("{path}: {reason}").format(path=shown_path(path), reason=reason),
        _("Mend the file; aep-tui create --help says what it may hold."),
    )
