"""Reads the words that news reports have for times: "overnight", "earlier this month"."""
