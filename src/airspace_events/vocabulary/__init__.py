"""The words that records may use. Each module holds the closed vocabularies of one subject.

The words stand in the modules, as types, so that a type checker refuses a wrong one.
What each means, and its code in other standards, stands in the ``.toml`` file of the same
name; `airspace_events.vocabulary.codebook` reads those.
"""
