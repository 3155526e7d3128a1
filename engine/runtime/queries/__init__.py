"""Reading: keyset pages and single objects for lists and pages. Nothing here changes anything."""
