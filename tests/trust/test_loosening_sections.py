"""Section by section: what passes newly under another policy is told.

Every section has a menu of ways to write it, and releases that break one thing each. All pairs of
a menu are judged: where a finding of some release is gone or weighs less, the change loosens.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import permutations

import pytest
from example import BENCHMARK_SHA
from example import CHANGELOG
from example import DEPLOYED
from example import GOOD
from example import REQUIREMENTS
from example import config
from example import metrics
from policies import policy

from snitch.checks import catalog
from snitch.checks.check import Subject
from snitch.engine.waivers import Waivers
from snitch.engine.waivers import weigh
from snitch.findings import Finding
from snitch.policy.changes import loosenings
from snitch.policy.effective import policy_for
from snitch.policy.model import Policy
from snitch.testing import release

AS_OF = date(2026, 10, 5)
CATALOG = catalog.load()
BENCHMARK = f"""\
current: "2026.2", sha256: {BENCHMARK_SHA}, released: 2026-06-01,
versions: ["2025.4", "2026.1", "2026.2"], models: [churn]"""
MENUS: dict[str, tuple[str, ...]] = {
    "CPL": (
        "",
        "completeness: {config: {required: []}}",
        "completeness: {config: {required: [owner]}}",
        "completeness: {config: {required: [owner, description, team]}}",
        "completeness: {changelog: {required: []}}",
        "completeness: {changelog: {required: [date, author, ticket]}}",
        "completeness: {changelog: {required: [date, ticket], placeholders: []}}",
        "completeness: {changelog: {required: [date, ticket], placeholders: [TODO]}}",
    ),
    "BEN": (
        "",
        f"benchmarks: {{churn-standard: {{{BENCHMARK}}}}}",
        f"benchmarks: {{churn-standard: {{{BENCHMARK}, grace_days: 300}}}}",
        f"benchmarks: {{churn-standard: {{{BENCHMARK}, required_metrics: [auc]}}}}",
        f"benchmarks: {{churn-standard: {{{BENCHMARK}, required_metrics: [auc, f1]}}}}",
        f"benchmarks: {{churn-standard: {{{BENCHMARK}, required_slices: ['plan=*']}}}}",
        f"benchmarks: {{churn-standard: {{{BENCHMARK}, required_slices: ['plan=free']}}}}",
        f"benchmarks: {{churn-standard: {{{BENCHMARK.replace('[churn]', '[fraud]')}}}}}",
        f"benchmarks: {{churn-standard: {{{BENCHMARK.replace(BENCHMARK_SHA, 'a' * 64)}}}}}",
        f'benchmarks: {{churn-standard: {{{BENCHMARK}}}, easy: {{current: "1"}}}}',
        f'benchmarks: {{churn-standard: {{{BENCHMARK}}}, easy: {{current: "1", models: [churn]}}}}',
        f'benchmarks: {{churn-standard: {{{BENCHMARK}}}, easy: {{current: "1", models: ["c*"]}}}}',
        f'benchmarks: {{churn-standard: {{{BENCHMARK}}}, easy: {{current: "1", models: [fraud]}}}}',
        'benchmarks: {easy: {current: "1", models: [churn]}}',
    ),
    "FRS": (
        "",
        *(f"freshness: {{max_age_days: {days}}}" for days in (0, 30, 89, 91, 365)),
        *(f"freshness: {{warn_days: {days}}}" for days in (0, 30)),
        "overrides: [{models: [churn], freshness: {max_age_days: 365}}]",
        "overrides: [{models: ['c*'], freshness: {max_age_days: 30}}]",
        "overrides: [{models: [fraud], freshness: {max_age_days: 365}}]",
        "rules: {FRS401: off}",
        "rules: {FRS401: warning}",
        "rules: {data-stale: error, FRS402: error}",
        "rules: {FRS402: off}",
        *(
            f"waivers: [{{rule: {rule}, model: {model}, reason: r, approved_by: a, "
            f"expires: {expires}{more}}}]"
            for rule, model, expires, more in (
                ("FRS401", "churn", "2026-12-01", ""),
                ("data-stale", "churn", "2026-12-02", ""),
                ("FRS401", "churn", "2026-09-01", ""),
                ("FRS401", "'*'", "2026-12-01", ", scope: all"),
                ("FRS401", "fraud", "2026-12-01", ""),
                ("FRS403", "churn", "2026-12-01", ""),
                ("FRS401", "churn", "2026-12-01", ", metric: auc"),
            )
        ),
    ),
    "DEP": (
        "",
        "dependencies: {require_pins: false}",
        "dependencies: {disallowed: [{name: tensorflow}]}",
        "dependencies: {disallowed: [{name: TensorFlow, specifier: <2.12}]}",
        "dependencies: {disallowed: [{name: tensorflow, specifier: <2.14}]}",
        "dependencies: {disallowed: [{name: nltk}, {name: tensorflow}]}",
        "dependencies: {deprecated: [{name: nltk}]}",
        "dependencies: {deprecated: [{name: nltk, after: 2026-01-01}]}",
        "dependencies: {deprecated: [{name: nltk, after: 2027-01-01}]}",
        "dependencies: {deprecated: [{name: nltk, after: 2026-01-01}]}\nrules: {DEP502: warning}",
        "dependencies: {allowed_sources: [index, vcs]}",
        "dependencies: {allowed_sources: [index, vcs, url, path]}",
        "dependencies: {allowed_sources: []}",
        "rules: {DEP504: error}",
        "rules: {DEP504: off}",
        "rules: {DEP502: warning}",
    ),
}


def _changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in GOOD[name]
    return {**GOOD, name: GOOD[name].replace(old, new)}


WITNESSES: dict[str, list[dict[str, str]]] = {
    "CPL": [
        GOOD,
        _changed("config.yaml", "owner: risk-ml\n", ""),
        _changed("config.yaml", "description: P", "_: p"),
        *({**GOOD, "CHANGELOG.md": CHANGELOG.replace("ML-123", it)} for it in ("TODO", "tbd")),
        *(
            {**GOOD, "CHANGELOG.md": CHANGELOG.replace(line, "", 1)}
            for line in ("- **Ticket:** ML-123\n", "- **Author:** ana@example.com\n")
        ),
    ],
    "BEN": [
        GOOD,
        *(_changed("metrics.json", "2026.2", version) for version in ("2026.1", "2025.4", "1")),
        _changed("metrics.json", BENCHMARK_SHA, "f" * 64),
        _changed("metrics.json", "churn-standard", "easy"),
        {
            **GOOD,
            "metrics.json": metrics().replace("churn-standard", "easy").replace("2026.2", "1"),
        },
        _changed("metrics.json", '"auc": 0.912, ', ""),
        _changed("metrics.json", "plan=enterprise", "plan=free"),
        _changed("metrics.json", '"plan=enterprise": {"n": 1200, "auc": 0.93}', ""),
        {**GOOD, "metrics.json": '{"metrics": {"auc": 0.9}}'},
    ],
    "FRS": [
        {**GOOD, "config.yaml": config(cutoff=day)}
        for day in ("2026-10-01", "2026-08-01", "2026-07-10", "2026-07-07", "2025-11-01")
    ],
    "DEP": [
        {**GOOD, "requirements.txt": f"{REQUIREMENTS}{line}\n"}
        for line in (
            *("", "tensorflow==2.10.0", "tensorflow==2.13.0", "tensorflow==2.15.0", "nltk==3.9"),
            *("scipy", "x @ https://h.example/x-1-py3-none-any.whl"),
            *("x @ git+https://h.example/x@" + "0" * 40, "x @ file:///x-1-py3-none-any.whl"),
        )
    ],
}


@cache
def subjects(family: str) -> list[Subject]:
    old = release(DEPLOYED)
    return [
        Subject(release(files), old, Policy(), AS_OF, "deployed", "modified")
        for files in WITNESSES[family]
    ]


@cache
def ranks(family: str, text: str) -> dict[int, int]:
    """How much the worst finding of each witness weighs; nothing where it is waived."""
    standard = policy(f"version: 1\n{text}\n")
    waivers = Waivers(standard.waivers, AS_OF, 180)
    [check] = [one for one in CATALOG.checks if one.family == family]
    found: dict[int, int] = {}
    for number, subject in enumerate(subjects(family)):
        judged = replace(subject, policy=policy_for(standard, "churn"))
        for one in check.judge(judged) if check.judge is not None else ():
            told = (
                weigh(replace(one, model="churn"), standard) if isinstance(one, Finding) else None
            )
            if told is None or told.severity is None or waivers.apply(told, None).waiver:
                continue
            found[number] = max(found.get(number, 0), told.severity.rank)
    return found


def passes_more(family: str, old: str, new: str) -> bool:
    before, after = ranks(family, old), ranks(family, new)
    return any(after.get(key, 0) < rank for key, rank in before.items())


def told(old: str, new: str) -> list[str]:
    one, other = policy(f"version: 1\n{old}\n"), policy(f"version: 1\n{new}\n")
    return [it.message for it in loosenings(one, other, ["churn", "fraud"], CATALOG.rules)]


@pytest.mark.parametrize("family", MENUS)
def test_of_every_pair_what_newly_passes_is_told(family: str) -> None:
    silent = [
        (old, new)
        for old, new in permutations(MENUS[family], 2)
        if passes_more(family, old, new) and not told(old, new)
    ]
    assert silent == []
