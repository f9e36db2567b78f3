from __future__ import annotations

import pytest
from example import pointer

from snitch.checks.weights import CHECK
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.registry.layout import load_built_in
from snitch.registry.layout import parse_layout
from snitch.testing import release

LOCK = """\
stages:
  train:
    params:
      params.yaml:
        train.depth: 6
        train.rate: 0.10
        seed: 1
    deps:
    - {path: data/raw.csv, md5: 0123456789abcdef0123456789abcdef}
    outs:
    - {path: model.pkl, md5: fedcba9876543210fedcba9876543210, size: 12}
"""
PARAMS = "train: {depth: 6, rate: 0.1}\nseed: 1\n"
DATA = "outs:\n- {md5: 0123456789abcdef0123456789abcdef, path: raw.csv}\n"
FILES = {"params.yaml": PARAMS, "dvc.lock": LOCK, "data/raw.csv.dvc": DATA}


def drifted(**changed: str) -> list[str]:
    files = {
        **FILES,
        **{key.replace("__", "/").replace("_", "."): it for key, it in changed.items()},
    }
    return [one.name for one in release(files, layout=load_built_in("dvc")).drifted]


def test_inputs_as_the_run_recorded_them_are_no_finding() -> None:
    assert drifted() == []


@pytest.mark.parametrize(
    ("params", "names"),
    [
        (PARAMS.replace("6", "7"), ["train.depth"]),
        (PARAMS.replace("0.1", "0.2").replace("seed: 1", "seed: 2"), ["train.rate", "seed"]),
        (PARAMS.replace("rate: 0.1", "rate: 1e-1"), []),
        ("seed: 1\n", []),
        ('"train.depth": 9\n', ["train.depth"]),
    ],
)
def test_a_parameter_that_moved_on_without_a_run_is_art609(params: str, names: list[str]) -> None:
    assert drifted(params_yaml=params) == names


def test_a_number_that_dvc_wrote_down_is_nobody_s_slip() -> None:
    files = {
        **FILES,
        "params.yaml": PARAMS.replace("0.1", "1e-5"),
        "dvc.lock": LOCK.replace("0.10", "1e-05"),
    }
    faults = release(files, layout=load_built_in("dvc")).faults
    assert [(one.code, one.place.path) for one in faults] == [
        ("SNT006", "models/churn/params.yaml")
    ]


def test_data_that_moved_on_without_a_run_is_art609_at_its_pointer() -> None:
    files = {**FILES, "data/raw.csv.dvc": DATA.replace("0123", "3210")}
    (one,) = release(files, layout=load_built_in("dvc")).drifted
    assert one.name == "data/raw.csv"
    assert (one.actual.place.path, one.actual.place.line) == ("models/churn/data/raw.csv.dvc", 2)
    assert one.recorded.place.line == 9


def test_the_finding_is_a_warning_that_says_both_values() -> None:
    from datetime import date  # noqa: PLC0415 - of this test alone

    from snitch.checks.check import Subject  # noqa: PLC0415 - as above
    from snitch.policy.model import Policy  # noqa: PLC0415 - as above

    files = {**FILES, "params.yaml": PARAMS.replace("6", "7")}
    candidate = release(files, layout=load_built_in("dvc"))
    subject = Subject(candidate, None, Policy(), date(2026, 11, 23), baseline="none")
    assert CHECK.judge is not None
    found = [one for one in CHECK.judge(subject) if isinstance(one, Finding)]
    (finding,) = [one for one in found if one.rule.code == "ART609"]
    assert finding.rule.name == "run-outdated"
    assert finding.rule.severity is Severity.WARNING
    assert "`train.depth` is `7`" in finding.message
    assert "used `6`" in finding.message


@pytest.mark.parametrize(
    ("pointers", "files", "digest"),
    [
        ("{piece: config, path: model, digest: sha}", f"model: {{sha: {'A' * 64}}}",
         "sha256:" + "a" * 64),
        ("{piece: config, path: uri, pattern: 's3://[a-z]+/(?P<digest>[0-9a-f]{64})/.*', file: m}",
         f"uri: s3://bucket/{'b' * 64}/model.bin", "sha256:" + "b" * 64),
        ("{piece: config, path: 'files[name]', digest: hash, file: '{name}', algorithm: '{kind}'}",
         f"files: [{{name: w.bin, hash: {'c' * 40}, kind: sha-1}}]", "sha1:" + "c" * 40),
        ("{piece: config, path: model, digest: sha}", "model: {sha: soon}", None),
    ],
)  # fmt: skip
def test_weights_elsewhere_give_a_digest_that_evidence_can_be_bound_to(
    pointers: str, files: str, digest: str | None
) -> None:
    layout = parse_layout(
        "mine.yaml", f"files: {{config: [c.yaml]}}\npointers: [{pointers}]\n".encode()
    )
    (weights,) = release({"c.yaml": files}, layout=layout).weights
    assert weights.state == "external"
    assert weights.digest == digest


def test_weights_in_lfs_and_elsewhere_stand_side_by_side() -> None:
    text = """\
files: {config: [c.yaml], weights: ["*.bin"]}
pointers: [{piece: config, path: more, digest: md5, file: tokenizer}]
"""
    layout = parse_layout("mine.yaml", text.encode())
    files = {"c.yaml": f"more: {{md5: {'d' * 32}}}", "a.bin": pointer("e" * 64)}
    found = {one.path: one.digest for one in release(files, layout=layout).weights}
    assert found == {"models/churn/a.bin": f"sha256:{'e' * 64}", "tokenizer": f"md5:{'d' * 32}"}
