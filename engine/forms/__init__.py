"""Forms: form-js schema → checked, typed answers; and what a page needs to show them.

Own properties of components (the form builder's "custom properties"), all text:

- `check`, `checkMessage`, `checkMessageEn` (and `check2`, `checkMessage2` …): FEEL that must be
  true of all answers and variables; on fields, groups, lists and texts.
- `requiredWhen`: FEEL; the field must be filled where it is true.
- `default`: first value; FEEL with a leading `=`.
- `importRows`: `true` on a dynamic list: its rows can be taken from a file.
- `importColumn`: header of an import file's column; `|` divides several.
- `labelEn`, `descriptionEn`: English wording.
- `mask`: rule by which a read-only value is masked.
- `capital`: `true` shows an amount in Chinese capitals too.
- `rows`: lines of a textarea.
"""

from engine.forms.errors import (
    FieldError,
    FormError,
    FormFinding,
    FormInvalid,
    FormSchemaInvalid,
)
from engine.forms.form import Form, FormField
from engine.forms.import_list import ImportList, RowFault, RowsTaken, import_lists, take_rows
from engine.forms.import_row import ColumnError, ImportColumn, RowAnswers
from engine.forms.present import Attachment, Link, Presented, PresentedOption, PresentedRow
from engine.forms.reader import read_form
from engine.forms.submitted import PageAction, change_rows, page_action, submitted_from_pairs
from engine.forms.wording import amount_in_capitals, shown

__all__ = [
    "Attachment",
    "ColumnError",
    "FieldError",
    "Form",
    "FormError",
    "FormField",
    "FormFinding",
    "FormInvalid",
    "FormSchemaInvalid",
    "ImportColumn",
    "ImportList",
    "Link",
    "PageAction",
    "Presented",
    "PresentedOption",
    "PresentedRow",
    "RowAnswers",
    "RowFault",
    "RowsTaken",
    "amount_in_capitals",
    "change_rows",
    "import_lists",
    "page_action",
    "read_form",
    "shown",
    "submitted_from_pairs",
    "take_rows",
]
