"""How the documents are built."""

import inspect
import re
from collections.abc import Iterator
from importlib.metadata import version as version_of
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from docutils import nodes
from pydantic import BaseModel
from sphinx.application import Sphinx
from typing_extensions import TypeAliasType

import airspace_events as ae
from airspace_events.values.scalars import Form

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
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
# Longer signatures have one line for each parameter.
maximum_signature_line_length = 88
nitpick_ignore_regex = [
    ("py:.*", r"(?!airspace_events\.).*"),
    # Type variables, and classes that only the validators use.
    ("py:.*", r"airspace_events\..*\.(C|T|V|FieldShape|RawRecord)"),
]

HIDDEN_COLON = "\N{RATIO}"

LIVE_PAGE = re.compile(r"^<!-- live page: ([\w-]+), (.+) -->$", re.MULTILINE)
SHOWN_PAGE = r"""
<iframe class="live-page" src="pages/\1.html" title="Page: \2" loading="lazy"></iframe>

<p><a href="pages/\1.html">Open this page alone</a></p>
"""

CODEBOOK = set(
    re.findall(
        r"^### (\w+)$",
        Path(__file__).with_name("codebook.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
)


def strip_metadata(_: Sphinx) -> None:
    """Remove from the signatures of models what only pydantic reads in their annotations."""
    for name in [*ae.__all__, "formats.SheetMapping"]:
        attrgetter(name)(ae)  # loads it
    models = list(subclasses(BaseModel))
    for model in models:
        model.model_rebuild()  # its signature is complete only afterwards
    for model in models:
        signature = inspect.signature(model)

        def annotated() -> None: ...

        annotated.__annotations__ = {
            name: parameter.annotation for name, parameter in signature.parameters.items()
        }
        plain = get_type_hints(annotated)
        model.__signature__ = signature.replace(
            parameters=[
                parameter.replace(annotation=plain[name])
                for name, parameter in signature.parameters.items()
                if not is_tag(plain[name], parameter)
            ]
        )
        own = vars(model).get("__annotations__", {})
        model.__annotations__ = {name: plain.get(name, kind) for name, kind in own.items()}


def is_tag(kind: Any, parameter: inspect.Parameter) -> bool:
    """Return whether a required field has only one value, which the constructor writes."""
    is_required = parameter.default is inspect.Parameter.empty
    return is_required and get_origin(kind) is Literal and len(get_args(kind)) == 1


def subclasses(base: type[Any]) -> Iterator[type[Any]]:
    """Yield the subclasses that belong to this library, and theirs."""
    for model in base.__subclasses__():
        if model.__module__.startswith("airspace_events."):
            yield model
        yield from subclasses(model)


def show_factories(*called: Any) -> tuple[str, str] | None:
    """Write a default that is made for each call as three dots."""
    *_, arguments, returned = called
    return arguments and (arguments.replace("<factory>", "..."), returned)


def keep_colon(_: Sphinx, what: str, *documented: Any) -> None:
    """Hide the colon of a first line from napoleon, which takes the words before it for a type."""
    lines = documented[-1]
    if lines[:1] == (TypeAliasType.__doc__ or "").splitlines()[:1]:
        lines.clear()  # an alias without a docstring shows that of its class
    if what in {"attribute", "data", "property"} and lines:
        lines[0] = lines[0].replace(":", HIDDEN_COLON)


def add_to_docstring(
    _: Sphinx, what: str, name: str, documented: Any, __: Any, lines: list[str]
) -> None:
    """Link a model to its section of the codebook, and describe the type of a field."""
    lines[:] = [line.replace(HIDDEN_COLON, ":") for line in lines]
    title = name.rpartition(".")[2]
    if what == "class" and title in CODEBOOK:
        link = f"`{title} in the codebook <codebook.html#{title.lower()}>`__"
        lines += ["", f"{link} explains each field."]
    elif isinstance(documented, TypeAliasType):
        kind, *metadata = get_args(documented.__value__)
        for form in metadata:
            if isinstance(form, Form):
                standard = f" ({form.standard})" if form.standard else ""
                written = f"Python type ``{getattr(kind, '__name__', kind)}``"
                lines += ["", f"{written}: {form.name}{standard}, such as ``{form.example}``."]


def link_to_codebook(
    app: Sphinx, _: Any, wanted: nodes.Element, shown: nodes.Element
) -> nodes.Element | None:
    """Lead from the name of a vocabulary to its section of the codebook."""
    module, _, name = wanted.get("reftarget", "").rpartition(".")
    if not module.startswith("airspace_events.vocabulary.") or name not in CODEBOOK:
        return None
    page = app.builder.get_relative_uri(wanted.get("refdoc", "index"), "codebook")
    return nodes.reference("", "", shown, internal=True, refuri=f"{page}#{name.lower()}")


def show_live_pages(_: Sphinx, __: str, source: list[str]) -> None:
    """Show the page for readers of an example in place of a comment, which other sites hide."""
    source[0] = LIVE_PAGE.sub(SHOWN_PAGE, source[0])


def write_live_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write the pages for readers that the documents show."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "pages"
    folder.mkdir(exist_ok=True)
    for document in Path(app.srcdir).glob("*.md"):
        for name, _ in LIVE_PAGE.findall(document.read_text(encoding="utf-8")):
            dossier = ae.Dossier.read(Path(app.srcdir) / "examples" / f"{name}.jsonl")
            (folder / f"{name}.html").write_text(dossier.to_html(), encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("source-read", show_live_pages)
    app.connect("build-finished", write_live_pages)
    app.connect("builder-inited", strip_metadata)
    app.connect("autodoc-process-signature", show_factories)
    app.connect("autodoc-process-docstring", keep_colon, priority=400)  # before napoleon
    app.connect("autodoc-process-docstring", add_to_docstring, priority=600)  # after it
    app.connect("missing-reference", link_to_codebook)
