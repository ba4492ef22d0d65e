"""Reading and writing of feeds."""
