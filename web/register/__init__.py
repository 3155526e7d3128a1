"""The list for staff: entries, and everything that followed from one."""
