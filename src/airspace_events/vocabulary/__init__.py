"""The closed vocabularies of records.

Each module defines the vocabularies of one subject. The modules define the terms as types, so a
type checker reports a wrong term. The ``.toml`` file with the name of the module has the
definition of each term and its codes in other standards. `airspace_events.vocabulary.codebook`
reads these files.
"""
