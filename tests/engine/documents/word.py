"""The words of a Word file, in the order in which they stand."""

from io import BytesIO

from docx import Document
from docx.table import Table


def opened(content):
    """The Word file as python-docx reads it."""
    return Document(BytesIO(content))


def text(content):
    """All its text without any blanks, the cells of tables in their rows."""
    words = []
    for part in opened(content).iter_inner_content():
        if isinstance(part, Table):
            words += [cell.text for row in part.rows for cell in _once(row.cells)]
        else:
            words.append(part.text)
    return "".join("".join(words).split())


def _once(cells):
    """A merged cell is given once for each column; here once."""
    return list({id(cell._tc): cell for cell in cells}.values())
