"""The object database: one conversation with `git cat-file --batch` for a whole run."""

from __future__ import annotations

import os
import threading
from functools import cached_property
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.snapshots.blobs import Blobs
from snitch.snapshots.conversation import Conversation
from snitch.snapshots.conversation import EndedError
from snitch.snapshots.forest import Forest
from snitch.snapshots.tags import list_tags

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.snapshots.conversation import Object
    from snitch.snapshots.git import Git
    from snitch.snapshots.snapshot import Entry

ROUND = 50
"""Requests sent before answers are read: together shorter than the smallest pipe (4 KiB), so that
neither side ever waits for the other."""

MAX_TREE = 1 << 27
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


class Objects:
    """Reads objects by id, in one process that starts with the first request.

    Safe to use from several threads, and after a fork (the child starts its own process).

    `remedy` tells what brings a missing one of a kind.
    """

    def __init__(
        self, git: Git, is_partial: Callable[[], bool], remedy: Callable[[str], str]
    ) -> None:
        self._git = git
        self._is_partial = is_partial
        self._remedy = remedy
        self._lock = threading.Lock()
        self._current: Conversation | None = None
        self._forest = Forest()
        self._blobs = Blobs()
        self._sought: dict[str, str | None] = {}

    def close(self) -> None:
        """Ends the process and forgets short trees; the next request starts another process."""
        self._forest.forget_short()
        current, self._current = self._current, None
        if current is not None and current.owner == os.getpid():
            current.close()

    @cached_property
    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """The tags of every tagged commit, by its id."""
        return list_tags(self._git)

    @cached_property
    def format(self) -> str:
        """`sha1` or `sha256`: every repository knows its own empty tree, and no other's."""
        found = self.find([EMPTY_TREE])[0]
        return "sha1" if found is not None and found.oid == EMPTY_TREE else "sha256"

    def find(self, names: Iterable[str], limit: int | None = None) -> list[Object | None]:
        """Objects by validated names, None for each that does not exist (or is ambiguous).

        Names are object ids or full ref names, with a peeling suffix at most: the callers validate
        them, no text of a user comes here. At most `limit + 1` bytes of each are kept.
        """
        return list(self._stream(names, limit))

    def read(
        self,
        oids: Iterable[str],
        kind: str,
        limit: int | None = None,
        paths: Sequence[str] = (),
    ) -> Iterator[Object]:
        """Objects that must exist and be of a kind, in their order.

        At most `limit + 1` bytes of each are kept; `paths` are what they are called, to tell which
        one is missing.

        Raises:
            CannotJudgeError: one is missing, damaged or of another kind.
        """
        wanted = list(oids)
        at_hand = {oid: found for oid in wanted if (found := self._blobs.get(oid, limit))}
        asked = self._stream((oid for oid in wanted if oid not in at_hand), limit)
        for index, oid in enumerate(wanted):
            found = at_hand[oid] if oid in at_hand else next(asked)
            if found is None:
                called = f"{kind} `{paths[index]}`" if paths else kind
                message = f"Git object {oid} ({called}) is missing"
                raise CannotJudgeError(message, self._remedy(kind))
            if found.kind != kind:
                message = f"Git object {oid} is a {found.kind}, and a {kind} was expected"
                raise CannotJudgeError(message, "run `git fsck`, and mend what it reports")
            yield found

    def blob(self, oid: str, path: str, limit: int | None = None) -> Object:
        """One of `read`, which stays at hand where it is large."""
        found = self._blobs.get(oid, limit)
        if found is None:
            found = next(self.read([oid], "blob", limit, [path]))
            self._blobs.remember(found)
        return found

    def keep(self, oids: Iterable[str]) -> None:
        """Reads small blobs ahead, and forgets those of the last call that are not among them."""
        self._blobs.look_ahead(list(oids), self._stream)

    def seek(self, tree: str, path: str) -> str | None:
        """The id of the directory at a plain path of a tree; None where none is found."""
        key = f"{tree}:{path}"
        if key not in self._sought:
            found = self.find([key], MAX_TREE)[0]
            # Git also calls missing what a tree names and this clone does not hold.
            if found is not None and found.kind == "tree" and found.size <= MAX_TREE:
                self._sought[key] = found.oid
                self._forest.add(found.oid, found.data)
            else:
                self._sought[key] = None
        return self._sought[key]

    def tree(self, oid: str) -> Mapping[str, Entry]:
        """One of `trees`."""
        found = self._forest.get(oid)
        return self.trees([oid])[0] if found is None else found

    def trees(self, oids: Iterable[str]) -> list[Mapping[str, Entry]]:
        """Parsed trees; those read of late are not read again.

        Raises:
            CannotJudgeError: one is missing, damaged, or has names that no honest tree has.
        """
        wanted = list(oids)
        known = {oid: tree for oid in wanted if (tree := self._forest.get(oid)) is not None}
        new = list(dict.fromkeys(oid for oid in wanted if oid not in known))
        for found in self.read(new, "tree", MAX_TREE) if new else ():
            if found.size > MAX_TREE:
                message = f"Git tree {found.oid} has {found.size} bytes"
                raise CannotJudgeError(message, "split the directory into smaller ones")
            known[found.oid] = self._forest.add(found.oid, found.data)
        return [known[oid] for oid in wanted]

    def _stream(self, names: Iterable[str], limit: int | None) -> Iterator[Object | None]:
        pending = iter(names)
        while batch := list(islice(pending, ROUND)):
            with self._lock:
                try:
                    answers = self._round(batch, limit)
                except BaseException:
                    self.close()
                    raise
            yield from answers

    def _round(self, names: list[str], limit: int | None) -> list[Object | None]:
        answers: list[Object | None] = []
        while rest := names[len(answers) :]:
            conversation = self.conversation()
            conversation.send("".join(f"{name}\n" for name in rest).encode())
            for _ in rest:
                try:
                    found, whole = conversation.answer(limit)
                except EndedError:
                    # Instead of calling an object missing, Git ends where it may not fetch it.
                    if not self._is_partial():
                        raise
                    found, whole = None, False
                answers.append(found)
                if not whole:
                    self.close()
                    break
        return answers

    def conversation(self) -> Conversation:
        """The running process, started where none runs."""
        if self._current is None or self._current.owner != os.getpid():
            self._current = Conversation(self._git, partial(self._remedy, ""))
        return self._current
