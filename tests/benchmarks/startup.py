"""The benchmark: `python -m tests.benchmarks.startup`; prints a Markdown table of medians.

The program and a bare Textual form take turns (A, B, A, B...), because machines drift: compare the ratios of one run,
not the figures of two. Bytes are what an SSH session has to carry.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.measure import Program, press, settle, stay_idle, wall_time
from tests.benchmarks.report import Figures, table
from tests.tui.terminal.journeys import SALESFORCE_ON_AZURE, Page, walk
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

KEYS = ("tab", "a", "backspace", "down", "pagedown", "pageup")
BARE_FORM = Program(
    [sys.executable, str(Path(__file__).with_name("bare_form.py"))],
    tuple(Page(f"form {number}", "Account", ("f3",)) for number in range(1, 5)),
    keys_page="form 1",
)


class Benchmark:
    """Starts the programs in a terminal of one size and measures them.

    Args:
        options: the command line's.
        environment: all variables of the programs.
    """

    def __init__(self, options: argparse.Namespace, environment: Mapping[str, str]) -> None:
        self._options = options
        self._environment = dict(environment)

    def measure_start(self, program: Program, figures: Figures) -> None:
        """Add one start."""
        with self._start(program) as terminal:
            figures.starts.append(settle(terminal, self._options.quiet))

    def measure_help(self, command: Sequence[str], figures: Figures) -> None:
        """Add one run of a command that needs no terminal."""
        figures.help_seconds.append(wall_time(command, self._environment))

    def measure_keys(self, program: Program, figures: Figures) -> None:
        """Add some rounds of keys on the page for keys."""
        names = [page.name for page in program.pages]
        with self._start(program) as terminal:
            settle(terminal, self._options.quiet)
            position = names.index(program.keys_page)
            walk(terminal, program.pages[:position])
            terminal.wait_for_text(program.pages[position].wait_for)
            terminal.wait_until_quiet(self._options.quiet)
            for _ in range(self._options.key_rounds):
                for key in KEYS:
                    figures.keys[key].append(press(terminal, key, [key], self._options.key_quiet))

    def measure_steps(self, program: Program, figures: Figures, with_idle_times: bool) -> None:
        """Add one walk through the pages; each step lasts from its last key to the settled next page."""
        with self._start(program) as terminal:
            settle(terminal, self._options.quiet)
            for page in program.pages:
                terminal.wait_for_text(page.wait_for)
                terminal.wait_until_quiet(self._options.key_quiet)
                if with_idle_times:
                    figures.idles[page.name].append(stay_idle(terminal, page.name, self._options.idle))
                if page is program.pages[-1]:
                    return
                name = f"{page.name}, {page.keys[-1]}"
                figures.steps[name].append(press(terminal, name, page.keys, self._options.key_quiet))

    def _start(self, program: Program) -> Terminal:
        columns, rows = self._options.size
        return Terminal(program.command, columns=columns, rows=rows, environment=self._environment)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return the exit code."""
    options = _parser().parse_args(arguments)
    own_command = shlex.split(options.command)
    own = Program(own_command, SALESFORCE_ON_AZURE, keys_page="credentials")
    figures, bare_figures, warm_up = Figures(), Figures(), Figures()
    pairs = ((own, figures), (BARE_FORM, bare_figures))
    with tempfile.TemporaryDirectory() as home:
        benchmark = Benchmark(options, user_environment(home=Path(home)))
        for run in range(options.runs + 1):
            _say(f"start {run} of {options.runs}")
            for program, kept in pairs:
                benchmark.measure_start(program, kept if run else warm_up)
            if options.help_command:
                benchmark.measure_help(shlex.split(options.help_command), figures if run else warm_up)
                benchmark.measure_help([sys.executable, "-c", ""], bare_figures if run else warm_up)
        for run in range(options.walks):
            _say(f"walk {run + 1} of {options.walks}")
            for program, kept in pairs:
                if options.has_pages or program is BARE_FORM:
                    benchmark.measure_keys(program, kept)
                    benchmark.measure_steps(program, kept, with_idle_times=run == 0)
    _say("")
    columns, rows = options.size
    print(f"Medians of {options.runs} interleaved starts and {options.walks} walks at {columns}x{rows}.")
    print(f"`{options.command}`, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}.\n")
    print(table(figures, bare_figures, Path(own_command[0]).name, "bare form"))
    return 0


def _say(words: str) -> None:
    print(f"\r{words:<30}\r", end="", file=sys.stderr, flush=True)


def _size(text: str) -> tuple[int, int]:
    columns, rows = text.split("x")
    return int(columns), int(rows)


def _parser() -> argparse.ArgumentParser:
    installed = Path(sys.executable).with_name("aep-tui")
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.startup",
        description="Measures a program in a terminal beside a bare Textual form.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--runs", type=int, default=12, help="starts of each program")
    parser.add_argument("--walks", type=int, default=3, help="walks through keys and steps of each program")
    parser.add_argument("--command", default=f"{installed} --practice", help="the program")
    parser.add_argument("--help-command", default=f"{installed} --help", help="timed without a terminal; '' for none")
    parser.add_argument("--no-pages", dest="has_pages", action="store_false", help="measure starts only")
    parser.add_argument("--size", type=_size, default=(80, 24), metavar="COLUMNSxROWS", help="of the terminal")
    parser.add_argument("--quiet", type=float, default=0.5, help="seconds of silence that mean settled")
    parser.add_argument("--key-quiet", type=float, default=0.3, help="the same after a key or a step")
    parser.add_argument("--key-rounds", type=int, default=5, help="rounds through the keys in a walk")
    parser.add_argument("--idle", type=float, default=5.0, help="seconds of idling on each page of the first walk")
    return parser


if __name__ == "__main__":
    sys.exit(main())
