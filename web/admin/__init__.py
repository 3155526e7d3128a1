"""Keeping the house: the calendars, the people, and the clock of a rehearsal."""
