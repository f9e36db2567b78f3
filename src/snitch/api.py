"""The registry for Python: what the commands print, as values.

import snitch

with snitch.open(".") as repo:
    for model in repo.models():
        print(model.name, model.versions)
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import timezone
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self

    from snitch.engine.ledger.blame import Blame
    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.difference import Difference
    from snitch.engine.ledger.history import History
    from snitch.engine.ledger.models import ModelRow
    from snitch.engine.ledger.shown import Shown
    from snitch.findings import Report
    from snitch.registry.release import Release


class ModelRepository:
    """A Git repository as a model registry.

    It keeps one Git process: use it as a context manager, or `close` it. It answers for the state
    that it was opened on; open it again after a commit. Every method raises
    `snitch.CannotJudgeError`, with a `remedy`, where the repository cannot give an answer.

    Args:
        path: A directory of the repository.
        as_of: The day of the questions; today by default (in UTC).
    """

    def __init__(self, path: str | Path = ".", *, as_of: date | None = None) -> None:
        from snitch.engine.ledger.book import open_book  # noqa: PLC0415 - `import snitch` is cheap

        self.path = Path(path).absolute()
        self.as_of = as_of or datetime.now(timezone.utc).date()
        self._book: Book = open_book(self.path, self.as_of)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the Git process; the repository may be asked again, which starts another."""
        self._book.repository.close()

    def models(self) -> tuple[ModelRow, ...]:
        """Every model: its versions by environment, age of data, verdict on production."""
        from snitch.engine.ledger.models import overview  # noqa: PLC0415 - as above

        return overview(self._book).models

    def release(self, model: str, at: str | date | None = None) -> Release:
        """One release: metadata, metrics, changelog, dependencies, weights.

        Args:
            model: The model's name or directory.
            at: An environment (`production`, `staging`, `worktree`), a version, a revision, or a
                day: then what production held at its end. None for production.
        """
        if isinstance(at, date):
            from snitch.engine.ledger.history import held_on  # noqa: PLC0415 - as above

            return held_on(self._book, model, at)
        return self.show(model, at).release

    def show(self, model: str, at: str | None = None) -> Shown:
        """One release with everything around it: evidence, changelog entry, how to have weights."""
        from snitch.engine.ledger.shown import show  # noqa: PLC0415 - as above

        return show(self._book, model, at)

    def history(self, model: str) -> History:
        """The releases of a model that production held, the newest first."""
        from snitch.engine.ledger.history import history  # noqa: PLC0415 - as above

        return history(self._book, model)

    def diff(
        self,
        model: str,
        before: str = "production",
        after: str = "worktree",
        *,
        all: bool = False,  # noqa: A002 - as the option is called
    ) -> Difference:
        """What lies between two releases of a model: environments, versions or revisions."""
        from snitch.engine.ledger.difference import differences  # noqa: PLC0415 - as above

        return differences(self._book, model, before, after, everything=all)[0]

    def blame(self, model: str, metric: str, slice: str | None = None) -> Blame:  # noqa: A002 - the user's word
        """The releases that moved a metric in production, the newest first."""
        from snitch.engine.ledger.blame import blame  # noqa: PLC0415 - as above

        return blame(self._book, model, metric, slice)

    def check(self, *models: str, ref: str | None = None, all: bool = False) -> Report:  # noqa: A002 - as the option is called
        """Judge the models that the working tree (or a commit) touches, or those named, or all."""
        from snitch.engine.checking import check  # noqa: PLC0415 - as above
        from snitch.engine.request import Request  # noqa: PLC0415

        return check(
            Request(
                self.path,
                self.as_of,
                candidate="worktree" if ref is None else "commit",
                ref=ref,
                names=models,
                everything=all,
            )
        )


def open(path: str | Path = ".", *, as_of: date | None = None) -> ModelRepository:  # noqa: A001 - `snitch.open` reads as it is
    """Open the repository around a directory.

    Raises:
        CannotJudgeError: there is none, or its policy cannot be used.
    """
    return ModelRepository(path, as_of=as_of)
