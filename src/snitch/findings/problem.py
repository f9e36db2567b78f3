"""The one exception that ends a run: Snitch could not judge, and says how to mend that."""

from __future__ import annotations


class CannotJudgeError(Exception):
    """Something outside the candidate's values stops the judgement: exit status 2.

    Args:
        message: One line: what was found and what was expected.
        remedy: One line: the exact command or edit that mends it.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
