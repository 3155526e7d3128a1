"""Whatever the file, it is refused with findings, or it can be examined and asked."""

from __future__ import annotations

from hypothesis import given

from tests.fuzz.effort import examples, made
from tests.fuzz.models import SMALL, changed_bytes, changed_elements
from tests.fuzz.targets import ask_model, examine_model, read_model
from tests.fuzz.values import variables


def test_the_file_that_is_changed_is_right() -> None:
    model = read_model(SMALL)
    assert model is not None
    assert {"t", "l", "b"} == set(model.decisions)


@examples(100)
@given(made(changed_bytes, size=40))
def test_a_file_with_other_bytes_is_read_or_refused(xml: bytes) -> None:
    read_model(xml)


@examples(100)
@given(made(changed_elements), made(variables))
def test_a_file_with_other_elements_is_refused_or_answers(
    xml: bytes, context: dict[str, object]
) -> None:
    model = read_model(xml)
    if model is not None:
        examine_model(model)
        ask_model(model, {**context, "x": context.get("a"), "y": context.get("b")})
