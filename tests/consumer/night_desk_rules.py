"""The rules and the words of the night desk."""

from typing import Literal

from pydantic import BaseModel

import airspace_events as ae

RULES = ae.rules.Rules()

TITLE_TOO_LONG = ae.rules.Code(
    "night_desk/title_too_long",
    "warning",
    "The title does not fit on one line of the timeline. Shorten it to 60 characters.",
)


@RULES.rule(ae.Incursion, TITLE_TOO_LONG, field="title")
def title_fits(incursion: ae.Incursion, _: ae.rules.Surroundings) -> ae.rules.Problem | None:
    """A title must fit on one line."""
    length = len(incursion.title or "")
    if length > 60:
        message = f"the title has {length} characters, but the timeline shows only 60"
        return ae.rules.Problem(TITLE_TOO_LONG.name, message, ("title",))
    return None


class Detection(BaseModel, extra="forbid"):
    """The means of detection of each object, by the id of the object."""

    detected_by: dict[str, Literal["radar", "acoustic_sensor", "eyewitness"]]


RULES.extension("night-desk.example.org", Detection)
