"""Pre-check pages: ask about one party or a file of them, the answer, its sheet, the log."""
