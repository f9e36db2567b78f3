"""How deep brackets nest, found without recursion before any parser that recurses sees them."""

from __future__ import annotations


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
    depth = deepest = 0
    for bracket in brackets:
        if bracket in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest
