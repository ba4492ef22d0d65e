"""What records say of each other: rules that no record can break by itself."""
