"""Comparison of whole feeds: the difference of two feeds, and the merge of several."""
