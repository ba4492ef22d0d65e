"""Texts with control characters, which models take and the validator takes for errors.

What writes and reads records must keep them all the same.
"""

from hypothesis import strategies as st

CONTROL_TEXTS = st.sampled_from(
    ["\ufeff\x00\x1b[31m\x7f", "line\r\nline\x85line", "\x00", "\x1b]8;;https://x\x07"]
) | st.text(min_size=1, max_size=20)
