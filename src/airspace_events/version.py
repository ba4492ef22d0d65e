"""The version of the library, which the package metadata also uses."""

__version__ = "0.1.0"
