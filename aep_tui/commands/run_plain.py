"""The wizard line by line, for `--plain` and for terminals that cannot place the cursor."""

from __future__ import annotations

import asyncio
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from aep_tui.commands.exit_codes import ExitCode
from aep_tui.commands.session_log import session_log
from aep_tui.commands.terminal import say
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.wizard import Wizard
from aep_tui.plain.conversation import Conversation
from aep_tui.plain.talk import Cancelled, Talk
from aep_tui.state.crash_report import crash_words
from aep_tui.tui.terminal.stalled import end_although_stalled

if TYPE_CHECKING:
    from aep_tui.commands.quiet_terminal import QuietTerminal
    from aep_tui.domain.target import Target
    from aep_tui.session.platform_session import PlatformSession
    from aep_tui.settings.launch import Launch


def converse(launch: Launch, terminal: QuietTerminal) -> tuple[Conversation, int]:
    """Hold the conversation; return it with the return code, 0 when it was ended by its answers.

    Args:
        launch: what the program was started with.
        terminal: has kept the start quiet, and is left to the conversation.
    """
    wizard = Wizard(load_catalog(), launch.clock.today())

    def open_session(target: Target, scenario_id: str) -> PlatformSession:
        from aep_tui.pages.opening import session_for

        return session_for(launch, target, scenario_id)

    modes_before = terminal.hand_over_lines()
    with Talk(sys.stdin.fileno(), sys.stderr, modes_before) as talk:
        conversation = Conversation(launch, wizard, talk, open_session)
        with session_log(launch, "wizard, line by line"):
            return_code = _held(conversation, launch, modes_before)
            return conversation, ExitCode.HUNG_UP if talk.is_terminal_gone else return_code


def _held(conversation: Conversation, launch: Launch, modes_before: list[Any] | None) -> int:
    ended_by: list[int] = []

    async def hold() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def end(number: int) -> None:
            ended_by.append(number)
            if task is not None:
                task.cancel()

        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, end, number)
                # The loop hears of the signal all the same, unless it stands still.
                signal.signal(number, partial(end_although_stalled, sys.stderr.fileno(), modes_before))
        await conversation.run()

    try:
        asyncio.run(hold())
    except Cancelled:
        return 0
    except (KeyboardInterrupt, asyncio.CancelledError):
        say("")
        return 128 + ended_by[0] if ended_by else 0
    except Exception as error:
        say(crash_words(error, launch.secrets, context={"screen": "line by line"}))
        return ExitCode.FAILED
    return 0
