"""GeoJSON (RFC 7946): records on maps."""
