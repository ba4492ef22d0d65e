"""The ids of the built-in alliances. Any feed may name them; none may define them."""

RESERVED_ALLIANCES = frozenset(
    {
        "bucharest-nine",
        "cis",
        "council-of-europe",
        "csto",
        "eu",
        "jef",
        "nato",
        "nordic-baltic-eight",
        "osce",
        "visegrad",
        "weimar-triangle",
    }
)
