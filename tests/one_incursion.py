"""One incursion with little more than it must have, which tests change as they need it."""

from typing import Any

import airspace_events as ae


def incursion(**fields: Any) -> ae.Incursion:
    """The incursion with other fields, or with further ones."""
    given_fields = {
        "id": "lv-2024-09-07",
        "state": "LV",
        "crossing": "reported",
        "time": {"value": "2024-09-07", "timezone": "Europe/Riga"},
        "sources": [{"source": "unn-lv"}],
    }
    return ae.Incursion(**given_fields | fields)
