"""The list for everybody: no sign-in, no script, only what was published."""
