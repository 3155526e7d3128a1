from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from engine.register.entries import create_entry
from engine.register.entry_status import PUBLISHED
from engine.register.parties import record_party

DING = {"name": "示例丁茶业有限公司", "code": "91000000MA000004XL", "party_class": "unit"}
QUESTION = {
    "purpose": "bidding", "project_no": "CG-2025-7", "name": DING["name"], "code": DING["code"],
}  # fmt: skip


@pytest.fixture
def listed(runtime) -> Callable[..., str]:
    """listed(DING): an entry of that party, in force from March 2025 to March 2026."""

    def enter(party: dict[str, str], number: str = "石社信列〔2025〕1号") -> str:
        with runtime.engine.begin() as connection:
            create_entry(
                connection,
                {
                    "entry_no": number,
                    "case_no": f"案{number}",
                    "party_key": record_party(connection, party, runtime.clock.now()),
                    "decision_no": number,
                    "decision_date": date(2025, 3, 10),
                    "years": 1,
                    "last_day": date(2026, 3, 10),
                    "status": PUBLISHED,
                    "measures": [],
                    "criteria": [7],
                    "organisation": "CZ-ST",
                    "organisation_path": "CZ/CZ-ST/",
                    "created_at": runtime.clock.now(),
                },
            )
        return number

    return enter
