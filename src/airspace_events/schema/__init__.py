"""Schemas and the codebook: what the models say, for those who never see the Python."""
