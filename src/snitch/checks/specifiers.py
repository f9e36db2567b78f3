"""Arithmetic over version specifiers: whether any version at all satisfies several at once.

A range in a requirement file, a disallowed range in the policy and a constraint of the serving
stack are sets of versions; every question about them is whether their intersection is empty.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from packaging.specifiers import Specifier
    from packaging.version import Version

MAX_CHARS = 128
"""Of one part such as `>=2.12`; a longer one says nothing that is worth its cost."""
MAX_PARTS = 32
"""Of one question; more of them are taken to admit something."""


@lru_cache(maxsize=8192)
def admits(*specifiers: str) -> bool:
    """Whether some version satisfies all specifiers (PEP 440, each a comma-separated set).

    Sound and exact over all versions that could be released, pre-releases, post-releases and
    local builds included. An unreadable part limits nothing: whoever asks what a requirement
    can install gets the careful answer.
    """
    parts = dict.fromkeys(part for text in specifiers for part in _parts(text))
    if len(parts) <= 1 or len(parts) > MAX_PARTS:
        # One comparison alone always leaves a version, and most questions are no more.
        return True
    specs = [spec for spec in map(_parse, parts) if spec is not None]
    literal = [spec for spec in specs if spec.operator == "==="]
    if not specs:
        return True
    if literal:
        # Only texts that are no versions are left as `===`, and no other operator takes those.
        wanted = literal[0].version.lower()
        return all(spec.operator == "===" and spec.version.lower() == wanted for spec in specs)
    return any(
        all(spec.contains(version, prereleases=True) for spec in specs)
        for version in _candidates(specs)
    )


def pinned(specifier: str) -> bool:
    """Whether the specifier leaves one version only: `==1.2.0` or `===1.2.0`, no wildcard."""
    return any(part.startswith("==") and not part.endswith(".*") for part in _parts(specifier))


def _parts(specifier: str) -> list[str]:
    return [part.strip() for part in specifier.split(",") if part.strip()]


@lru_cache(maxsize=8192)
def _parse(part: str) -> Specifier | None:
    from packaging.specifiers import Specifier  # noqa: PLC0415 - slow, and seldom needed
    from packaging.version import Version  # noqa: PLC0415 - slow, and seldom needed

    if len(part) > MAX_CHARS:
        return None
    try:
        if part.startswith("==="):
            return Specifier(f"=={Version(part[3:])}")
    except ValueError:
        return Specifier(part)
    try:
        return Specifier(part)
    except ValueError:
        return None


def _candidates(specs: list[Specifier]) -> Iterator[Version]:
    """Versions of which at least one satisfies all specifiers if any version does.

    The named versions cut the ordered line of versions into points and gaps, and nothing that a
    specifier says changes inside a gap except between the kinds of one release (pre-release,
    final, post-release): one point per gap and kind is enough.
    """
    from packaging.version import Version  # noqa: PLC0415 - slow, and seldom needed

    named = [Version(spec.version.removesuffix(".*")) for spec in specs]
    exact = [version for version, spec in zip(named, specs, strict=True) if pinned(str(spec))]
    if exact:
        public = Version(exact[0].public)
        yield from (version for version in named if Version(version.public) == public)
        return
    yield from named
    releases = {(version.epoch, version.release) for version in named}
    releases.update(_ends(specs))
    length = max(len(release) for _, release in releases)
    yield Version("0")
    for epoch, release in sorted(releases):
        text = f"{epoch}!{_dotted(release)}"
        yield Version(text)
        # Above this release and below every longer or greater one that is named.
        yield Version(f"{epoch}!{_dotted((*release, *[0] * (length - len(release)), 1))}")
        yield from map(Version, (f"{text}.post0", f"{text}.dev0"))
    yield Version("0.dev0")
    for version in named:
        yield from map(Version, _neighbours(version))


def _ends(specs: Iterable[Specifier]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The releases at which wildcards and `~=` stop: 2.11 for `==2.10.*`, 3 for `~=2.10`."""
    from packaging.version import Version  # noqa: PLC0415 - slow, and seldom needed

    for spec in specs:
        version = Version(spec.version.removesuffix(".*"))
        prefix = version.release[:-1] if spec.operator == "~=" else version.release
        yield version.epoch, (*prefix[:-1], prefix[-1] + 1)


def _neighbours(version: Version) -> Iterator[str]:
    """The versions of the same release right above one, of each kind that is there."""
    stem = f"{version.epoch}!{_dotted(version.release)}"
    pre = "".join(map(str, version.pre)) if version.pre else ""
    post = f".post{version.post}" if version.post is not None else ""
    if version.dev is not None:
        yield f"{stem}{pre}{post}.dev{version.dev + 1}"
        yield f"{stem}{pre}{post}"
    later = 0 if version.post is None else version.post + 1
    yield f"{stem}{pre}.post{later}.dev0"
    yield f"{stem}{pre}.post{later}"
    if version.pre:
        letter, number = version.pre
        yield f"{stem}{letter}{number + 1}.dev0"


def _dotted(release: Iterable[int]) -> str:
    return ".".join(map(str, release))
