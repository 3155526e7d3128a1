"""督查考核: the figures of supervision as a board with charts, and as a workbook."""
