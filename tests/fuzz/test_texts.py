"""Whatever the text, reading it gives an expression or one of the two errors that say why not."""

from __future__ import annotations

from hypothesis import given

from tests.fuzz.effort import examples, made
from tests.fuzz.expressions import any_text, expression, unary_tests
from tests.fuzz.targets import read_text, reads


@examples(400)
@given(made(any_text))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_text(text)


@examples(300)
@given(made(expression), made(unary_tests))
def test_what_the_grammar_makes_is_read(valid: str, cell: str) -> None:
    assert reads(valid)
    assert reads(cell, as_cell=True)
