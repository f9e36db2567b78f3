"""One requirement, as PEP 508 and pip write it, from text to value.

packaging is the judge. Its parser costs 20 µs a line and its import 20 ms, so the one shape
that most lines have, a name and one comparison with a plain version, is read without it, to
the same value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.documents.dependencies import Requirement
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from packaging.requirements import Requirement as Parsed

    from snitch.documents.document import Located

MAX_VERSION_CHARS = 128

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,254}[A-Za-z0-9])?"
_PINNED = re.compile(
    rf"({_NAME})(?:[ \t]*(==|>=|<=|!=|<|>)[ \t]*([0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{0,9}}))?", re.ASCII
)
_SEPARATORS = re.compile(r"[-_.]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NAMED_URL = re.compile(rf"[ \t]*{_NAME}[ \t]*(?:\[[^\]]*\][ \t]*)?@", re.ASCII)
_VARIABLE = re.compile(r"\$\{[A-Za-z0-9_]+\}")
_LONG_VERSION = re.compile(rf"[^\s,;()<>=!~@]{{{MAX_VERSION_CHARS + 1}}}")
_ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_EXTRAS = re.compile(r"\[[^\[\]]*\]$")
_EGG = re.compile(r"[#&]egg=([^&\[]+)")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a requirement stands and what its place adds to it."""

    hashes: tuple[str, ...] = ()
    group: str = ""
    constraint: bool = False


NOWHERE = Mention()


def normalised(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return _SEPARATORS.sub("-", name).lower()


def parse_requirement(spelling: Located[str], mention: Mention = NOWHERE) -> Requirement | str:
    """A requirement; or, where it is none, the reason in words.

    Besides PEP 508, what pip takes in its place: URLs, paths of directories and archives.
    """
    text = spelling.value
    match = _PINNED.fullmatch(text)
    if match is not None and not text.lower().endswith(_ARCHIVES):
        name, operator, version = match.groups()
        specifier = f"{operator}{version}" if operator else ""
        return _requirement(spelling, mention, normalised(name), specifier)
    if _is_location(text):
        return _located(spelling, mention)
    if _LONG_VERSION.search(text.partition(";")[0].partition("@")[0]):
        return f"a version has more than {MAX_VERSION_CHARS} characters"
    return _parsed(spelling, mention)


def parse_editable(spelling: Located[str], mention: Mention) -> Requirement | str:
    """What follows `-e`: a repository, a URL or a directory, never a name from an index."""
    if _NAMED_URL.match(spelling.value):
        return _parsed(spelling, mention)
    return _located(spelling, mention)


def _requirement(
    spelling: Located[str], mention: Mention, name: str, specifier: str
) -> Requirement:
    return Requirement(
        name,
        spelling,
        specifier,
        hashes=mention.hashes,
        group=mention.group,
        constraint=mention.constraint,
    )


def _parsed(spelling: Located[str], mention: Mention) -> Requirement | str:
    from packaging.requirements import InvalidRequirement  # noqa: PLC0415 - see the module
    from packaging.requirements import Requirement as Parsed  # noqa: PLC0415
    from packaging.specifiers import InvalidSpecifier  # noqa: PLC0415

    text = spelling.value
    try:
        parsed = Parsed(text)
        return _from_packaging(parsed, spelling, mention)
    except (InvalidRequirement, InvalidSpecifier):  # the second by `a===,a` before packaging 26.3
        return _reason(text)
    except RecursionError:
        return "its parentheses nest too deep"
    except ValueError:
        return "a number in it has too many digits"


def _from_packaging(parsed: Parsed, spelling: Located[str], mention: Mention) -> Requirement:
    url = parsed.url or ""
    return Requirement(
        normalised(parsed.name),
        spelling,
        str(parsed.specifier),
        str(parsed.marker) if parsed.marker else "",
        kind_of(url) if url else "index",
        url,
        mention.hashes,
        mention.group,
        mention.constraint,
    )


def kind_of(url: str) -> str:
    """`vcs`, `path` or `url`."""
    scheme = url.partition(":")[0].lower()
    if "+" in scheme or scheme in ("git", "ssh"):
        return "vcs"
    return "path" if scheme == "file" or _SCHEME.match(url) is None else "url"


def _is_location(text: str) -> bool:
    """Whether pip reads this as a URL or path rather than as a name."""
    if _NAMED_URL.match(text):
        return False
    target = text.partition(";")[0].strip()
    return (
        target.startswith((".", "/"))
        or _SCHEME.match(target) is not None
        or "/" in target
        or _EXTRAS.sub("", target).lower().endswith(_ARCHIVES)
    )


def _located(spelling: Located[str], mention: Mention) -> Requirement | str:
    target, _, marker = spelling.value.partition(" ;")
    target = target.strip()
    if not target:
        return "a path or URL is expected"
    egg = _EGG.search(target)
    extras = _EXTRAS.search(target) if egg is None else None
    origin = target[: extras.start()] if extras else target
    name, specifier = (egg[1], "") if egg else archive(origin)
    return Requirement(
        normalised(name),
        spelling,
        specifier,
        marker.strip(),
        kind_of(origin),
        origin,
        mention.hashes,
        mention.group,
        mention.constraint,
    )


def archive(origin: str) -> tuple[str, str]:
    """The name and the pin that the name of a wheel or a source archive tells; else empty ones."""
    name = re.split(r"[?#]", origin, maxsplit=1)[0].rpartition("/")[2].replace("%2B", "+")
    if not name.lower().endswith(_ARCHIVES) or len(name) > 2 * MAX_VERSION_CHARS:
        return "", ""
    from packaging.utils import parse_sdist_filename  # noqa: PLC0415 - see the module
    from packaging.utils import parse_wheel_filename  # noqa: PLC0415

    try:
        if name.endswith(".whl"):
            project, version, _, _ = parse_wheel_filename(name)
        else:
            project, version = parse_sdist_filename(name)
    except ValueError:
        return "", ""
    return project, f"=={version}"


def _reason(text: str) -> str:  # noqa: PLR0911 - one return a reason
    """Why it is no requirement, in words of ours: packaging's repeat the whole line."""
    variable = _VARIABLE.search(text)
    name = re.match(rf"[ \t]*({_NAME})", text, re.ASCII)
    if variable is not None:
        return "only the environment knows what its variable `${…}` holds"
    if name is None:
        return "it does not begin with the name of a package"
    rest = text[name.end() :].lstrip()
    if re.match(r"=[^=]", rest):
        return "`=` compares nothing; `==` pins a version"
    if re.match(r"[0-9]", rest):
        return "no operator stands between name and version; `==` pins one"
    if ";" in rest and not rest.startswith(";"):
        return "its version specifier, or the marker after `;`, is not valid"
    if rest.startswith(";"):
        return "the marker after `;` is not valid"
    return "what follows the name is no version specifier, extra, URL or marker"
