"""The parts of a comparison of two JSON Schemas; `schema_diff` puts them together."""
