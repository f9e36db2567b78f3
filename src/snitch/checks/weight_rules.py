"""The rules about weights and what binds an evaluation to them, as data."""

from __future__ import annotations

from snitch.checks.remeasured import METRICS_CHANGED
from snitch.findings import Rule
from snitch.findings import Severity

WEIGHTS_MISSING = Rule(
    code="ART601",
    name="weights-missing",
    severity=Severity.ERROR,
    summary="The release has no weights, or an empty file in their place.",
    why=(
        "A model without weights cannot be deployed, and its metrics measure nothing that "
        "anybody else has. An empty file is what remains of an upload that failed."
    ),
    remedy=(
        "Commit the weights through Git LFS (`git lfs track`, `git add`), or correct "
        "`weights.path` in the config."
    ),
    bad="config.yaml: weights: {path: weights/model.safetensors}   # no such file",
    good="weights/model.safetensors   # a Git LFS pointer with a size above 0",
)
WEIGHTS_NOT_IN_LFS = Rule(
    code="ART602",
    name="weights-not-in-lfs",
    severity=Severity.ERROR,
    summary="The weights themselves are in Git, where a Git LFS pointer belongs.",
    why=(
        "Git keeps every version of every byte for ever: each clone of the repository carries "
        "them from now on. And without a pointer there is no digest that the evaluation could "
        "be bound to."
    ),
    remedy=(
        "Track the path with Git LFS and add the file again: `git lfs track 'weights/**'`, "
        "`git rm --cached FILE`, `git add .gitattributes FILE`. A commit that was already "
        "pushed needs `git lfs migrate import`."
    ),
    bad="weights/model.safetensors   # 22 MB of tensors",
    good=(
        "version https://git-lfs.github.com/spec/v1\n"
        "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
        "size 22000000"
    ),
)
OTHER_WEIGHTS = Rule(
    code="ART603",
    name="evaluation-of-other-weights",
    severity=Severity.ERROR,
    summary="The digest that the metrics or the config record is not that of the weights.",
    why=(
        "The numbers that the gate compares were measured on some file. If it is not the one "
        "that is committed, they say nothing about what will be deployed: a good evaluation of "
        "yesterday's weights would let today's through. The same holds for a digest in the "
        "config, which the deployment verifies."
    ),
    remedy=(
        "Evaluate the committed weights and commit those metrics, or commit the weights that "
        "were evaluated. The digest is the SHA-256 of the weights' content, 64 "
        "hexadecimal digits, as the `oid` of the pointer gives it."
    ),
    bad='weights: oid sha256:4d7a…2393\nmetrics.json: "weights_sha256": "9f86…0a08"',
    good='weights: oid sha256:4d7a…2393\nmetrics.json: "weights_sha256": "4d7a…2393"',
    fixed=True,
)
EVALUATION_STALE = Rule(
    code="ART604",
    name="evaluation-stale",
    severity=Severity.ERROR,
    summary="The weights changed, and every metric and the evaluation's date stayed the same.",
    why=(
        "New weights never measure exactly as the old ones did. Equal numbers of an equal date "
        "are the old evaluation beside new weights: what is about to be deployed was never "
        "measured."
    ),
    remedy=(
        "Evaluate the new weights and commit the result with its `evaluated_at`. Weights that "
        "only moved, or were renamed, keep their digest and are no change."
    ),
    bad="weights/model.safetensors: another oid\nmetrics.json: as deployed, to the last digit",
    good='weights/model.safetensors: another oid\nmetrics.json: "evaluated_at": of this week',
)
POINTER_MALFORMED = Rule(
    code="ART605",
    name="pointer-malformed",
    severity=Severity.ERROR,
    summary="A weights file looks like a Git LFS pointer and is not a valid one.",
    why=(
        "Git LFS knows exactly one spelling of a pointer. Anything else (another order, CRLF, "
        "text behind it) is read by some versions and passed on as content by others: the "
        "server would then load 130 bytes of text as weights."
    ),
    remedy=(
        "Never edit a pointer by hand. Put the real weights in its place and run `git add` with "
        "Git LFS installed, or take the file from a commit in which it was good."
    ),
    bad="version https://git-lfs.github.com/spec/v1\nsize 22000000\noid sha256:4d7a…2393",
    good="version https://git-lfs.github.com/spec/v1\noid sha256:4d7a…2393\nsize 22000000",
)
DIGEST_UNBOUND = Rule(
    code="ART606",
    name="digest-unbound",
    severity=Severity.WARNING,
    summary="The metrics do not say which weights they measure.",
    why=(
        "Without `weights_sha256` nothing ties the numbers to the file that is deployed: weights "
        "can be exchanged and a metrics file copied, and no comparison would notice."
    ),
    remedy=(
        "Have the evaluation write the SHA-256 of the weights that it loaded into "
        "`weights_sha256` of the metrics file."
    ),
    bad='{"metrics": {"auc": 0.912}}',
    good='{"weights_sha256": "4d7a…2393", "metrics": {"auc": 0.912}}',
)

RULES = (
    WEIGHTS_MISSING,
    WEIGHTS_NOT_IN_LFS,
    OTHER_WEIGHTS,
    EVALUATION_STALE,
    POINTER_MALFORMED,
    DIGEST_UNBOUND,
    METRICS_CHANGED,
)
