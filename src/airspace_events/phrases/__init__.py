"""Reads the time phrases of news reports, such as "overnight" or "earlier this month"."""
