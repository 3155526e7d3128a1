from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert

from engine.clock import parse_instant
from engine.register.entries import create_entry
from engine.register.entry_status import PUBLISHED
from engine.register.models import EntryMark
from engine.register.parties import record_party
from engine.register.precheck import Answer, AskPrecheck, Question
from engine.runtime import Runtime

DING = {"name": "示例丁茶业有限公司", "code": "91000000MA000004XL", "party_class": "unit"}


@pytest.fixture
def listed(runtime: Runtime) -> Callable[..., str]:
    """listed(DING, "2025-03-10", "2026-03-10"): an entry of that party; its number."""

    def enter(
        party: dict[str, str], decided: str, last_day: str, *, held: bool = False, **more: Any
    ) -> str:
        number = f"石社信列〔2025〕{len(made) + 1}号"
        made.append(number)
        with runtime.engine.begin() as connection:
            create_entry(
                connection,
                {
                    "entry_no": number,
                    "case_no": f"案{len(made)}",
                    "party_key": record_party(connection, party, runtime.clock.now()),
                    "decision_no": number,
                    "decision_date": date.fromisoformat(decided),
                    "years": 1,
                    "last_day": date.fromisoformat(last_day),
                    "status": PUBLISHED,
                    "measures": [],
                    "criteria": [7],
                    "organisation": "CZ-ST",
                    "organisation_path": "CZ/CZ-ST/",
                    "created_at": runtime.clock.now(),
                    **more,
                },
            )
            if held:
                key = connection.exec_driver_sql("SELECT max(key) FROM entry").scalar_one()
                connection.execute(
                    insert(EntryMark),
                    {
                        "entry_key": key, "kind": "停止执行", "hides": True, "suspends": True,
                        "since_at": datetime.fromisoformat("2025-01-01T00:00:00+08:00"),
                        "idempotency_key": f"held-{key}",
                    },
                )  # fmt: skip
        return number

    made: list[str] = []
    return enter


@pytest.fixture
def asks(runtime: Runtime, person: Callable[..., Any]) -> Callable[..., Answer]:
    """asks("2026-03-10 23:59"): the procurement clerk asks about DING as of then."""

    def ask(as_of: str | None = None, login: str = "cz_zb01", **more: str) -> Answer:
        question = {
            "purpose": "项目招投标", "project_no": "CG-2025-7", "door": "page", **DING, **more,
        }  # fmt: skip
        question.pop("party_class")
        answer: Answer = runtime.execute(
            AskPrecheck(
                question=Question(as_of=parse_instant(as_of) if as_of else None, **question),
                user=person(login),
            )
        )
        return answer

    return ask
