"""Finding instances by whom they are about: name, code, case number."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_

from engine.runtime.models import ProcessInstance

UNIT = "unit"
"""The kind of subject whose code is public."""


def about(words: str) -> ColumnElement[bool]:
    """The condition on `process_instance` for `words` in its subject, code or case number.

    The number of a person is found as a whole only: part by part it could be guessed from lists
    that mask it.
    """
    words = words.strip()
    code = ProcessInstance.subject_code
    return or_(
        ProcessInstance.subject.icontains(words, autoescape=True),
        ProcessInstance.business_key.icontains(words, autoescape=True),
        func.upper(code) == words.upper(),
        and_(ProcessInstance.subject_kind == UNIT, code.icontains(words, autoescape=True)),
    )
