"""Read and write feeds."""
