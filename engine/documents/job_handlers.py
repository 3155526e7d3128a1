"""What service tasks may ask of this room."""

from __future__ import annotations

from collections.abc import Mapping

from engine.documents.archive import archive
from engine.documents.errors import TemplateUnknown
from engine.documents.render import default_press
from engine.runtime.jobs import JobContext, job_handler

DEFAULT_RESULT = "document"


@job_handler("documents.produce")
def produce_document(context: JobContext) -> Mapping[str, object]:
    """Typeset the letter of header `template` from the variables and keep it.

    Its number must stand in the variable that the template names. Header `result` names the
    variable that gets the document's key, title, number and hash; `document` without it.
    """
    press = default_press()
    template = context.header("template")
    if not isinstance(template, str):
        raise TemplateUnknown(name=template, known="、".join(press.names()))
    document = press.produce(template, context.variables)
    key = archive(
        context.connection,
        document,
        created_at=context.now,
        instance_key=context.instance_key,
        business_key=context.business_key,
    )
    result = str(context.header("result", DEFAULT_RESULT))
    return {
        result: {
            "key": key,
            "template": document.template,
            "title": document.title,
            "number": document.number,
            "date": document.date,
            "sha256": document.sha256,
        }
    }
