"""JSON Schemas and the codebook, generated from the models for use without Python."""
