"""What is wrong in a simulation, with everything needed to play it again."""

from __future__ import annotations


class SimulationFailed(AssertionError):
    """A sentence on what is wrong; the simulation adds its seed, instant and the case's course."""

    def __init__(self, what: str, about: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.about = about
        """The business key of the case or entry concerned."""


def require(holds: bool, what: str, about: str | None = None) -> None:
    """Raise `SimulationFailed` unless `holds`."""
    if not holds:
        raise SimulationFailed(what, about)
