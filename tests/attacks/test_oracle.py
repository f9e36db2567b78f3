"""Two judges that share no code find the same."""

from __future__ import annotations

import random

import pytest

from tools.oracle import Found
from tools.oracle import Triple
from tools.oracle import disagreements
from tools.oracle import expected
from tools.oracle import judged
from tools.oracle import main
from tools.oracle import triples


def test_the_judges_agree_on_questions_drawn_anew_each_time() -> None:
    seed = random.SystemRandom().randrange(2**32)
    assert next(disagreements(500, seed), None) is None, f"seed {seed}"


@pytest.mark.slow
def test_the_judges_agree_on_many_questions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["20000"]) == 0
    assert capsys.readouterr().out == "20,000 questions, no disagreement\n"


def test_the_questions_reach_every_rule_of_the_comparison() -> None:
    drawn = (triple for _, triple in zip(range(1_000), triples(1), strict=False))
    asked = {code for triple in drawn for code, _ in expected(triple)}
    assert asked == {f"REG{n}" for n in (301, 302, 304, 305, 306, 307, 315, 316)}


@pytest.mark.parametrize("lost", ["REG301", "REG302", "REG304", "REG306", "REG315"])
def test_a_judge_that_overlooks_something_is_found_out(lost: str) -> None:
    def lax(triple: Triple) -> Found | None:
        found = judged(triple)
        return None if found is None else {one for one in found if one[0] != lost}

    assert next(disagreements(300, 2, lax), None) is not None
