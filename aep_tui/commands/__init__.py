"""What the program does for each command: one file a command, imported when it is called.

The names of the table are this room's door: what stands behind one of them is loaded when it is first used.
"""

from __future__ import annotations

from aep_tui.domain.door import door

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from aep_tui.commands.file_path import path_of as path_of
    from aep_tui.commands.late_modules import load_when_used as load_when_used
    from aep_tui.commands.misspelt import near_names as near_names
    from aep_tui.commands.problem_record import exit_code_of as exit_code_of
    from aep_tui.commands.problem_record import usage_json as usage_json
    from aep_tui.commands.run_plain import converse as converse
    from aep_tui.commands.running import run_command as run_command
    from aep_tui.commands.unexpected import unexpected_words as unexpected_words
    from aep_tui.commands.versions import versions_json as versions_json
    from aep_tui.commands.welcome_painter import paint_welcome as paint_welcome

__getattr__ = door(
    __name__,
    {
        "converse": "run_plain",
        "exit_code_of": "problem_record",
        "load_when_used": "late_modules",
        "near_names": "misspelt",
        "paint_welcome": "welcome_painter",
        "path_of": "file_path",
        "run_command": "running",
        "usage_json": "problem_record",
        "unexpected_words": "unexpected",
        "versions_json": "versions",
    },
)
