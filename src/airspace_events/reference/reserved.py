"""The ids of the built-in alliances. A feed may refer to them but must not define them."""

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
