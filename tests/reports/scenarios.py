"""Thirteen reports, built by hand, that between them hold every kind of row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from snitch.findings import AppliedWaiver
from snitch.findings import Baseline
from snitch.findings import Candidate
from snitch.findings import Failure
from snitch.findings import Finding
from snitch.findings import MetricChange
from snitch.findings import ModelReport
from snitch.findings import Place
from snitch.findings import PolicySource
from snitch.findings import Report
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.findings import Skipped
from snitch.findings import Summary
from snitch.findings import Trend
from snitch.findings import TrendPoint

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - as in the rule tables


def rule(code: str, name: str, severity: Severity) -> Rule:
    return Rule(code, name, severity, f"{name}.", "Why it matters.", "How to mend it.")


REGRESSED = rule("REG301", "metric-regressed", E)
NOT_COMPARABLE = rule("REG305", "not-comparable", E)
NO_BOUND = rule("REG313", "no-bound-for-first-release", W)
SLICE_REGRESSED = rule("REG303", "slice-regressed", E)
INCONCLUSIVE = rule("REG311", "inconclusive", E)
NOISE = rule("REG308", "within-noise", I)
MISSING = rule("CPL102", "field-missing", E)
OLD = rule("FRS402", "data-expiring", W)
NO_MODEL = rule("POL706", "no-model-found", E)
LOOSENED = rule("POL702", "policy-loosened", E)

FAMILIES = ("SNT", "CPL", "BEN", "REG", "FRS", "DEP", "ART")

AUC_PLACE = Place(
    "models/churn/metrics.json",
    4,
    23,
    5,
    '  "metrics": {"auc":  0.912, "log_loss": {"value": 0.31, "n": 50000}},',
)
AUC_FALLS = Finding(
    REGRESSED,
    "auc falls by 0.010, from 0.922 in production's 1.3.2 to 0.912; the policy allows 0.002",
    "retrain until auc is at least 0.920, or ask the owners of the policy for a waiver of REG301",
    AUC_PLACE,
    E,
    "churn",
    "auc",
)
OWNER_MISSING = Finding(
    MISSING,
    "`owner` is missing; every config names the team that answers for the model",
    "add `owner: <team>` to models/churn/config.yaml",
    Place("models/churn/config.yaml"),
    E,
    "churn",
)
DATA_AGES = Finding(
    OLD,
    "the training data ends on 2026-09-05, 79 days ago; the policy allows 90",
    "retrain on newer records and set `data.cutoff` before 2026-12-04",
    Place("models/churn/config.yaml", 7, 3, 18, "  cutoff: 2026-09-05"),
    W,
    "churn",
)
METRICS = (
    MetricChange(
        "auc", None, "0.912", "0.922", "-0.010", "higher", "0.002", "regressed", critical=True
    ),
    MetricChange("auc", "plan=enterprise", "0.93", "0.93", "0.00", "higher", "0.01", "equal"),
    MetricChange("latency_p95_ms", None, "41", "44", "-3", "lower", None, "improved"),
    MetricChange("log_loss", None, "0.31", "0.31", "0.00", "lower", "1%", "equal"),
)

_PAST = (("1.0.0", "0.894"), ("1.1.0", "0.903"), ("1.2.0", "0.901"), ("1.3.0", "0.915"))
AUC_TREND = Trend(
    "auc",
    "higher",
    (*(TrendPoint(version, value) for version, value in _PAST), TrendPoint("1.3.2", "0.922")),
    TrendPoint("1.4.0", "0.912"),
)


def model(name: str = "churn", **changes: object) -> ModelReport:
    plain = ModelReport(name, f"models/{name}", "1.4.0", "1.3.2", "modified", (), FAMILIES)
    return replace(plain, **changes)  # type: ignore[arg-type]  # the fields of a ModelReport


def report(verdict: str = "pass", **changes: object) -> Report:
    """A report of one modified model, with the counts of its findings."""
    plain = Report(
        version="0.1.0",
        verdict=verdict,
        as_of=date(2026, 11, 23),
        candidate=Candidate("commit", "89abcdef0123456789abcdef0123456789abcdef"),
        baseline=Baseline("origin/main", "0123456789abcdef0123456789abcdef01234567"),
        policy=PolicySource("origin/main:snitch.yaml", "9f" * 32),
        summary=Summary(0, 0, 0, 0, 0),
        models=(model(),),
        findings=(),
        total_models=12,
    )
    whole = replace(plain, **changes)  # type: ignore[arg-type]  # the fields of a Report
    return replace(whole, summary=summary(whole))


def summary(whole: Report) -> Summary:
    levels = [found.severity for found in whole.findings if found.waiver is None]
    waived = len(whole.findings) - len(levels)
    return Summary(len(whole.models), levels.count(E), levels.count(W), levels.count(I), waived)


PASS = report(models=(model(metrics=METRICS[1:]),))

FAIL = report(
    "fail",
    models=(model(metrics=METRICS, trends=(AUC_TREND,)),),
    findings=(OWNER_MISSING, DATA_AGES, AUC_FALLS),
    deviations=("--fail-on warning", "SNITCH_AS_OF=2026-11-23"),
)

WAIVED = report(
    models=(model(metrics=METRICS),),
    findings=(
        replace(
            AUC_FALLS,
            waiver=AppliedWaiver(
                "Fairness fix agreed in ML-99", "platform-team", date(2026, 12, 31)
            ),
        ),
    ),
)

UNSURE = report(
    "fail",
    models=(
        model(
            metrics=(
                replace(METRICS[0], verdict="inconclusive", critical=False),
                replace(METRICS[2], verdict="within-noise", delta="1", candidate="45"),
            )
        ),
    ),
    findings=(
        Finding(
            INCONCLUSIVE,
            "auc falls by 0.010, past the tolerance of 0.002, but with n = 1200 a fall of less "
            "than 0.031 cannot be told from none: 95 % interval [-0.024, 0.004], 61 against 49 "
            "discordant items",
            "evaluate on more items, or retrain",
            AUC_PLACE,
            E,
            "churn",
            "auc",
        ),
        Finding(NOISE, "latency_p95_ms rises within its noise", "", None, I, "churn"),
    ),
)

GAIN = MetricChange("auc", None, "0.918", "0.912", "0.006", "higher", "0.002", "improved")
LOSS = replace(
    GAIN,
    slice="plan=enterprise",
    candidate="0.90",
    deployed="0.93",
    delta="-0.03",
    tolerance="0.01",
    verdict="regressed",
)
_SLICES = '  "slices": {"plan=enterprise": {"n": 1200, "auc": 0.90}, "plan=free": {"auc": 0.91}},'
SLICE_FALLS = Finding(
    SLICE_REGRESSED,
    "`auc` of slice `plan=enterprise` is 0.90, deployed is 0.93: worse by 0.03, allowed is 0.01; "
    "and yet overall `auc` improved",
    "bring it to at least 0.92",
    replace(AUC_PLACE, line=5, column=52, width=4, excerpt=_SLICES),
    E,
    "churn",
    "auc",
    "plan=enterprise",
)
HIDDEN = report(
    "fail",
    models=(
        model(
            metrics=(
                GAIN,
                LOSS,
                replace(LOSS, slice="plan=free", candidate="0.91", delta="-0.02"),
            )
        ),
    ),
    findings=(
        OWNER_MISSING,
        DATA_AGES,
        SLICE_FALLS,
        replace(
            SLICE_FALLS,
            slice="plan=free",
            message=SLICE_FALLS.message.replace("enterprise", "free")
            .replace("0.90", "0.91")
            .replace("by 0.03", "by 0.02"),
            place=replace(AUC_PLACE, line=5, column=80, width=4, excerpt=_SLICES),
        ),
    ),
)

FIRST = report(
    models=(
        model(
            change="added",
            version="0.1.0",
            deployed_version=None,
            metrics=(
                MetricChange("auc", None, "0.88", None, None, "higher", "0.002", "new"),
                MetricChange("recall", None, "0.71", None, None, None, None, "new"),
            ),
            skipped=(
                Skipped("first release: production never held churn", excused=True, family="REG"),
            ),
        ),
    ),
    findings=(
        Finding(
            NO_BOUND,
            "recall has no `min` in the policy, so nothing bounds a first release",
            "ask the owners of the policy for `metrics.recall.min`",
            Place("models/churn/metrics.json", 3, 12, 4, '\t"recall":\t0.71'),
            W,
            "churn",
            "recall",
        ),
    ),
    total_models=1,
    notices=("the policy in force is origin/main's; this change edits snitch.yaml",),
)

_SAME_STATE = "rollback to the state that production held at 4567cdef0123"
ROLLBACK = report(
    models=(
        model(
            version="1.3.1",
            metrics=(replace(METRICS[2], verdict="within-tolerance", candidate="46", delta="2"),),
            families=("SNT", "CPL", "ART"),
            skipped=tuple(
                Skipped(_SAME_STATE, excused=True, whole=whole, family=family)
                for family, whole in (("REG", True), ("FRS", True), ("DEP", False))
            ),
        ),
    ),
)

_FRAUD = replace(
    AUC_FALLS,
    place=replace(AUC_PLACE, path="models/fraud/metrics.json"),
    model="fraud",
)
_NAMES = ("churn", "fraud", "ltv", "pricing-eu", "pricing-us", "search-ranking", "spam")
MANY = report(
    "fail",
    candidate=Candidate("index", "89abcdef0123456789abcdef0123456789abcdef"),
    models=tuple(
        model(
            name,
            metrics=METRICS if name in ("churn", "fraud") else METRICS[1:],
            trends=(AUC_TREND,) if name != "ltv" else (),
        )
        if name != "spam"
        else model(name, change="unchanged", version="2.0.0", deployed_version="2.0.0")
        for name in _NAMES
    ),
    findings=(
        Finding(
            LOOSENED,
            "metrics.auc.tolerance grows from 0.002 to 0.02, and this change also changes churn",
            "propose the change of snitch.yaml alone",
            Place("snitch.yaml", 31, 20, 4, "  auc: {tolerance: 0.02}"),
            E,
        ),
        DATA_AGES,
        replace(_FRAUD, message=_FRAUD.message.replace("churn", "fraud")),
        replace(OWNER_MISSING, model="fraud", place=Place("models/fraud/config.yaml")),
        replace(
            DATA_AGES,
            model="ltv",
            severity=I,
            place=Place("models/ltv/config.yaml", 7, 3, 18, "  cutoff: 2026-09-05"),
        ),
    ),
    behind=("support-routing", "uplift"),
)

HOSTILE_PATH = "models/churn\u202ekcab\udcff/@org/team\n::error::owned/metrics.json"
_HOSTILE = (
    "\x1b]0;owned\x07\x1b[2J</details></code>--><img src=https://evil.example/b.png> "
    "[x](javascript:1) @org/team a@evil.example #1 GH-1 | `tick` **PASS** \u3164\u200b :tada: $x$ "
    "https://evil.example www.evil.example\r\n::error file=a::owned ##vso[task.x]y ##[error]z"
)
HOSTILE = report(
    "fail",
    models=(
        model(
            "ch\u0430rn|`@org`",
            path=HOSTILE_PATH.rpartition("/")[0],
            version="1.4.0\u202e",
            metrics=(
                MetricChange(
                    "a|uc\n", "plan=<b>", "0.9\x1b[0m", "`1`", "@x", "higher", "#1", "regressed"
                ),
            ),
            skipped=(Skipped(_HOSTILE, family="DEP"),),
            trends=(
                replace(AUC_TREND, name=_HOSTILE, candidate=TrendPoint(_HOSTILE, "0.9")),
                replace(AUC_TREND, candidate=TrendPoint("1", "nan")),
            ),
        ),
    ),
    findings=(
        Finding(
            REGRESSED,
            _HOSTILE,
            _HOSTILE,
            Place(
                HOSTILE_PATH, 4, 6, 9, "\t表示\u0301 ::set-output::\t##[group]\x1b[31m 0.9\u2028"
            ),
            E,
            "ch\u0430rn|`@org`",
        ),
        Finding(
            MISSING,
            _HOSTILE,
            "",
            None,
            E,
            "ch\u0430rn|`@org`",
            waiver=AppliedWaiver(_HOSTILE, "@org", date(2026, 12, 1)),
        ),
    ),
    notices=(_HOSTILE,),
    behind=("<b>", "##[error]x"),
)

NOTHING = report(models=(), notices=("no file of any model differs from origin/main",))

BLIND = report(
    "error",
    models=(model(),),
    findings=(OWNER_MISSING,),
    failures=(
        Failure(
            "metrics.json at the baseline is no JSON: expected a value at line 3",
            "mend it on main: git show origin/main:models/fraud/metrics.json",
            "fraud",
            Place("models/fraud/metrics.json", 3, 9, 1, '  "auc": ,'),
        ),
        Failure("the check REG stopped with ZeroDivisionError", "report it to its authors"),
    ),
    baseline=None,
    policy=None,
    candidate=Candidate("worktree", None),
)

LONG_PATH = f"models/churn/{'a-rather-long-directory-name/' * 5}metrics.json"
_LINE = '{"metrics": {' + ", ".join(f'"metric_{n}": 0.{n}' for n in range(100, 180)) + "}}"
LONG = report(
    "fail",
    models=(
        model(
            metrics=tuple(
                MetricChange(
                    f"val.macro.average.of.everything.metric_{n}",
                    None,
                    f"0.{n}000000000000000001",
                    f"0.{n}5",
                    "-0.000499999999999999999",
                    "higher",
                    "0.0001",
                    "regressed" if n % 10 == 0 else "within-tolerance",
                )
                for n in range(100, 140)
            )
        ),
    ),
    findings=tuple(
        replace(
            AUC_FALLS,
            message=f"metric_{n} falls by 0.0005 (検証データの評価値が下がりました), from 0.{n}5",
            place=Place(LONG_PATH, 1, _LINE.index(f"0.{n}") + 1, 5, _LINE),
            metric=f"metric_{n}",
        )
        for n in range(100, 180, 10)
    ),
)

MOVED_BENCHMARK = report(
    "fail",
    models=(
        model(
            metrics=(
                replace(METRICS[0], delta=None, verdict="not-comparable"),
                MetricChange("recall", None, None, "0.71", None, "higher", None, "dropped"),
            )
        ),
    ),
    findings=(
        Finding(
            NOT_COMPARABLE,
            "the candidate was measured on churn-standard 2026.2, production on 2026.1",
            "measure the deployed weights on 2026.2 and add them as `incumbent`",
            Place("models/churn/metrics.json", 2, 56, 8, "x" * 55 + '"2026.2"'),
            E,
            "churn",
        ),
    ),
)

SCENARIOS = {
    "pass": PASS,
    "fail": FAIL,
    "waived": WAIVED,
    "inconclusive": UNSURE,
    "first-release": FIRST,
    "rollback": ROLLBACK,
    "many-models": MANY,
    "hostile-names": HOSTILE,
    "nothing-to-judge": NOTHING,
    "could-not-judge": BLIND,
    "long-report": LONG,
    "not-comparable": MOVED_BENCHMARK,
    "hidden-loss": HIDDEN,
}
