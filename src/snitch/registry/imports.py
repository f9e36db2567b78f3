"""Which third-party modules a model's code imports: read from the syntax tree, never run."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.documents import Located
from snitch.documents import TextDocument
from snitch.registry.stdlib import STDLIB

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

NOTEBOOK = ".ipynb"
MAX_BYTES = 128 * 1024
"""Of one source file, or of a notebook's cells; a longer one is generated. Python 3.10 builds the
tree of a chain such as `1+1+…` without minding its stack: this is well below what breaks it."""

_NOT_SHIPPED = re.compile(
    r"(?:^|/)(?:tests?/|docs?/|\.ipynb_checkpoints/|(?:test_[^/]*|[^/]*_test|conftest|setup|noxfile)\.py$)"
)
_FORGIVEN = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_CONDITIONS = frozenset({"TYPE_CHECKING", "version_info", "platform", "system"})
_FROM = re.compile(r"from\s+")


def scan(sources: Mapping[str, bytes], local: Container[str]) -> tuple[Located[str], ...]:
    """Third-party top-level modules that the sources need, each once, at its first place.

    Args:
        sources: Python files and notebooks by path. Tests, documentation and packaging scripts
            among them are not shipped and not looked at.
        local: Names of modules and packages that are the repository's own.

    Left out are the standard library, relative imports, and imports that the code can do
    without: under `TYPE_CHECKING`, under a test of the platform or the Python version, and
    where an `ImportError` is caught. A file that does not parse, or is longer than `MAX_BYTES`,
    yields nothing: it is no lie about dependencies, and Python tells its author soon enough.
    """
    found: dict[str, Located[str]] = {}
    for path in sorted(sources, key=lambda path: (path.endswith(NOTEBOOK), path)):
        blob = sources[path]
        if b"import" not in blob or _NOT_SHIPPED.search(path):
            continue
        read = _of_notebook if path.endswith(NOTEBOOK) else _of_script
        for one in read(path, blob):
            module = one.value
            known = module in found or module in STDLIB or module in local
            if not known and not module.startswith("_"):
                found[module] = one
    return tuple(found.values())


def _of_script(path: str, blob: bytes) -> Iterator[Located[str]]:
    if len(blob) > MAX_BYTES:
        return
    found = _of_blob(blob)
    if found:
        document = TextDocument(path, _decoded(blob))
        for module, route in found:
            yield Located(module, document, route)


@lru_cache(maxsize=64)
def _of_blob(blob: bytes) -> tuple[tuple[str, tuple[int, int, int]], ...]:
    """What one script needs; many models share theirs to the byte."""
    return tuple(_needed(_decoded(blob)))


def _of_notebook(path: str, blob: bytes) -> Iterator[Located[str]]:
    from snitch.registry.notebooks import KERNEL  # noqa: PLC0415 - few models have any
    from snitch.registry.notebooks import read_notebook  # noqa: PLC0415

    document, cells = read_notebook(path, blob)
    left = MAX_BYTES
    for cell in cells:
        left -= len(cell.text)
        if left < 0:
            return
        for module, (line, *_) in _needed(cell.text):
            if module not in KERNEL:
                yield Located(module, document, cell.routes[line - 1])


def _decoded(blob: bytes) -> str:
    text = blob.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _needed(text: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lines = text.split("\n")
    for node in _imports(tree):
        line = lines[node.lineno - 1]
        if isinstance(node, ast.ImportFrom):
            name = (node.module or "").partition(".")[0]
            start = _column(line, node.col_offset)
            keyword = _FROM.match(line, start)
            start = keyword.end() if keyword else start
            yield name, (node.lineno, start + 1, len(name))
        else:
            for alias in node.names:
                name = alias.name.partition(".")[0]
                start = _column(lines[alias.lineno - 1], alias.col_offset)
                yield name, (alias.lineno, start + 1, len(name))


def _column(line: str, offset: int) -> int:
    """From the tree's offset in UTF-8 bytes to one in characters."""
    return len(line.encode()[:offset].decode(errors="replace"))


def _imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """The absolute imports that are needed, in the order of the page; no recursion."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Import():
                yield node
            case ast.ImportFrom():
                if node.level == 0:
                    yield node
            case ast.expr():
                pass
            case _:
                waiting.extend(reversed(list(_needed_children(node))))


def _needed_children(node: ast.AST) -> Iterable[ast.AST]:
    match node:
        case ast.If() if _is_condition(node.test):
            return ()
        case ast.Try() if any(map(_forgives, node.handlers)):
            return node.finalbody
        case ast.With() if any(map(_suppresses, node.items)):
            return ()
        case _:
            return ast.iter_child_nodes(node)


def _is_condition(test: ast.expr) -> bool:
    """Whether a test asks for the type checker, the platform or the Python version."""
    return any(_name(node) in _CONDITIONS for node in ast.walk(test))


def _forgives(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or any(_name(node) in _FORGIVEN for node in ast.walk(handler.type))


def _suppresses(item: ast.withitem) -> bool:
    match item.context_expr:
        case ast.Call(func=function, args=arguments) if _name(function) == "suppress":
            return any(_name(argument) in _FORGIVEN for argument in arguments)
        case _:
            return False


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
