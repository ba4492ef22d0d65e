"""Resolve time phrases in news reports, such as "overnight" or "earlier this month"."""
