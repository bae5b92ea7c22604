"""The rule "oracle-host": the host of an Oracle Service Cloud instance.

The tutorial says "the host URL of your instance" and gives no form: with or without https, never a path.
"""

from __future__ import annotations

from collections.abc import Iterable

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import rule
from aep_tui.domain.rules.web_address import WebAddress, read_web_address
from aep_tui.domain.source import RuleName
from aep_tui.domain.translation import _

USUAL_ENDINGS = (".custhelp.com", ".rightnowtech.com")


@rule(RuleName.ORACLE_HOST)
def judge_oracle_host(context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a host; an unusual one warns."""
    address = read_web_address(text)
    if address.user:
        return (error(_("Leave out the user name and the @: it has fields of its own below. Write only the host.")),)
    if not address.is_host_name:
        return (error(_("This is not a host. Write it like https://acme.custhelp.com.")),)
    return tuple(_findings(address))


def _findings(address: WebAddress) -> Iterable[Finding]:
    suggestion = f"https://{address.host}" if address.scheme else address.host
    if address.has_blanks:
        yield error(_("There are blanks in the host. Take them out."), suggestion)
    if address.is_scheme_mistyped:
        yield error(_("Write https:// in exactly this form in front, or only the host."), suggestion)
    elif address.scheme not in {"", "https"}:
        yield warning(
            _("Oracle Service Cloud answers over https. Write https:// in front, or only the host."), suggestion
        )
    if address.has_final_mark:
        yield error(_("Leave out the full stop at the end."), suggestion)
    if address.has_path:
        yield error(_("Leave out everything after the host: the address of a page does not work here."), suggestion)
    elif address.rest:
        yield error(_("Leave out the slash at the end."), suggestion)
    if address.has_capitals:
        yield warning(_("Hosts are usually written in small letters."), suggestion)
    if address.port:
        yield warning(_("A port is unusual here. Leave it out if you are not sure."), suggestion)
    if not address.host.endswith(USUAL_ENDINGS):
        yield warning(
            _("Oracle Service Cloud hosts usually end in custhelp.com or rightnowtech.com. Check that this is yours.")
        )
