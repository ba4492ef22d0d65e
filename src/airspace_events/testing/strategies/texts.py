"""Texts of every plain kind: names, ids, addresses, and JSON of the writer's own.

No text holds a control character: the validator takes those for errors.
"""

import string
from typing import Any

from hypothesis import strategies as st

from airspace_events.reference.reserved import RESERVED_ALLIANCES
from airspace_events.vocabulary.state_codes import StateCode
from airspace_events.vocabulary.word_lists import words_of

TextStrategy = st.SearchStrategy[str]

_CORNERS = (
    "Angel Tîlvăr",
    "Дрон упав біля села Плауру",
    "مسيّرة عبرت الحدود",
    "רחפן חצה את הגבול",
    "無人機が領空に入った",
    "e\u0301 n\u0303 a\u0308\u0323",  # combining marks, as they are typed
    "👩🏽‍✈️ 🇷🇴 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "left \u202eright\u202c \u200e\u200f\u2066x\u2069",
    'a quotation", "key": "value',
    "back\\slash \\u0041 \\n",
    "line\nline\u2028line\u2029line\tline",
    "\ufeff",
    "=HYPERLINK(1)",
    "<b>&amp;</b> | `x` | $y$",
    " ",
    "0",
    "null",
)
_characters = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t")


def _texts(longest: int) -> TextStrategy:
    # The one beyond the basic plane shows whoever counts in UTF-16 units.
    longest_texts = ("x" * longest, "ж" * longest, "x" * (longest - 1) + "😀")
    return st.text(_characters, min_size=1, max_size=20) | st.sampled_from(
        [*_CORNERS, *longest_texts]
    )


free_texts, names = _texts(20_000), _texts(500)


# Ids, and what names a record by its id.

state_codes = st.sampled_from(words_of(StateCode))
alliance_ids = st.sampled_from(sorted(RESERVED_ALLIANCES))


def _ids(smallest: str) -> TextStrategy:
    word = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
    slugs = st.lists(word, min_size=1, max_size=4).map("-".join)
    # The samples come first: Hypothesis shrinks to the first of what takes the fewest choices.
    samples = [smallest, "lv-2024-09-07", "ro", "unn-lv", "0", "x-1-y", "z" * 128]
    return st.sampled_from(samples) | slugs.filter(lambda name: name not in RESERVED_ALLIANCES)


#: Ids of records, and of what they name: mostly not the same, and the same now and then.
record_ids, record_names = _ids("a"), _ids("b")
#: Ids of items start with a letter.
item_ids = (_ids("a") | alliance_ids).filter(lambda name: name[0].isalpha())
object_names = st.builds("{}#{}".format, record_names, item_ids)
actor_names = state_codes | alliance_ids | record_names


def unused_id(name: str, taken: Any) -> str:
    """An id like another one, and none of those that are taken.

    Args:
        name: the id.
        taken: the ids that are taken, as a set or a mapping.
    """
    number = 2
    while (other := f"{name[:100].rstrip('-')}-{number}") in taken:
        number += 1
    return other


# Codes, addresses.

languages = st.sampled_from(
    ["en", "ro", "uk", "zh-Hant-TW", "sr-Latn", "de-CH-1996", "x" * 8, "en-a-bbb-x-1"]
) | st.from_regex(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,2}", fullmatch=True)

web_addresses = st.sampled_from(
    [
        "https://www.example.org/report?a=1#b",
        "http://пример.рф/путь",
        "https://[::1]:8080/%20",
        "https://x/" + "y" * 1990,
    ]
) | st.from_regex(r"https?://[a-z0-9.-]{1,12}/[!-~]{0,12}", fullmatch=True)

domains = st.one_of(
    st.sampled_from(
        ["example.org", "a.b", "-.-", "xn--e1afmkfd.xn--p1ai", "0.1.2", "x" * 96 + ".org"]
    ),
    st.lists(
        st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=9),
        min_size=2,
        max_size=4,
    ).map(".".join),
)

# At most 25 words, between white space of every kind.
_word = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=9
)


def _quoted(words: list[str], before: str, between: str, after: str) -> str:
    return before + between.join(words) + after


quoted_words = st.sampled_from(["x", "x" * 1000]) | st.builds(
    _quoted,
    st.sampled_from([["слово"] * 25, ["x"] * 25]) | st.lists(_word, min_size=1, max_size=25),
    st.sampled_from(["", " ", "\n\t"]),
    st.sampled_from([" ", "\n", "\u00a0", "\u3000 "]),
    st.sampled_from(["", " ", "\u2003"]),
)


def codes(alphabet: str, length: int) -> TextStrategy:
    """Codes of one length."""
    return st.text(alphabet, min_size=length, max_size=length)


# JSON of the writer's own.

_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**80), 2**80) | st.sampled_from([0, 2**53 + 1, 2**63, -(2**64)]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(_characters, max_size=8),
    st.sampled_from(_CORNERS),
)
_keys = st.text(_characters, max_size=6) | st.sampled_from(
    ["", "a/b", "~", '":', "type", "id", "[key]"]
)
_json = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=6,
)
extensions = st.dictionaries(domains, _json, max_size=2)
