"""The GeoJSON format (RFC 7946), which shows records on maps."""
