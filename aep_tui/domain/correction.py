"""The correction of the credentials of a connection that exists already."""

from __future__ import annotations

from dataclasses import field

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.place import Place


@dataclass(frozen=True, slots=True)
class Correction:
    """What is corrected; it holds only as long as the choice and the target stay the same.

    Attributes:
        connection_id: the connection whose parameters are replaced.
        connection_spec_id, auth_spec_name: what it was created with; the platform does not let the first change, and
            no document says that the second may.
        place: where it is.
        etag: of the version that the person saw; the platform refuses the change when there is a newer one.
    """

    connection_id: str
    connection_spec_id: str
    auth_spec_name: str
    place: Place
    etag: str = field(default="", compare=False)
