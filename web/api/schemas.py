"""What a view of the interface takes, said beside it for its description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])
OBJECT: Mapping[str, object] = {"type": "object"}


def takes(schema: Mapping[str, object]) -> Callable[[View], View]:
    """The view takes a JSON object of this schema."""

    def mark(view: View) -> View:
        view.takes = schema  # type: ignore[attr-defined]
        return view

    return mark


def taken_by(view: Callable[..., object]) -> Mapping[str, object]:
    """The schema of what `view` takes; any object if it does not say."""
    schema: Mapping[str, object] = getattr(view, "takes", OBJECT)
    return schema
