"""The version of the library, which its metadata take from here."""

__version__ = "0.1.0"
