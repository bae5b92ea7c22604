"""Every key of the program, in one table: bindings, key lines, the list of commands, help and README come from it.

A key has one meaning in the whole program (`MEANINGS`). What has no key of its own is reached by F2 and by a button.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from textual.binding import Binding

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.translation import _
from aep_tui.tui.signs import SHORT, key_name


@dataclass(frozen=True, slots=True)
class Key:
    """What one key does on one page.

    Attributes:
        id: for key maps; the part before the dot names the page or the widget.
        key: as Textual writes it, several with commas; "" for what is reached by F2 only.
        action: of the page or widget.
        description: what it does, for the list of commands; "" where the key line says enough.
        has_priority: whether it works whatever has the focus.
        short: what it does in a word or two, for the key line; "" for a key that does not stand there.
    """

    id: str
    key: str
    action: str
    description: str = ""
    has_priority: bool = False
    short: str = ""

    @property
    def name(self) -> str:
        """The key as people call it, for example "F5"; "" without one."""
        return key_name(self.key.partition(",")[0])


MEANINGS: Final = {
    "f1": _("help for what has the focus: what it is and where to find it"),
    "f2": _("the commands of the page"),
    "f3": _("the list that belongs to the page: sandboxes, what has to be set up beforehand, tables"),
    "f4": _("put in the correction that a field offers"),
    "f5": _("copy to the clipboard: the request as curl, the id, what was done"),
    "f6": _("show as text, to read or to select by hand: the request, an answer, where each setting comes from"),
    "f7": _("fill the page: from a profile, from a file or a snippet"),
    "f8": _("load from a file: a credential file, the secret of this field, a plan"),
    "f9": _("make something new: a token, a key pair, a profile of this target"),
    "f12": _("check: the set-up once more, the credentials at the source, existing connections"),
    "escape": _("back; on the status page: stop watching; in a migration: pause; in a question: close"),
    "slash": _("search in a list"),
    "pageup": _("scroll"),
    "pagedown": _("scroll"),
    "ctrl+l": _("paint the screen anew"),
    "ctrl+q": _("quit; what was done is printed, or where its record is"),
    "f10": _("quit; what was done is printed, or where its record is"),
    "enter": _("next, or take the marked row or button; only on Submit does it send something"),
    "space": _("tick, choose (Enter leaves a tick as it is and goes on)"),
    "up": _("move in a list or between answers"),
    "down": _("move in a list or between answers; in a field with documented values: offer them"),
    "left": _("move between answers"),
    "right": _("move between answers"),
    "home": _("move in a list"),
    "end": _("move in a list"),
    "delete": _("in a box for pasted text: empty it"),
    "ctrl+u": _("in a box for pasted text: empty it"),
}
"""What each key means, wherever it works."""

KEYS: Final = {
    key.id: key
    for key in (
        Key("app.help", "f1", "help", _("Help"), has_priority=True, short=SHORT["app.help"]),
        Key("app.commands", "f2", "commands", _("Commands"), has_priority=True, short=SHORT["app.commands"]),
        Key("app.quit", "ctrl+q", "quit", _("Quit"), has_priority=True, short=SHORT["app.quit"]),
        Key("app.quit-too", "f10", "quit", has_priority=True),
        Key("app.repaint", "ctrl+l", "repaint", has_priority=True),
        Key("wizard.back", "escape", "back", _("Back"), short=_("Back")),
        Key("wizard.correction", "f4", "take_correction", _("Put in the offered correction"), short=_("Correct")),
        Key("wizard.page-down", "pagedown", "page_body(1)"),
        Key("wizard.page-up", "pageup", "page_body(-1)"),
        Key("welcome.sandboxes", "f3", "choose_sandbox", _("Choose a sandbox"), short=SHORT["welcome.sandboxes"]),
        Key("welcome.profiles", "f7", "live('profile')", _("Choose a profile"), short=_("Profiles")),
        Key(
            "welcome.settings",
            "f6",
            "show_settings",
            _("Where the settings come from"),
            short=SHORT["welcome.settings"],
        ),
        Key("welcome.credentials", "f8", "live('credentials')", _("Load a credential file"), short=_("File")),
        Key("welcome.save", "f9", "live('save')", _("Save this target"), short=_("Save")),
        Key("notices.switch", "", "switch", _("Switch to the auth method that is offered instead")),
        Key(
            "credentials.checklist",
            "f3",
            "show_checklist",
            _("Checklist: what has to be set up beforehand"),
            short=_("Checklist"),
        ),
        Key("credentials.fill", "f7", "fill_form", _("Fill from a file or a snippet"), short=_("Fill")),
        Key("credentials.load", "f8", "load_secret", _("Load this secret from a file or a command"), short=_("Load")),
        Key("credentials.helper", "f9", "help_with_value", _("Make a value on a page of its own"), short=_("Make")),
        Key(
            "credentials.check", "f12", "check", _("Ask the source whether it takes the credentials"), short=_("Check")
        ),
        Key("credentials.reveal", "", "reveal", _("Show the typed secret for 5 seconds")),
        Key("mint.key-pair", "f9", "make_key_pair", _("Make a key pair"), short=_("Make a key pair")),
        Key("review.copy", "f5", "copy_as_curl", _("Copy as curl"), short=_("Copy")),
        Key("review.show", "f6", "show_curl", _("Show as curl"), short=_("Show")),
        Key("review.command", "", "show_command", _("Show the command that does the same without a question")),
        Key("review.answers", "", "save_answers", _("Save the answers for aep-tui create")),
        Key("status.stop", "escape", "stop_watching", _("Stop watching"), short=_("Stop watching")),
        Key("status.copy", "f5", "copy_id", _("Copy id"), short=_("Copy id")),
        Key("status.show", "f6", "show_result", _("Show as text"), short=_("Show as text")),
        Key("status.watch-again", "", "watch_again", _("Watch again")),
        Key("done.copy", "f5", "copy_id", _("Copy id"), short=_("Copy id")),
        Key("done.show", "f6", "show_result", _("Show as text"), short=_("Show as text")),
        Key("done.new", "", "new_connection", _("New connection")),
        Key("done.command", "", "show_command", _("Show the command that does the same without a question")),
        Key("done.answers", "", "save_answers", _("Save the answers for aep-tui create")),
        Key("connection.check", "f12", "check", _("Test the connection"), short=_("Test")),
        Key("connection.tables", "f3", "show_tables", _("Explore: the tables that it shows"), short=_("Explore")),
        Key("connection.copy", "f5", "copy_id", _("Copy id"), short=_("Copy id")),
        Key("connection.show", "f6", "show_answer", _("Show the platform's answer as text"), short=_("Answer")),
        Key("connection.curl", "", "copy_as_curl", _("Copy as curl")),
        Key("connection.again", "", "read_again", _("Read it once more")),
        Key("connection.watch", "", "watch", _("Watch the state until it changes")),
        Key("connection.rename", "", "change('rename')", _("Rename and describe")),
        Key("connection.new-secret", "", "change('new-secret')", _("One new secret")),
        Key("connection.replace-credentials", "", "change('replace-credentials')", _("Replace credentials")),
        Key("connection.delete", "", "change('delete')", _("Delete")),
        Key("connection.up", "up", "scroll_body(-1)", short=_("Scroll")),
        Key("connection.down", "down", "scroll_body(1)", short=_("Scroll")),
        Key("tables.search", "slash", "search", _("Search"), short=_("Search")),
        Key("sheet.yes", "", "take_button", _("Go on")),
        Key("sheet.copy", "f5", "copy_text", _("Copy as text"), short=_("Copy")),
        Key("sheet.show", "f6", "show_text", _("Show as text"), short=_("Show as text")),
        Key("connections.search", "slash", "search", _("Search"), short=_("Search")),
        Key("connections.to-list", "down", "to_list"),
        Key("connections.select", "space", "choose", short=_("Select")),
        Key("connections.sandboxes", "f3", "choose_sandboxes", _("Choose the sandboxes"), short=_("Sandboxes")),
        Key("connections.copy", "f5", "copy_id", _("Copy id"), short=_("Copy id")),
        Key("connections.again", "f12", "check_again", _("Read the list again"), short=_("Again")),
        Key("connections.filter", "", "filter", _("Filter: auth method, source, state, age, needs attention")),
        Key(
            "connections.migrate",
            "",
            "migrate('plan')",
            _("Plan a migration of the selected ones to another auth method"),
        ),
        Key("connections.open-plan", "f8", "migrate('open')", _("Open the plan of a migration"), short=_("Plan file")),
        Key("migration.pause", "escape", "pause", _("Pause after this connection"), short=_("Pause")),
        Key("preflight.back", "escape", "leave(False)", _("Back"), short=_("Back")),
        Key("preflight.again", "f12", "check_again", _("Check again"), short=_("Again")),
        Key("preflight.page-down", "pagedown", "page_details(1)", short=_("Read on")),
        Key("preflight.page-up", "pageup", "page_details(-1)"),
        Key("page.close", "escape", "leave", _("Close"), short=_("Close")),
        Key("page.correction", "f4", "take_correction", short=_("Correct")),
        Key("page.page-down", "pagedown", "page_body(1)", short=_("Scroll")),
        Key("page.page-up", "pageup", "page_body(-1)"),
        Key("save.close", "escape", "dismiss('')", _("Close"), short=_("Close")),
        Key("answers.close", "escape", "dismiss(None)", _("Close"), short=_("Close")),
        Key("modal.close", "escape,enter,f1", "dismiss", _("Close"), short=_("Close")),
        Key("question.no", "escape", "answer(False)", _("No"), short=_("No")),
        Key("question.previous", "left,up", "app.focus_previous", short=_("Choose")),
        Key("question.next", "right,down", "app.focus_next", short=_("Choose")),
        Key("sources.back", "escape", "dismiss(None)", _("Back"), short=_("Back")),
        Key("sources.search", "slash", "search", _("Search in the list"), short=_("Search")),
        Key("sources.page-down", "pagedown", "page_list(1)", short=_("Scroll")),
        Key("sources.page-up", "pageup", "page_list(-1)"),
        Key("choice.page-down", "pagedown", "page_list(1)"),
        Key("choice.page-up", "pageup", "page_list(-1)"),
        Key("choice.close", "escape", "dismiss(None)", _("Close"), short=_("Close")),
        Key("confirmation.close", "escape", "dismiss(False)", _("Close"), short=_("Cancel")),
        Key("file.close", "escape", "dismiss(None)", _("Close"), short=_("Close")),
        Key("token.later", "escape", "dismiss(None)", _("Later"), short=_("Later")),
        Key("field.correct", "f4", "take_suggestion", short=_("Correct")),
        Key("field.choose", "down", "offer_suggestions", short=_("Choose")),
        Key("reading.up", "up", "scroll_up", short=_("Scroll")),
        Key("reading.down", "down", "scroll_down", short=_("Scroll")),
        Key("list.up", "up", "cursor_up", short=SHORT["list.up"]),
        Key("list.down", "down", "cursor_down", short=SHORT["list.down"]),
        Key("list.first", "home", "first"),
        Key("list.last", "end", "last"),
        Key("list.select", "enter", "select"),
        Key("list.choose", "space", "choose"),
        Key("tick-box.toggle", "space", "toggle_button", short=_("Tick")),
        Key("tick-box.go-on", "enter", "go_on"),
        Key("paste-box.empty", "delete,ctrl+u", "empty", short=_("Empty")),
    )
}
"""The keys by their ids."""


def bindings(*ids: str) -> list[Binding]:
    """Return the bindings of a page or widget for the entries of the table with these ids."""
    return [
        Binding(key.key, key.action, key.description, id=key.id, show=bool(key.description), priority=key.has_priority)
        for key in (KEYS[each] for each in ids)
    ]


@cache
def keys_of(page: type) -> tuple[Key, ...]:
    """Return the entries of the table that a page or widget binds, those of the class itself before inherited ones."""
    return tuple(
        KEYS[binding.id]
        for each in page.__mro__
        for binding in each.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id in KEYS
    )


LIST_KEYS: Final = ("list.up", "list.down", "list.first", "list.last", "list.select")
"""The keys of a list; Page Up and Page Down stay with the page, which scrolls."""
