"""A labelled field: label and help, the input, and in words what is wrong; the bar at its side is the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, TypeAlias

from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from aep_tui.domain.draft import Answer, is_empty
from aep_tui.domain.finding import Finding, error
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.pages.field_words import FieldWords
from aep_tui.tui.keys import bindings
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.form_input import FormInput
from aep_tui.tui.widgets.looks import painted_label, painted_statements
from aep_tui.tui.widgets.plain_text import PlainText

Judge: TypeAlias = Callable[[str], tuple[Finding, ...]]
"""Judges the typed text."""


def anything(_content: object) -> tuple[Finding, ...]:
    """Find nothing wrong."""
    return ()


def something(words: str) -> Judge:
    """Return what asks for a text in `words` when there is none."""
    return lambda text: () if text.strip() else (error(words),)


class Field(Vertical, inherit_css=False):
    """Label, input and reason. The input carries the field's id, which is the API name of a parameter."""

    DEFAULT_CSS = """
    Field { height: auto; width: 1fr; padding-left: 1; border-left: blank; }
    Field > .reason { display: none; }
    Field > .reason.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("field.correct", "field.choose")]

    @dataclass
    class SuggestionsWanted(Message):
        """The person wants to choose among the documented values."""

        field: Field

    @dataclass
    class Left(Message):
        """The field lost the focus and was judged."""

        field: Field

    def __init__(
        self,
        api_name: str,
        words: FieldWords,
        judge: Judge,
        *,
        judge_kept: Callable[[Secret], tuple[Finding, ...]] = anything,
        is_required: bool,
        secrets: Secrets | None = None,
        answer: Answer | None = None,
        has_suggestions: bool = False,
    ) -> None:
        """Show `answer`; in a field of a secret, which needs `secrets`, it is kept and shown as a word only.

        `judge_kept` judges that one as long as nothing else is typed.
        """
        super().__init__(classes="field")
        self.api_name = api_name
        self.words = words
        self.is_required = is_required
        self.is_secret = secrets is not None
        self._secrets = secrets
        self.has_suggestions = has_suggestions
        self.findings: tuple[Finding, ...] = ()
        self._judge = judge
        self._judge_kept = judge_kept
        self._notes: tuple[str, ...] = ()
        self._offer = ""
        self._noted_text = ""
        self._judged_text = ""
        self._kept: Secret | None = answer if secrets is not None and not isinstance(answer, str | bool) else None
        # Kept here and not looked for: what judges a field may end when the page is being closed, its parts gone.
        self.input = FormInput(
            answer if isinstance(answer, str) else "", placeholder=self._placeholder(), secrets=secrets, id=api_name
        )
        self._reason = PlainText(classes="reason", painter=painted_statements)

    def compose(self) -> ComposeResult:
        """Lay the lines out."""
        requirement = _("(required)") if self.is_required else _("(optional)")
        text = f"{self.words.label} {requirement}  {self.words.help}"
        yield PlainText(text, classes="label", painter=partial(painted_label, label=self.words.label))
        yield self.input
        yield self._reason

    @property
    def text(self) -> str:
        """What stands in the input now; for a secret only the program sees it."""
        return self.input.value

    @property
    def answer(self) -> Answer:
        """The answer as the draft keeps it; a secret that was not typed anew is the one kept before."""
        if self._secrets is None:
            return self.text.strip()
        if self.text:
            return self._secrets.hold(self.text, self.api_name)
        return self._kept if self._kept is not None else ""

    @property
    def has_error(self) -> bool:
        """Whether the last judgement found something that blocks."""
        return any(finding.is_error for finding in self.findings)

    def key_words(self) -> dict[str, str]:
        """Return what the keys of the field do now: there may be nothing to put in or to choose."""
        words = {}
        if not self.offer:
            words["field.correct"] = ""
        if not self.has_suggestions:
            words["field.choose"] = ""
        return words

    @property
    def offer(self) -> str:
        """What F4 would put in, "" for nothing; for a secret only the program sees it."""
        return self._offer or self._suggestion()

    @property
    def kept(self) -> Secret | None:
        """The secret that was given before and does not stand in the input; None without one."""
        return self._kept if self.is_secret and not self.text else None

    def keep(self, secret: Secret, note: str) -> None:
        """Take a secret that was not typed here; `note` says what may be said of it."""
        self._kept = secret
        self.input.value = ""
        self.input.placeholder = self._placeholder()
        self._set_notes((note,))
        self.judge()

    def suggest(self, value: str, note: str) -> None:
        """Offer `value` on F4, with `note` as the reason."""
        self._set_notes((note,), offer=value)
        self._show_reasons()

    def set_text(self, text: str) -> None:
        """Put `text` into the input and judge it."""
        self._set_notes(())
        self.input.value = text
        self.input.cursor_position = len(text)
        self.judge()

    def judge(self) -> bool:
        """Judge the content, show the reasons, and return whether it may stay."""
        self._judged_text = self.text
        trimmed = self.text.strip()
        if self.is_secret and not self._offer and trimmed not in {"", self.text}:
            self._set_notes(self._notes, offer=trimmed)
        kept, typed = self.kept, self.text if self.is_secret else self.text.strip()
        self.findings = self._judge(typed) if kept is None else self._judge_kept(kept)
        self._show_reasons()
        return not self.has_error

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show findings that came from elsewhere, for example from a rule over several fields."""
        self.findings = findings
        self._show_reasons()

    def action_take_suggestion(self) -> None:
        """Put in what is offered: a correction, or a pasted secret without what seems not to belong to it."""
        offer = self.offer
        if not offer:
            raise SkipAction  # the page takes the correction of another field
        is_cleaned_secret = self.is_secret and bool(self._offer)
        self.set_text(offer)
        if is_cleaned_secret:
            self._set_notes((_("They were taken away."),))
            self._show_reasons()

    def _suggestion(self) -> str:
        return next((finding.suggested_value for finding in self.findings if finding.suggested_value), "")

    def action_offer_suggestions(self) -> None:
        """Ask for the list of documented values."""
        if self.has_suggestions:
            self.post_message(self.SuggestionsWanted(self))

    @on(FormInput.Pasted)
    def _say_what_was_pasted(self, event: FormInput.Pasted) -> None:
        event.stop()
        paste = event.paste
        if paste.refusal:
            notes = tuple(note for note in (paste.refusal, self.words.paste_refused) if note)
        else:
            notes = paste.notes
        is_whole = event.input.value == paste.text
        self._set_notes(notes, offer=paste.cleaned if paste.has_offer and is_whole else "")
        self.findings = ()
        self._show_reasons()

    @on(FormInput.CopyRefused)
    def _say_what_was_refused(self, event: FormInput.CopyRefused) -> None:
        event.stop()
        self._set_notes((event.words,), offer=self._offer)
        self._show_reasons()

    @on(FormInput.Changed)
    def _take_old_reason_away(self, event: FormInput.Changed) -> None:
        # It goes on to the page: what was made of the old text may be good for nothing now.
        has_old_note = self.text != self._noted_text and bool(self._notes or self._offer)
        if has_old_note:
            self._set_notes(())
        has_old_findings = bool(self.findings) and self.text != self._judged_text and event.input.has_focus
        if has_old_findings:
            self.findings = ()
        if has_old_note or has_old_findings:
            self._show_reasons()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the field. A class, because the pseudo-class stays behind when the focus moves fast."""
        self._mark(True)
        # Label and reason are to be seen too: Textual scrolls to the input alone.
        self.call_after_refresh(self.scroll_visible, animate=False)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Judge the field when it is left; an untouched empty field is left in peace until Next."""
        self._mark(False)
        if self.text or not is_empty(self._kept):
            self.judge()
            self.post_message(self.Left(self))

    def _mark(self, has_focus: bool) -> None:
        self.set_class(has_focus, "-focused", update=False)
        # The bar is all that changes: what stands in the field is not styled anew with it.
        self.app.stylesheet.update_nodes([self])

    def _placeholder(self) -> str:
        if not is_empty(self._kept):
            return _("set, not shown; type to replace it")
        hint = _("for example {example}   (Down: choose)") if self.has_suggestions else _("for example {example}")
        return hint.format(example=self.words.example) if self.words.example else ""

    def _set_notes(self, notes: tuple[str, ...], *, offer: str = "") -> None:
        self._notes, self._offer, self._noted_text = notes, offer, self.text

    def _show_reasons(self) -> None:
        if self.is_attached:
            self.refresh_bindings()
        lines = [_("Note: {note}").format(note=note) for note in self._notes]
        for finding in self.findings:
            word = _("Error: {message}") if finding.is_error else _("Warning: {message}")
            lines.append(word.format(message=finding.message))
        suggestion = self._offer or self._suggestion()
        if self.is_secret and self._offer:
            lines.append(_("F4 takes them away; without F4 they stay."))
        elif suggestion and not self.is_secret:
            lines.append(_("F4 puts in {value}").format(value=suggestion))
        self._reason.show("\n".join(lines))
        self._reason.set_class(bool(lines), "-shown")
        if lines and self.has_class("-focused"):
            self.call_after_refresh(self.scroll_visible, animate=False)


def are_right(fields: Iterable[Field]) -> bool:
    """Judge every field; put the focus on the first wrong one and return whether there is none."""
    wrong = [field for field in fields if not field.judge()]
    if wrong:
        wrong[0].input.focus()
    return not wrong


def judge_again(fields: Iterable[Field]) -> None:
    """Judge what was judged before and has stayed since: what was right may have ended."""
    for field in fields:
        if field.answer and field.text == field._judged_text:
            field.judge()


def take_nearest_offer(page: Screen[Any]) -> bool:
    """Put in the correction that is offered nearest to the focus on `page`; return whether there was one.

    From a button the first one is taken. Enter has moved the cursor on: of two that are as near, the one above is
    meant.
    """
    stops = [widget for widget in page.focus_chain if not isinstance(widget, ActionButton)]
    place = stops.index(page.focused) if page.focused in stops else 0
    offers = {stops.index(field.input): field for field in page.query(Field) if field.offer and field.input in stops}
    if not offers:
        return False
    nearest = offers[min(offers, key=lambda index: (abs(index - place), index))]
    nearest.action_take_suggestion()
    nearest.post_message(Field.Left(nearest))  # whoever reads the field, or keeps it, does so now
    nearest.scroll_visible(animate=False)
    return True
