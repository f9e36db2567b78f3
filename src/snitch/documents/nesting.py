"""How deep brackets nest, found without recursion before any parser that recurses sees them."""

from __future__ import annotations

from itertools import accumulate

STEPS = [{"[": 1, "{": 1, "]": -1, "}": -1}.get(chr(byte), 0) for byte in range(256)]


def deeper(brackets: bytes, most: int) -> bool:
    """Whether `[`, `{` nest deeper than `most` somewhere in a text of nothing but brackets.

    Peeling the innermost pairs off, layer by layer, costs a few passes in C; only brackets
    that do not match, or nest too deep, are counted one by one.
    """
    rest = brackets
    for _ in range(most):
        if not rest:
            return False
        rest = rest.replace(b"[]", b"").replace(b"{}", b"")
    return bool(rest) and _deepest(brackets) > most


def _deepest(brackets: bytes) -> int:
    return max(accumulate(map(STEPS.__getitem__, brackets)), default=0)
