"""The closed vocabularies of records, with the definition of each term."""
