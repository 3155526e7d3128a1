"""Repayment agreements: their instalments, as a case says them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, delete, insert

from engine.register.models import RepaymentInstalment


def keep_instalments(
    connection: Connection, case_no: str, party_key: int, instalments: Sequence[object]
) -> None:
    """Write the plan of a case anew; instalments without day or amount are left out."""
    connection.execute(delete(RepaymentInstalment).where(RepaymentInstalment.case_no == case_no))
    rows = [
        {
            "case_no": case_no,
            "party_key": party_key,
            "number": number,
            "due_date": one["due_date"],
            "amount": one["amount"],
            "paid_date": _or_none(one.get("paid_date"), date),
            "paid_amount": _or_none(one.get("paid_amount"), Decimal),
        }
        for number, one in enumerate(instalments, start=1)
        if isinstance(one, Mapping)
        and isinstance(one.get("due_date"), date)
        and isinstance(one.get("amount"), Decimal)
    ]
    if rows:
        connection.execute(insert(RepaymentInstalment), rows)


def _or_none(value: object, kind: type) -> object:
    return value if isinstance(value, kind) else None
