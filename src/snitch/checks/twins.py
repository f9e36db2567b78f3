"""CPL110: models that share a name, and models inside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Rule
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject

DUPLICATE_NAME = Rule(
    "CPL110",
    "duplicate-model-name",
    Severity.ERROR,
    "Two directories hold a model of the same name, or one model lies inside another.",
    why=(
        "The name is a model's identity: it finds the deployed release to compare with. With two "
        "of one name, either could be measured against the other's numbers, and a file in a "
        "nested model belongs to two releases at once."
    ),
    remedy=(
        "Give each model its own `name`, and its own directory beside the others. Leave copies "
        "and experiments out with `exclude` under `models` in the policy. Of models that are rows "
        "or entries of one file, the second of a name is told: remove it, or name it apart."
    ),
    bad="models/churn/config.yaml:     name: churn\nmodels/churn_eu/config.yaml:  name: churn",
    good="models/churn/config.yaml:     name: churn\nmodels/churn_eu/config.yaml:  name: churn-eu",
)


def judge(subject: Subject) -> Iterator[Finding]:
    """Every way in which the candidate is not the only model of its name and place."""
    release = subject.candidate
    nested = [path for path in subject.twins if _nests(release.path, path)]
    file = _file(release.address)
    within = [path for path in subject.twins if file and _file(path) == file]
    equal = [path for path in subject.twins if path not in (*nested, *within)]
    if equal:
        yield Finding(
            DUPLICATE_NAME,
            f"the name {quoted(release.name)} is also that of the model in "
            f"{listed(map(_directory, sorted(equal)))}; expected one model per name",
            "give one of them another `name`, or exclude its directory in the policy",
            release.place("name"),
        )
    # Addresses of one name are numbered from the second on: the first is told by the others.
    if not all(path.startswith(f"{release.address} (") for path in within):
        yield Finding(
            DUPLICATE_NAME,
            f"{quoted(file)} has a model {quoted(release.name)} above already; expected "
            "one model per name",
            "remove one of the two, or give it a name of its own",
            release.place("name"),
        )
    if nested:
        yield Finding(
            DUPLICATE_NAME,
            f"{_directory(release.path)} and {listed(map(_directory, sorted(nested)))} are models "
            "one inside the other; expected directories side by side",
            "move one of them beside the other, or exclude its directory in the policy",
            release.place("name"),
        )


def _file(path: str) -> str:
    """The file that holds a model which is an element of it."""
    return path.rpartition("#")[0]


def _nests(one: str, other: str) -> bool:
    return one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _directory(path: str) -> str:
    return quoted(path or ".")
