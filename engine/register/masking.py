"""Masking: how much of a field may be seen where, as the table of masking says (D09, AM-43).

The table names a rule for a field in a scope (`public`, `share`, `document`, `internal`); here the
rule is applied to a value. Which fields there are is the table's business: a field it does not know
is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from types import MappingProxyType

from sqlalchemy import Connection

from engine.dmn import DecisionModel
from engine.feel import Environment
from engine.register.errors import MaskingRuleUnknown
from engine.runtime import JobContext, Runtime

DECISION = "masking"
"""The decision that says which rule applies (D09)."""

PUBLIC, SHARE, DOCUMENT, INTERNAL = "public", "share", "document", "internal"
"""The scopes: public pages, the sharing platform, letters, pages of the bureau."""

STAR = "*"
_HIDDEN = STAR * 6

Ask = Callable[[Mapping[str, object]], object]
"""Puts variables to the decision and gives its result."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A field as it may be seen: `value`, None if it is left out.

    `restricted` says that who has the right may see it in full: a page offers to reveal it.
    """

    value: object
    restricted: bool = False


class Masking:
    """The rules of one scope. Ask it of every field before it is shown."""

    def __init__(self, ask: Ask, scope: str) -> None:
        self.scope = scope
        self._ask = ask
        self._known: dict[tuple[str, int | None, object], tuple[str, str]] = {}

    def shown(self, field: str, value: object, *, id_type: object = None) -> Shown:
        """How `value` of the table's `field` may be seen; nothing stays nothing.

        `id_type` is the kind of document of an identity number. Raises `MaskingRuleUnknown`.
        """
        if value in (None, ""):
            return Shown(value=None)
        rule, text = self._rule(field, value, id_type)
        if rule == "replace":
            return Shown(value=text)
        apply = _RULES.get(rule)
        if apply is None:
            known = "、".join((*_RULES, "replace"))
            raise MaskingRuleUnknown(rule=rule, field=field, scope=self.scope, known=known)
        return Shown(value=apply(value), restricted=rule == "restricted")

    def mask(self, field: str, value: object, *, id_type: object = None) -> object:
        """What may be seen of `value`, None if nothing."""
        return self.shown(field, value, id_type=id_type).value

    def party(self, party: Mapping[str, object]) -> dict[str, object]:
        """A party as it may be seen: the fields of `party` that are not left out, masked.

        What the table has no field for (its class, dates, the kind of its document) stays.
        """
        seen = {name: value for name, value in party.items() if name in _UNMASKED}
        for name, field in fields_of(party).items():
            value = self.mask(field, party.get(name), id_type=party.get("id_type"))
            if value is not None:
                seen[name] = value
        if people := self._people(party.get("responsible")):
            seen["responsible"] = people
        return seen

    def _people(self, people: object) -> list[dict[str, object]]:
        rows = people if isinstance(people, list) else []
        masked = [
            {name: self.mask(field, row.get(name)) for name, field in _RESPONSIBLE.items()}
            for row in rows
            if isinstance(row, Mapping)
        ]
        seen = [{name: v for name, v in row.items() if v is not None} for row in masked]
        return [row for row in seen if row]

    def _rule(self, field: str, value: object, id_type: object) -> tuple[str, str]:
        length = len(value) if isinstance(value, str) else None
        key = (field, length, id_type)
        if key not in self._known:
            result = self._ask(
                {
                    "field": field,
                    "scope": self.scope,
                    "id_length": Decimal(length) if length is not None else None,
                    "id_type": id_type,
                }
            )
            said = result if isinstance(result, Mapping) else {}
            self._known[key] = (str(said.get("rule") or "omit"), str(said.get("text") or ""))
        return self._known[key]


class Maskings:
    """The rules of every scope as deployed now, for pages; `in_scope` is asked per request."""

    def __init__(self, runtime: Runtime, connection: Connection) -> None:
        self._runtime = runtime
        self._connection = connection

    def in_scope(self, scope: str) -> Masking:
        """The rules of one scope."""
        return Masking(self._ask, scope)

    def _ask(self, variables: Mapping[str, object]) -> object:
        environment = Environment(clock=self._runtime.clock)
        return self._deployed.evaluate(DECISION, variables, environment).result

    @cached_property
    def _deployed(self) -> DecisionModel:
        definitions = self._runtime.definitions
        horizon = definitions.horizon(self._connection)
        return definitions.decision_as_of(self._connection, DECISION, horizon).model


def masking_of(job: JobContext, scope: str) -> Masking:
    """The rules of a scope as the process of a job was told them; its variables may refine them
    (`publish_responsible`)."""
    return Masking(lambda asked: job.decide(DECISION, {**job.variables, **asked}), scope)


def fields_of(party: Mapping[str, object]) -> Mapping[str, str]:
    """The names of a party's details, and the field of the table that each is."""
    return _PERSON if party.get("party_class") == "individual" else _UNIT


def mask_ends(value: object, front: int, back: int) -> str:
    """The first and last characters, stars between; all stars if it is too short for that."""
    text = str(value)
    hidden = len(text) - front - back
    if hidden <= 0:
        return STAR * len(text)
    return text[:front] + STAR * hidden + text[-back:]


def _surname_only(value: object) -> str:
    text = str(value).strip()
    return text[:1] + STAR * max(len(text) - 1, 1)


def _round_to_yuan(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return value
    return Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _restricted(value: object) -> str:
    """Enough to recognise a number by its ends, nothing of anything else."""
    text = str(value)
    if not text.isascii() or not text.isalnum():
        return _HIDDEN
    return (
        mask_ends(text, 6, 4) if len(text) >= len("341702190001060065") else mask_ends(text, 2, 2)
    )


_RULES: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "full": lambda value: value,
        "omit": lambda value: None,
        "mask_6_4": lambda value: mask_ends(value, 6, 4),
        "mask_2_2": lambda value: mask_ends(value, 2, 2),
        "round_yuan": _round_to_yuan,
        "surname_only": _surname_only,
        "restricted": _restricted,
    }
)
"""The rules of the table and what each does to a value."""

_UNIT = MappingProxyType(
    {
        "name": "unit_name",
        "code": "unit_code",
        "address": "unit_address",
        "phone": "unit_phone",
        "legal_rep_name": "legal_rep_name",
        "legal_rep_id_no": "legal_rep_id_no",
    }
)
_PERSON = MappingProxyType(
    {
        "name": "person_name",
        "code": "person_id_no",
        "address": "person_address",
        "phone": "person_phone",
        "account": "person_account",
    }
)
_RESPONSIBLE = MappingProxyType({"name": "responsible_name", "id_no": "responsible_id_no"})
_UNMASKED = frozenset({"party_class", "kind_stated", "id_type"})
