"""Comparison of whole feeds: the difference between two feeds, and the merge of several feeds."""
