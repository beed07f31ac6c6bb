"""The one way to fail: the ladder of exceptions. No handling lives here.

    GangmuError                 exit code 3 unless said otherwise
    ├── InputError              a document or data file is missing, unreadable or malformed
    ├── StoreError              the store is missing, damaged or of another version
    ├── UsageError              a name, option or parameter that does not exist   (exit code 2)
    ├── LimitError              a query takes more than it may                    (exit code 4)
    └── CheckFailed             a check ran and failed                            (exit code 1)

Every message names the file (or thing), the place in it, and the remedy, in one line.
"""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """The text with what would steer a terminal or cannot be encoded written as escapes, on one line."""
    steering = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "".join(
        char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in steering else char
        for char in text
    )


class GangmuError(Exception):
    """An error to be shown to the user in one line; `exit_code` is what the command returns."""

    exit_code = 3

    def __init__(self, what: str, problem: str, remedy: str) -> None:
        """`what` names the file and the place, `problem` what is wrong there, `remedy` what to do."""
        self.what, self.problem, self.remedy = printable(what), printable(problem), printable(remedy)
        super().__init__(f"{self.what}: {self.problem}; {self.remedy}")

    def __reduce__(self) -> tuple[type[GangmuError], tuple[str, str, str]]:
        """Its three parts, so that it passes from one process to another."""
        return type(self), (self.what, self.problem, self.remedy)


class InputError(GangmuError):
    """A document or data file is missing, unreadable or malformed."""


class StoreError(GangmuError):
    """The store is missing, damaged or of another version."""


class UsageError(GangmuError):
    """A name, option or parameter that does not exist."""

    exit_code = 2


class LimitError(GangmuError):
    """A query takes more time, memory or space than it may, or all workers are busy."""

    exit_code = 4


class CheckFailed(GangmuError):
    """A check ran and found what must not be."""

    exit_code = 1
