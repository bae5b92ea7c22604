"""Results: on standard output, and in the file of `--output`."""

from __future__ import annotations

import json
import os
from pathlib import Path

from aep_tui.commands.standard_output import write_words
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _


def refuse_unusable_output(path: Path | None) -> None:
    """Refuse a file that cannot take the result, before anything is created; the file is neither made nor changed.

    Raises:
        Problem: it is a folder, its folder is not there, or it may not be written.
    """
    if path is None:
        return
    reason = ""
    if path.is_dir():
        reason = _("{path} is a folder.")
    elif not path.parent.is_dir():
        reason = _("The folder of {path} is not there.")
    elif not os.access(path if path.exists() else path.parent, os.W_OK):
        reason = _("{path} may not be written.")
    if reason:
        raise Problem(
            _("The result cannot be written"),
            reason.format(path=path),
            _("Name another file with --output, or leave it out: the result goes to standard output as well."),
        )


def write_result(text: str, path: Path | None, *, file_text: str | None = None) -> None:
    """Write a result to standard output and, if there is one, to the file.

    Args:
        text: for standard output.
        path: the file, or None.
        file_text: for the file; the same text when left out.

    Raises:
        Problem: one of them takes nothing; the other one got the result all the same.
    """
    refusal: Problem | None = None
    try:
        write_standard_output(text)
    except Problem as problem:
        refusal = problem
    if path is not None:
        try:
            path.write_text(text if file_text is None else file_text, encoding="utf-8")
        except OSError as reason:
            raise refusal or Problem(
                _("The result was not written"),
                _("{path}: {reason}").format(path=path, reason=reason.strerror),
                _("It stands above, on standard output."),
            ) from reason
    if refusal is not None:
        raise refusal


def write_standard_output(text: str) -> None:
    """Write to standard output.

    Raises:
        PipeClosed: who reads it has closed it.
        Problem: it is closed, or its disk is full.
    """
    try:
        write_words(text)
    except UnicodeEncodeError as lack:
        write_words(_encodable(text, lack.encoding))


def json_text(value: object, indent: int | None = 2) -> str:
    """Return a value as JSON with a newline at its end; without an indent it is one line."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"


def write_json(value: object, indent: int | None = 2) -> None:
    """Write a value as JSON to standard output; without an indent it is one line.

    Raises:
        Problem: as `write_standard_output`.
    """
    write_standard_output(json_text(value, indent))


def _encodable(text: str, encoding: str) -> str:
    """Return a text in which what the encoding lacks stands as JSON writes it, so that JSON stays JSON."""
    return "".join(each if _has(encoding, each) else json.dumps(each)[1:-1] for each in text)


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
