"""Whether a release says that it is a new one: the version's form and its order."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.checks import schemes
from snitch.checks.placeholders import is_blank
from snitch.checks.placeholders import is_placeholder
from snitch.checks.surroundings import is_of_the_gate
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.version import Version

    from snitch.checks.check import Subject
    from snitch.findings import Outcome
    from snitch.registry.release import Release

NOT_BUMPED = Rule(
    "CPL106",
    "version-not-bumped",
    Severity.ERROR,
    "The model differs from the deployed release, and its version is still the same.",
    why=(
        "Two different models under one version cannot be told apart in a dashboard, an incident "
        "or a rollback: whoever asks what served last Tuesday gets two answers. Images and "
        "caches keyed by the version go on serving the old one."
    ),
    remedy=(
        "Raise `version` in the config above the deployed one and give the new version its "
        "changelog entry. Prose (Markdown files other than metadata, licences) may change under "
        "the same version, and so may the names of files."
    ),
    bad="version: 1.4.0   # production: 1.4.0, other weights",
    good="version: 1.4.1   # production: 1.4.0",
)
NOT_INCREASING = Rule(
    "CPL107",
    "version-not-increasing",
    Severity.ERROR,
    "The version is lower than the deployed one.",
    why=(
        "Deployment, monitoring and people take the highest version for the newest model. A "
        "lower one reads as a rollback that nobody ordered, usually because a branch was cut "
        "before another release was merged."
    ),
    remedy=(
        "Merge production into the branch, look at what the other release changed, and choose a "
        "version above the deployed one. To roll back on purpose, revert the release's merge: "
        "Snitch recognises a state that production once held and does not ask for a new version."
    ),
    bad="version: 1.3.9   # production: 1.4.0",
    good="version: 1.4.1   # production: 1.4.0",
)
INVALID = Rule(
    "CPL111",
    "version-invalid",
    Severity.ERROR,
    "The version is not written in the normal form of PEP 440.",
    why=(
        "Versions are compared, sorted and matched with changelog entries. `1.4.0-rc1` and "
        "`1.4.0rc1` are one version in two spellings, `01.4` and `1.4` as well, and `latest` has "
        "no order at all: each spelling is a chance that two tools disagree on which is newer."
    ),
    remedy=(
        "Write numbers separated by dots, without leading zeros, optionally with a pre-release "
        "(`1.4.0rc1`) or post-release (`1.4.0.post1`) suffix; a leading `v` is allowed. Leave out "
        "local parts (`+cu121`) and epochs (`1!`)."
    ),
    bad="version: 1.4.0-RC.1+gpu",
    good="version: 1.4.0rc1",
)
RULES = (NOT_BUMPED, NOT_INCREASING, INVALID)

MAX_CHARS = 128
PROSE_SUFFIXES = frozenset({".md", ".rst"})
PROSE_NAMES = frozenset(
    {"LICENSE", "LICENCE", "NOTICE", "LICENSE.txt", "LICENCE.txt", ".gitignore"}
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Version | None:
    """The PEP 440 version that a text stands for; None where it is none."""
    from packaging.version import InvalidVersion  # noqa: PLC0415 - `explain` must not load it
    from packaging.version import Version  # noqa: PLC0415 - as above

    if len(text) > MAX_CHARS:
        return None
    try:
        return Version(text)
    except InvalidVersion:
        return None


def same(one: str, other: str) -> bool:
    """True where two texts name one version: `1.4.0`, `v1.4.0` and `1.4` do."""
    if one.removeprefix("v") == other.removeprefix("v"):
        return True
    version = parse(one)
    return version is not None and version == parse(other)


@lru_cache(maxsize=4096)
def normal(text: str) -> str | None:
    """The form that the standard wants; None where the text is no version at all."""
    version = parse(text)
    if version is None:
        return None
    return version.public.partition("!")[2] or version.public


def is_valid(text: str) -> bool:
    """True for PEP 440's normal form, up to a leading `v`, without local part and epoch."""
    return normal(text) == text.removeprefix("v")


def following(text: str) -> str | None:
    """The smallest release above a version: `1.4.0` to `1.4.1`; None for what is no version."""
    version = parse(text)
    if version is None:
        return None
    *front, last = version.release
    return ".".join(map(str, [*front, last if version.is_prerelease else last + 1]))


def judge(subject: Subject) -> Iterator[Outcome]:
    """CPL111, then CPL106 and CPL107 where there is something to compare with."""
    version = subject.candidate.metadata.version
    if version is None or is_blank(version) or subject.candidate.version_scheme == "none":
        return
    yield from _form(subject, version)
    if subject.rollback is not None or subject.deployed is None:
        return  # said once for the whole family
    deployed = subject.deployed.metadata.version
    if deployed is None:
        yield Skipped("the deployed release has no readable version to compare with", whole=False)
    elif same(version, deployed):
        yield from _change(subject.candidate, subject.deployed, version)
    else:
        yield from _order(subject, version, deployed)


def _form(subject: Subject, version: str) -> Iterator[Finding]:
    scheme = subject.candidate.version_scheme
    if is_valid(version) or scheme == "opaque" or schemes.is_valid(version, scheme):
        return
    if is_placeholder(version, subject.policy.completeness.changelog.placeholders):
        return  # CPL103 speaks
    wanted = normal(version)
    if wanted is None:
        expected = "which has no order; expected numbers separated by dots, as 1.4.0"
        remedy = "write `version` as numbers separated by dots, as 1.4.0"
    else:
        expected = f"expected the normal form {wanted}"
        remedy = f"write {quoted(wanted)} as `version`, and in the changelog's heading too"
    message = f"the version is {quoted(version)}, {expected}"
    yield Finding(INVALID, message, remedy, subject.candidate.place("version"))


def _change(candidate: Release, deployed: Release, version: str) -> Iterator[Finding]:
    files = changed_files(candidate, deployed)
    if not files:
        return
    above = following(version) if is_valid(version) else None
    remedy = f"raise `version` above {quoted(version)}" + (f", as {above}" if above else "")
    if candidate.pieces["changelog"].state != "not-applicable":
        remedy += f"{',' if above else ''} and add its changelog entry"
    yield Finding(
        NOT_BUMPED,
        f"{listed(map(quoted, files))} {'differs' if len(files) == 1 else 'differ'} from the "
        f"deployed release under the same version {quoted(version)}; expected a higher one",
        remedy,
        candidate.place("version"),
    )


def _order(subject: Subject, version: str, deployed: str) -> Iterator[Outcome]:
    scheme = subject.candidate.version_scheme
    if scheme == "opaque":
        reason = f"the versions of the {subject.candidate.layout} layout have no order"
        yield Skipped(reason, excused=True, whole=False)
        return
    mine, theirs = schemes.key(version, scheme), schemes.key(deployed, scheme)
    if mine is None or theirs is None:
        mine, theirs = parse(version), parse(deployed)
    if mine is None:
        return  # CPL111 speaks
    if theirs is None:
        reason = f"the deployed version {quoted(deployed)} has no order to compare with"
        yield Skipped(reason, whole=False)
    elif mine < theirs:
        yield Finding(
            NOT_INCREASING,
            f"the version is {version}, expected one above the deployed {deployed}",
            f"raise `version` above {deployed}{_as(deployed)}, and name it in the "
            "changelog; to roll back, revert the merge of the release instead",
            subject.candidate.place("version"),
        )


def _as(deployed: str) -> str:
    above = following(deployed)
    return f", as {above}" if above else ""


def changed_files(candidate: Release, deployed: Release) -> tuple[str, ...]:
    """Paths whose content makes the candidate another model; pure moves and prose do not."""
    if candidate is deployed:
        return ()
    mine, theirs = _substance(candidate), _substance(deployed)
    if mine == theirs:
        return ()
    edited = {path for path in mine.keys() & theirs.keys() if mine[path] != theirs[path]}
    new = Counter(mine[path] for path in mine.keys() - theirs.keys())
    gone = Counter(theirs[path] for path in theirs.keys() - mine.keys())
    moved = new & gone
    appeared = _beyond(mine, theirs, moved)
    vanished = _beyond(theirs, mine, moved)
    return tuple(sorted({*edited, *appeared, *vanished}))


def _beyond(these: dict[str, str], others: dict[str, str], moved: Counter[str]) -> Iterator[str]:
    left = moved.copy()
    for path in sorted(these.keys() - others.keys()):
        if left[these[path]] > 0:
            left[these[path]] -= 1
        else:
            yield path


def _substance(release: Release) -> dict[str, str]:
    metadata = {
        release.inside(piece.path) for name, piece in release.pieces.items() if name != "changelog"
    }
    history = release.inside(release.pieces["changelog"].path)
    # A checked-out weights file has another blob than its pointer, and the same content.
    contents = {release.inside(one.path): one.digest for one in release.weights}
    return {
        path: contents.get(path) or release.essences.get(path) or digest
        for path, digest in release.digests.items()
        if path in metadata or not (path == history or _is_prose(path))
        if release.path or not is_of_the_gate(path)
    }


def _is_prose(path: str) -> bool:
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return name in PROSE_NAMES or (bool(stem) and dot + suffix in PROSE_SUFFIXES)
