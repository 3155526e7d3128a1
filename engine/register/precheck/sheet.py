"""The printable sheet of a pre-check (F.9), made from what was kept: always the same bytes."""

from __future__ import annotations

from engine.documents import produce
from engine.documents.render import RenderedDocument
from engine.register.masking import DECISION as MASKING
from engine.register.masking import INTERNAL, Masking, fields_of
from engine.register.precheck.ask import JURISDICTION
from engine.register.precheck.deciding import Decide
from engine.register.precheck.log import KeptQuery

TEMPLATE = "precheck_sheet"


def shown_code(query: KeptQuery, decide: Decide, *, reveals: bool = False) -> str:
    """The party's code as pages of the bureau may show it (D09); in full for who `reveals` it."""
    field = fields_of({"party_class": query.party_class})["code"]
    masking = Masking(lambda asked: decide(MASKING, asked), INTERNAL)
    shown = masking.shown(field, query.party_code)
    if reveals and shown.restricted:
        return query.party_code
    return str(shown.value or "")


def result_sheet(query: KeptQuery, *, decide: Decide) -> RenderedDocument:
    """The sheet of a question. Raises `DocumentIncomplete`."""
    organ = decide(JURISDICTION, {"source_unit": query.organisation})
    remarks = [query.note, *(warning["zh"].rstrip("。") for warning in query.warnings)]
    return produce(
        TEMPLATE,
        {
            "precheck": {
                "query_no": query.query_no,
                "queried_at": query.asked_at,
                "purpose": query.purpose,
                "project_no": query.project_no or None,
                "as_of": query.as_of,
                "name": query.party_name,
                "code": shown_code(query, decide),
                "answer": query.answer,
                "note": "；".join(remark for remark in remarks if remark) or None,
                "entries": [
                    {
                        "entry_no": entry.entry_no,
                        "decision_no": entry.decision_no,
                        "last_day": entry.last_day,
                    }
                    for entry in query.entries
                ],
                "user_name": query.user_name,
                "unit_name": query.unit_name or None,
            },
            "deciding_organ": organ,
        },
    )
