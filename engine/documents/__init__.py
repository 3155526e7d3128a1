"""Official letters: from a template and the variables of a case to a PDF kept as served."""

from engine.documents.archive import (
    ArchivedDocument,
    archive,
    archived_document,
    document_bytes,
    document_docx,
    documents_of,
)
from engine.documents.completeness import Lack, lacks
from engine.documents.errors import (
    CharacterMissing,
    DocumentDamaged,
    DocumentError,
    DocumentIncomplete,
    DocumentNotFound,
    IdentityNumberShown,
    NotEditable,
    TemplateFaulty,
    TemplateInvalid,
    TemplateUnknown,
    ValueNotPrintable,
)
from engine.documents.render import Press, RenderedDocument, default_press, docx, produce
from engine.documents.template import Field, Template, read_template, template_names

__all__ = [
    "ArchivedDocument",
    "CharacterMissing",
    "DocumentDamaged",
    "DocumentError",
    "DocumentIncomplete",
    "DocumentNotFound",
    "Field",
    "IdentityNumberShown",
    "Lack",
    "NotEditable",
    "Press",
    "RenderedDocument",
    "Template",
    "TemplateFaulty",
    "TemplateInvalid",
    "TemplateUnknown",
    "ValueNotPrintable",
    "archive",
    "archived_document",
    "default_press",
    "document_bytes",
    "document_docx",
    "documents_of",
    "docx",
    "lacks",
    "produce",
    "read_template",
    "template_names",
]
