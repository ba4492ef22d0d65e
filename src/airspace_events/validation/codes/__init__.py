"""Every code that a notice can have, with its severity and its meaning: the one registry.

Each code has one entry in the ``.toml`` file of its family, together with its examples.
"""

from airspace_events.validation.codes.registry import CODES, FAMILIES, Code, Severity

__all__ = ["CODES", "FAMILIES", "Code", "Severity"]
