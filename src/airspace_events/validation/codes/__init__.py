"""The registry of all codes of notices, each with its severity and meaning.

Each code has one entry, with its examples, in the ``.toml`` file of its family.
"""

from airspace_events.validation.codes.registry import CODES, FAMILIES, Code, Severity

__all__ = ["CODES", "FAMILIES", "Code", "Severity"]
