"""What is known already: the records that the library brings with it."""
