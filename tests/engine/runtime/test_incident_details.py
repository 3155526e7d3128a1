"""What an incident keeps of an error."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import ChengxinError
from engine.runtime.incidents import fault_of


@dataclass(frozen=True)
class _Lack:
    path: str


class _Incomplete(ChengxinError):
    zh = "还缺 {count} 项。"
    en = "{count} items are missing."


def test_an_error_that_carries_objects_of_its_room_still_becomes_an_incident() -> None:
    # given an error with values that no expression knows
    error = _Incomplete(count=1, missing=[_Lack(path="party.name")])
    # when it is kept
    fault = fault_of(error)
    # then the sentence is there, and the object is readable text
    assert fault.zh == "还缺 1 项。"
    assert "party.name" in str(fault.details["missing"])
