"""The studio: diagrams, tables and forms seen, drawn, checked, compared and put in force."""
