"""Every key of the program, in one table: bindings, key lines, the list of commands, help and README come from it.

A key has one meaning in the whole program (`MEANINGS`). What has no key of its own is reached by F2 and by a button.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding

from aep_tui.domain.translation import _


@dataclass(frozen=True, slots=True)
class Key:
    """What one key does on one page.

    Attributes:
        id: for key maps; the part before the dot names the page or the widget.
        key: as Textual writes it, several with commas; "" for what is reached by F2 only.
        action: of the page or widget.
        description: what it does, for the list of commands; "" where the key line says enough.
        has_priority: whether it works whatever has the focus.
    """

    id: str
    key: str
    action: str
    description: str = ""
    has_priority: bool = False

    @property
    def name(self) -> str:
        """The key as people call it, for example "F5"; "" without one."""
        return key_name(self.key.partition(",")[0])


MEANINGS: Final = {
    "f1": _("help for what has the focus: what it is and where to find it"),
    "f2": _("all commands of the page"),
    "f3": _("the list that belongs to the page: sandboxes, what has to be set up beforehand"),
    "f4": _("put in the correction that a field offers"),
    "f5": _("copy to the clipboard: the request as curl, the id"),
    "f6": _("show as plain text, to read or to select by hand: the request, the result, where each setting comes from"),
    "f7": _("fill the page: from a profile, from a file or a snippet"),
    "f8": _("load from a file: a credential file, the secret of this field"),
    "f9": _("make something new: a token, a key pair, a profile of this target"),
    "f12": _("check: the set-up once more, the credentials at the source"),
    "escape": _("back; on the status page: stop watching; in a question: close"),
    "pageup": _("scroll"),
    "pagedown": _("scroll"),
    "ctrl+l": _("paint the screen anew"),
    "ctrl+q": _("quit; the result is printed"),
    "f10": _("quit; the result is printed"),
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
        Key("app.help", "f1", "help", _("Help"), has_priority=True),
        Key("app.commands", "f2", "commands", _("Commands"), has_priority=True),
        Key("app.quit", "ctrl+q", "quit", _("Quit"), has_priority=True),
        Key("app.quit-too", "f10", "quit", has_priority=True),
        Key("app.repaint", "ctrl+l", "repaint"),
        Key("wizard.back", "escape", "back", _("Back")),
        Key("wizard.page-down", "pagedown", "page_body(1)"),
        Key("wizard.page-up", "pageup", "page_body(-1)"),
        Key("welcome.sandboxes", "f3", "choose_sandbox", _("Choose a sandbox")),
        Key("welcome.profiles", "f7", "live('profile')", _("Choose a profile")),
        Key("welcome.settings", "f6", "show_settings", _("Where the settings come from")),
        Key("welcome.credentials", "f8", "live('credentials')", _("Load a credential file")),
        Key("welcome.save", "f9", "live('save')", _("Save this target")),
        Key("settings.close", "f6", "dismiss"),
        Key("credentials.checklist", "f3", "show_checklist", _("Checklist: what has to be set up beforehand")),
        Key("credentials.correction", "f4", "take_correction"),
        Key("credentials.fill", "f7", "fill_form", _("Fill from a file or a snippet")),
        Key("credentials.load", "f8", "load_secret", _("Load this secret from a file or a command")),
        Key("credentials.helper", "f9", "help_with_value", _("Make a value on a page of its own")),
        Key("credentials.check", "f12", "check", _("Ask the source whether it takes the credentials")),
        Key("credentials.reveal", "", "reveal", _("Show the typed secret for 5 seconds")),
        Key("mint.key-pair", "f9", "make_key_pair", _("Make a key pair")),
        Key("review.copy", "f5", "copy_as_curl", _("Copy as curl")),
        Key("review.show", "f6", "show_curl", _("Show as curl")),
        Key("status.stop", "escape", "stop_watching", _("Stop watching")),
        Key("status.copy", "f5", "copy_id", _("Copy id")),
        Key("status.show", "f6", "show_result", _("Show as text")),
        Key("done.copy", "f5", "copy_id", _("Copy id")),
        Key("done.show", "f6", "show_result", _("Show as text")),
        Key("preflight.back", "escape", "leave(False)", _("Back")),
        Key("preflight.again", "f12", "check_again", _("Check again")),
        Key("preflight.page-down", "pagedown", "page_details(1)"),
        Key("preflight.page-up", "pageup", "page_details(-1)"),
        Key("page.close", "escape", "leave", _("Close")),
        Key("page.page-down", "pagedown", "page_body(1)"),
        Key("page.page-up", "pageup", "page_body(-1)"),
        Key("save.close", "escape", "dismiss('')", _("Close")),
        Key("modal.close", "escape,enter,f1", "dismiss", _("Close")),
        Key("question.no", "escape", "answer(False)", _("No")),
        Key("question.previous", "left,up", "app.focus_previous"),
        Key("question.next", "right,down", "app.focus_next"),
        Key("choice.close", "escape", "dismiss(None)", _("Close")),
        Key("confirmation.close", "escape", "dismiss(False)", _("Close")),
        Key("file.close", "escape", "dismiss(None)", _("Close")),
        Key("token.later", "escape", "dismiss(None)", _("Later")),
        Key("field.correct", "f4", "take_suggestion"),
        Key("field.choose", "down", "offer_suggestions"),
        Key("list.down", "down", "cursor_down"),
        Key("list.up", "up", "cursor_up"),
        Key("list.first", "home", "first"),
        Key("list.last", "end", "last"),
        Key("list.select", "enter", "select"),
        Key("list.choose", "space", "choose"),
        Key("tick-box.toggle", "space", "toggle_button"),
        Key("tick-box.go-on", "enter", "go_on"),
        Key("paste-box.empty", "delete,ctrl+u", "empty"),
    )
}
"""The keys by their ids."""

_NAMES: Final = {
    "escape": _("Esc"),
    "pageup": _("Page Up"),
    "pagedown": _("Page Down"),
    "enter": _("Enter"),
    "space": _("Space"),
    "tab": _("Tab"),
    "up": _("Up"),
    "down": _("Down"),
    "home": _("Home"),
    "end": _("End"),
    "delete": _("Delete"),
}


def key_name(key: str) -> str:
    """Return how people call a key, for example "Esc", "F5", "Ctrl+Q"."""
    return _NAMES.get(key) or "+".join(part.capitalize() for part in key.split("+"))


def bindings(*ids: str) -> list[Binding]:
    """Return the bindings of a page or widget for the entries of the table with these ids."""
    return [
        Binding(key.key, key.action, key.description, id=key.id, show=bool(key.description), priority=key.has_priority)
        for key in (KEYS[each] for each in ids)
    ]


LIST_KEYS: Final = ("list.down", "list.up", "list.first", "list.last", "list.select")
"""The keys of a list; Page Up and Page Down stay with the page, which scrolls."""
