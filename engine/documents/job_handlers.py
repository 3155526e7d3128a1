"""What service tasks may ask of this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.documents.archive import archive
from engine.documents.data import look_up
from engine.documents.errors import TemplateUnknown
from engine.documents.render import default_press
from engine.documents.template import Template
from engine.runtime.jobs import JobContext, job_handler
from engine.runtime.numbering import number_for
from engine.runtime.variables import merged

DEFAULT_RESULT = "document"


@job_handler("documents.produce")
def produce_document(job: JobContext) -> Mapping[str, object]:
    """Typeset the letter of header `template` from the variables and keep it.

    Header `number_kind` gives the letter the next number of that kind; without it the number
    stands in the variables already. Header `made_date` dates it; else its date is the one in the
    variables, today if there is none.
    Header `result` names the variable that gets key, title, number, date and hash.
    """
    press = default_press()
    name = job.header("template")
    if not isinstance(name, str):
        raise TemplateUnknown(name=name, known="、".join(press.names()))
    template = press.template(name)
    data = _dated(template, job)
    kind = job.header("number_kind")
    if isinstance(kind, str) and template.number_path:
        made = _day(data, template.date_path) or job.now.date()
        data = _with(data, template.number_path, number_for(job, kind, made.year))
    document = press.produce(name, data)
    key = archive(
        job.connection,
        document,
        created_at=job.now,
        instance_key=job.root_key,
        business_key=job.business_key,
    )
    return {
        str(job.header("result", DEFAULT_RESULT)): {
            "key": key,
            "template": document.template,
            "title": document.title,
            "number": document.number,
            "made_date": _day(data, template.date_path),
            "sha256": document.sha256,
        }
    }


def _dated(template: Template, job: JobContext) -> Mapping[str, object]:
    made = job.header("made_date")
    if isinstance(made, date):
        return _with(job.variables, template.date_path, made)
    if _day(job.variables, template.date_path) is not None:
        return job.variables
    return _with(job.variables, template.date_path, job.now.date())


def _day(data: Mapping[str, object], path: str) -> date | None:
    value = next((found for _, found in look_up(data, path)), None)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _with(data: Mapping[str, object], path: str, value: object) -> Mapping[str, object]:
    nested: object = value
    for name in reversed(path.split(".")):
        nested = {name: nested}
    both = merged(data, nested)
    assert isinstance(both, Mapping)
    return both
