"""What a policy may write as a version specifier is for packaging to say, asked or not."""

from __future__ import annotations

from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import InvalidSpecifier
from packaging.specifiers import SpecifierSet

from snitch.policy.libraries import Dependencies
from snitch.policy.libraries import Disallowed
from snitch.policy.requirements import verify_dependencies

FULL_WIDTH = "\uff11"
OPERATORS = ["<", ">", "=", "==", "!=", "<=", ">=", "~=", "===", "!", ",", ".", "*"]
VERSIONS = ["0", "1", "2.12", "1.0.0", "1rc1", "v1", "1e5", "a", "+cpu", "9" * 12, FULL_WIDTH]
PIECES = st.sampled_from([*OPERATORS, *VERSIONS, " ", "\t", "\n"])


def is_specifier(text: str) -> bool:
    try:
        SpecifierSet(text)
    except (InvalidSpecifier, ValueError):
        return False
    return True


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join))
@example("<2.12")
@example(">=1.0, <2")
@example("<2.12,")
@example("< 2.12")
@example("<\n2")
@example(f"<{FULL_WIDTH}")
def test_a_specifier_is_refused_where_packaging_refuses_it(text: str) -> None:
    standard = Dependencies(disallowed=(Disallowed(name="torch", specifier=text),))
    refused = any("is no version specifier" in str(it) for it in verify_dependencies(standard, ()))
    assert refused != is_specifier(text)
