"""`snitch waive` writes one waiver and nothing else."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from example import POLICY
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from judging import deployed
from judging import snitch

from snitch.cli.options import today
from snitch.findings import CannotJudgeError
from snitch.policy.load import load_file
from snitch.policy.model import Waiver
from snitch.policy.waiving import with_waiver

OLD = "{rule: REG302, model: churn, reason: x, approved_by: me, expires: 2026-12-01}"
FORMS = {
    "no key": POLICY,
    "no last line break": POLICY.rstrip("\n"),
    "dashes": f"{POLICY}waivers:\n  # old\n  - {OLD}  # soon\n\n# the end\nplugins: []\n",
    "flush dashes": f"{POLICY}waivers:\n- {OLD}\n",
    "several lines": f"{POLICY}waivers:\n  - rule: REG302\n    model: churn\n    reason: >-\n"
    "      folded\n      text\n    approved_by: me\n    expires: 2026-12-01\n# the end\n",
    "empty list": f"{POLICY}waivers: []\nplugins: []\n",
    "empty list with a comment": f"{POLICY}waivers: []   # none\n",
    "one line": f"{POLICY}waivers: [{OLD}]\n",
    "brackets over lines": f"{POLICY}waivers: [\n  {OLD},  # first\n]\nplugins: []\n",
    "carriage returns": POLICY.replace("\n", "\r\n"),
    "byte order mark": f"\ufeff{POLICY}waivers: [{OLD}]\n",
    "empty file but for the version": "version: 1\n",
}
IMPOSSIBLE = {
    "braces": "{version: 1, models: [{path: 'models/*'}]}\n",
    "a document's end": f"{POLICY}...\n",
}
NEW = Waiver(
    rule="REG301",
    model="churn",
    metric="auc",
    reason='it: is "so" — #1',
    approved_by="platform-team",
    expires=date(2026, 12, 24),
)


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_only_the_waiver_is_new(tmp_path: Path, text: str) -> None:
    path = tmp_path / "snitch.yaml"
    path.write_bytes(text.encode())
    before = load_file(path).policy
    edited = with_waiver(path, text.encode(), NEW)
    path.write_bytes(edited)
    after = load_file(path).policy
    assert NEW in after.waivers
    assert len(after.waivers) == len(before.waivers) + 1
    assert after.model_copy(update={"waivers": before.waivers}) == before
    comments = [line.partition("#")[2] for line in text.split("\n") if "#" in line]
    assert all(f"#{comment}" in edited.decode() for comment in comments)
    assert (b"\r\n" in edited) == ("\r\n" in text)


@pytest.mark.parametrize("text", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_where_there_is_no_safe_place_the_text_to_paste_is_given(tmp_path: Path, text: str) -> None:
    path = tmp_path / "snitch.yaml"
    path.write_text(text)
    with pytest.raises(CannotJudgeError) as caught:
        with_waiver(path, text.encode(), NEW)
    assert "- {rule: REG301, model: churn, metric: auc, " in caught.value.remedy


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).map(str.strip)


@settings(max_examples=60)
@given(WORDS.filter(bool), WORDS.filter(bool), st.sampled_from(sorted(FORMS)))
def test_any_reason_survives(reason: str, approved_by: str, form: str) -> None:
    waiver = NEW.model_copy(update={"reason": reason, "approved_by": approved_by})
    with TemporaryDirectory() as directory:
        path = Path(directory) / "snitch.yaml"
        text = FORMS[form].encode()
        path.write_bytes(text)
        try:
            path.write_bytes(with_waiver(path, text, waiver))
        except CannotJudgeError:
            # Text that the policy's own reader refuses is refused, never mangled.
            assert path.read_bytes() == text
            return
        assert waiver in load_file(path).policy.waivers


def ask(tmp_path: Path, *args: str, days: int = 30) -> tuple[int, str, str, str]:
    repo = deployed(tmp_path)
    day = (today() + timedelta(days)).isoformat()
    ran = snitch(repo, "waive", *args, "--reason", "agreed in ML-99", "--expires", day)
    return ran.status, ran.out, ran.err, (repo.root / "snitch.yaml").read_text()


def test_the_command_writes_the_policy_and_says_when_it_counts(tmp_path: Path) -> None:
    status, out, err, text = ask(
        tmp_path, "metric-regressed", "churn", "--metric", "auc", "--approved-by", "platform-team"
    )
    assert status == 0
    assert "rule: REG301" in out
    assert "covers nothing before it is merged" in err
    assert text.startswith(POLICY)
    assert "  - rule: REG301\n    model: churn\n    metric: auc\n" in text


@pytest.mark.parametrize("days", [0, 180])
def test_a_waiver_may_end_today_and_on_the_last_day_allowed(tmp_path: Path, days: int) -> None:
    who = ("--approved-by", "platform-team")
    assert ask(tmp_path, "REG301", "churn", *who, days=days)[0] == 0


def test_a_model_of_any_layout_can_have_one(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy="version: 1\nmodels: [{path: ., layout: dvc}]\n")
    repo.commit("a project", {"dvc.lock": "schema: '2.0'\n", "dvc.yaml": "stages: {}\n"})
    words = ("waive", "REG301", "model", "--reason", "x", "--approved-by", "ada", "--expires")
    assert snitch(repo, *words, today().isoformat()).status == 0


@pytest.mark.parametrize(
    ("args", "days", "said"),
    [
        (("REG399", "churn"), 30, "no rule `REG399`"),
        (("metric-regresed", "churn"), 30, "the nearest is `metric-regressed`"),
        (("zzzzzzzz", "churn"), 30, "`snitch rules` lists them"),
        (("POL702", "churn"), 30, "cannot be waived by anybody"),
        (("REG301", "chrun"), 30, "the nearest is `churn`"),
        (("REG301", "churn"), -1, "covers nothing after that day"),
        (("REG301", "churn"), 181, "180 days at most"),
    ],
)
def test_a_waiver_that_could_never_hold_is_refused(
    tmp_path: Path, args: tuple[str, ...], days: int, said: str
) -> None:
    status, _, err, text = ask(tmp_path, *args, days=days)
    assert status == 2
    assert said in err
    assert text == POLICY
