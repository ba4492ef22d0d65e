"""How the documents are built."""

from importlib.metadata import version as version_of

project = "airspace-events"
author = "the airspace-events authors"
copyright = "2026, the airspace-events authors"
release = version = version_of("airspace-events")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinxcontrib.mermaid",
]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "examples"]
html_theme = "furo"
html_title = "airspace-events"
html_static_path = ["_static"]
html_css_files = ["site.css"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
# The browser of the reader draws the diagrams, so that the build needs no network.
myst_fence_as_directive = ["mermaid"]
suppress_warnings = ["misc.highlighting_failure", "myst.xref_missing"]

# No other project's inventory is fetched, so that the build needs no network: names outside
# are not links.
autodoc_typehints = "none"
autodoc_member_order = "bysource"
nitpick_ignore_regex = [
    ("py:.*", r"(?!airspace_events\.).*"),
    ("py:.*", r"airspace_events\.models\.records\.Record"),
    # Words stand in the codebook, which is no page of Python names.
    ("py:.*", r"airspace_events\.vocabulary\..*"),
]
