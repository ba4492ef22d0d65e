"""One kind of notice."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of notice.

    Attributes:
        name: the stable name.
        severity: ``error`` can never be right, ``warning`` should be looked at, ``info`` is told.
        meaning: what is wrong, and what to do about it.
    """

    name: str
    severity: Severity
    meaning: str
