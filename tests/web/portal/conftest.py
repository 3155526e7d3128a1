from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from engine.clock import in_shanghai
from engine.register.models import Entry, EntryMark, Party, Publication
from engine.runtime import Runtime

Publish = Callable[..., int]

FIELDS = (
    ("name", "名称（姓名）"),
    ("code", "统一社会信用代码（证件号码）"),
    ("decision_no", "决定文号"),
    ("summary", "失信事实摘要"),
)


@pytest.fixture
def publish(runtime: Runtime) -> Publish:
    """Publish an entry or a notice on the portal as the procedures do; gives its key."""

    def publish_(
        number: int,
        *,
        name: str = "示例甲机械有限公司",
        code: str = "91000000MA00000157",
        shown_code: str | None = None,
        party_class: str = "unit",
        action: str = "publish",
        title: str = "列入公示",
        last_day: date = date(2026, 8, 11),
        ended_at: datetime | None = None,
        counted: bool = True,
        taken_down_at: datetime | None = None,
        hides: bool = False,
        adapter: str = "portal",
        event: str = "列入",
        end_ground: str | None = None,
    ) -> int:
        at = in_shanghai(datetime(2025, 8, 12, 10))
        with runtime.engine.begin() as connection:
            party = connection.execute(
                insert(Party).returning(Party.key),
                {
                    "code": f"{code}-{number}" if number > 1 and party_class == "unit" else code,
                    "party_class": party_class,
                    "name": name,
                    "details": {},
                    "changed_at": at,
                },
            ).scalar_one()
            entry = connection.execute(
                insert(Entry).returning(Entry.key),
                {
                    "entry_no": f"贵社信列〔2025〕{number}号",
                    "case_no": f"贵社信案〔2025〕{number}号",
                    "party_key": party,
                    "decision_no": f"贵社信列〔2025〕{number}号",
                    "decision_date": date(2025, 8, 11),
                    "years": 1,
                    "last_day": last_day,
                    "status": "已公示",
                    "ended_at": ended_at,
                    "end_ground": end_ground,
                    "counted": counted,
                    "measures": [],
                    "criteria": [3],
                    "organisation": "CZ-GC",
                    "organisation_path": "/CZ/CZ-GC/",
                    "created_at": at,
                },
            ).scalar_one()
            if hides:
                connection.execute(
                    insert(EntryMark),
                    {
                        "entry_key": entry,
                        "kind": "停止执行",
                        "hides": True,
                        "suspends": True,
                        "since_at": at + timedelta(days=1),
                        "idempotency_key": f"mark-{number}",
                    },
                )
            content: dict[str, Any] = {
                "columns": [
                    {"name": field, "label": label, "label_en": field, "value": value}
                    for (field, label), value in zip(
                        FIELDS,
                        (name, shown_code or code, f"贵社信列〔2025〕{number}号", "欠缴社会保险费"),
                        strict=True,
                    )
                ]
            }
            return connection.execute(
                insert(Publication).returning(Publication.key),
                {
                    "entry_key": entry,
                    "channel": "C1",
                    "event": event,
                    "action": action,
                    "title": title,
                    "adapter": adapter,
                    "content": content,
                    "published_at": at,
                    "taken_down_at": taken_down_at,
                    "idempotency_key": f"publication-{number}-{action}",
                },
            ).scalar_one()

    return publish_
