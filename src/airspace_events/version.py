"""The version of the library; the package metadata read it from this module."""

__version__ = "0.1.0"
