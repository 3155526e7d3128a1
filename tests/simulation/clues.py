"""New clues of all seven criteria: the party, what it did, and the acts of authorities before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.simulation import parties
from tests.simulation.chance import Chance

UNITS = (
    "CZ-XZ", "CZ-JB", "CZ-JC", "CZ-GC-XZ", "CZ-GC-JB", "CZ-GC-JC", "CZ-DZ-XZ", "CZ-DZ-JB",
    "CZ-DZ-JC", "CZ-ST-XZ", "CZ-ST-JB", "CZ-ST-JC", "CZ-QY-XZ", "CZ-QY-JB", "CZ-QY-JC", "CZ-JH-JB",
    "CZ-KF-JB", "CZ-JN-JB",
)  # fmt: skip
FACTS = {
    1: "经行政处罚后仍不依法办理社会保险登记，经核查属实。",
    2: "全年未按时足额缴纳社会保险费，经催缴仍未缴纳，已受行政处罚。",
    3: "未足额缴纳社会保险费，责令限期缴纳后到期仍未缴纳。",
    4: "以伪造的劳动关系骗取社会保险待遇，责令退回后到期未全额退回。",
    5: "待遇领取人死亡后继续冒领其养老金，责令退回后到期未退回。",
    6: "以虚假承诺骗取社会保险待遇，责令退回后到期未退回。",
    7: "拒不配合社会保险检查，限期改正告知后仍不改正，有录像为证。",
}
ACTS = {
    1: "penalty", 2: "penalty", 3: "order_pay", 4: "order_return", 5: "order_return",
    6: "order_return", 7: "warning_notice",
}  # fmt: skip
ONLY_UNITS = (1, 2, 3)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Clue:
    """What the form of a clue is given. `lapses` if the party does in time what it was told to."""

    source_unit: str
    party: dict[str, object]
    case: dict[str, object]
    acts: list[dict[str, object]]
    repay_plan: dict[str, object] | None = None

    @property
    def code(self) -> str:
        return str(self.party["code"])

    def answers(self) -> dict[str, object]:
        """The clue as the form wants it."""
        plan = {"repay_plan": self.repay_plan} if self.repay_plan else {}
        return {
            "source_unit": self.source_unit,
            "clue_source": "还款违约" if plan else "日常业务",
            "party": self.party,
            "case": self.case,
            "acts": self.acts,
            **plan,
        }


class Clues:
    """Makes one clue after another; now and then about a party that was met before."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._known: list[dict[str, object]] = []
        self._made = 0

    def next(self, today: date) -> Clue:
        """A clue as of today."""
        self._made += 1
        criteria = self._criteria()
        party = self._party(criteria)
        acts = [self._act(c, today) for c in criteria]
        plan = self._plan(acts, today) if acts[0]["act_type"] == "repay_agreement" else None
        return Clue(
            source_unit=self._chance.one_of(*UNITS),
            party=party,
            case=self._case(criteria, acts, plan),
            acts=acts,
            repay_plan=plan,
        )

    def _criteria(self) -> list[int]:
        if self._chance.happens(0.1):
            return [2, 3]
        return [self._chance.number(1, 7)]

    def _party(self, criteria: list[int]) -> dict[str, object]:
        chance = self._chance
        fits = [p for p in self._known if _fits(p, criteria)]
        if fits and chance.happens(0.15):
            return chance.one_of(*fits)
        is_unit = criteria[0] in ONLY_UNITS or chance.happens(0.1 if criteria == [5] else 0.5)
        make: Callable[..., dict[str, object]] = parties.unit if is_unit else parties.person
        kind = {"kind": "冒领人"} if criteria == [5] and not is_unit else {}
        party = make(self._made, chance, **kind)
        self._known.append(party)
        return party

    def _act(self, criterion: int, today: date) -> dict[str, object]:
        chance = self._chance
        act_date = today - chance.number(40, 90) * DAY
        served = act_date + chance.number(1, 8) * DAY
        late = chance.happens(0.08)
        due = today + chance.number(0, 12) * DAY if late else served + chance.number(10, 30) * DAY
        kind = ACTS[criterion]
        if criterion == 5 and chance.happens(0.3):
            kind = "repay_agreement"
        return {
            "act_type": kind,
            "act_no": f"池人社字〔{act_date.year}〕{self._made}-{criterion}号",
            "act_organ": "池州市人力资源和社会保障局",
            "act_date": act_date,
            "served_date": served,
            "status": "有效",
            "unfulfilled": not chance.happens(0.04),
            **({} if criterion == 2 else {"due_date": due}),
        }

    def _plan(self, acts: list[dict[str, object]], today: date) -> dict[str, object]:
        first = today - self._chance.number(50, 60) * DAY
        instalments: list[dict[str, object]] = [
            {"no": n + 1, "due_date": first + 15 * n * DAY, "amount": Decimal(4000)}
            for n in range(5)
        ]
        instalments[0] |= {"paid_date": first, "paid_amount": Decimal(4000)}
        acts[0]["due_date"] = instalments[-1]["due_date"]
        return {"reminder_served_date": first + 16 * DAY, "instalments": instalments}

    def _case(
        self,
        criteria: list[int],
        acts: list[dict[str, object]],
        plan: dict[str, object] | None,
    ) -> dict[str, object]:
        chance = self._chance
        act_date = acts[0]["act_date"]
        assert isinstance(act_date, date)
        last = act_date - chance.number(1, 30) * DAY
        due = Decimal(20_000) if plan else Decimal(chance.number(2_000, 90_000))
        amounts = {"amount_due": due, "amount_outstanding": Decimal(16_000) if plan else due}
        return {
            "criteria": criteria,
            "conduct_evidenced": True,
            "act_date_from": last - chance.number(30, 200) * DAY,
            "act_date_to": last,
            "insurance_type": ["养老"],
            "facts": "；".join(FACTS[c] for c in criteria),
            "reasons": "符合社会保险失信人名单列入情形，予以列入。" + FACTS[criteria[0]],
            "legal_basis": ["池人社秘〔2021〕69号第二部分第（一）项"],
            **(amounts if any(2 <= c <= 6 for c in criteria) else {}),
        }


def _fits(party: dict[str, object], criteria: list[int]) -> bool:
    is_unit = party["party_class"] == "unit"
    if criteria[0] in ONLY_UNITS:
        return is_unit
    return criteria != [5] or party["kind_stated"] == "冒领人"
