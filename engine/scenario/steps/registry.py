"""The kinds of steps: each a Chinese and an English word, the keys it may have, what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from engine.scenario.desk import Desk
    from engine.scenario.model import Step

Sort = Literal["setting", "action", "expectation"]
Run = Callable[["Desk", "Step"], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A key of a step beside the one that says its kind."""

    zh: str
    en: str
    required: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of step. A setting is possible before anything else only, an action is not possible
    in `then`, and an expectation only there.
    """

    zh: str
    en: str
    sort: Sort
    keys: tuple[Key, ...]
    run: Run
    note: str

    def key(self, word: str) -> Key | None:
        """The key with this Chinese or English word."""
        return next((key for key in self.keys if word in (key.zh, key.en)), None)


USER = Key(zh="人员", en="user", required=True)
CASE = Key(zh="案件", en="case")
PROCESS = Key(zh="流程", en="process")
"""Of the procedures of a case, the one that the step means."""
REASON = Key(zh="理由", en="reason")
REFUSED = Key(zh="应被拒绝", en="refused")
INCIDENT = Key(zh="会有异常", en="incident")

_KINDS: dict[str, Kind] = {}


def kind(zh: str, en: str, sort: Sort, *keys: Key) -> Callable[[Run], Run]:
    """Register the function below as what a step of this kind does; its docstring is the help."""

    def register(run: Run) -> Run:
        own = keys + ((REFUSED, INCIDENT) if sort == "action" else ())
        _KINDS[en] = Kind(
            zh=zh, en=en, sort=sort, keys=own, run=run, note=(run.__doc__ or "").strip()
        )
        return run

    return register


def kinds() -> Mapping[str, Kind]:
    """Every kind by its English word."""
    return _KINDS


def kind_of(word: str) -> Kind | None:
    """The kind with this Chinese or English word."""
    return next((kind for kind in _KINDS.values() if word in (kind.zh, kind.en)), None)
