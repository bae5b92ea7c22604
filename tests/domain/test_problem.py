from __future__ import annotations

from aep_tui.domain.problem import Problem, answer_facts


class Answered(Problem):
    status = 403
    code = "403025"
    request_id = "r-1"


def test_what_happened_stands_before_what_to_do() -> None:
    problem = Problem("Refused", "It was refused.", "Ask.")
    assert problem.advice == "It was refused. Ask."
    assert problem.last_words == "aep-tui: Refused. It was refused. Ask."
    assert str(problem) == "Refused: It was refused."
    bare = Problem("Refused", "It was refused.")
    assert bare.advice == "It was refused."
    assert bare.last_words == "aep-tui: Refused. It was refused."


def test_what_support_asks_for_is_told_as_far_as_it_is_known() -> None:
    assert answer_facts(Answered("Refused", "It was refused.")) == "HTTP status 403 · code 403025 · request id r-1"
    assert answer_facts(Problem("Refused", "It was refused.")) == ""
