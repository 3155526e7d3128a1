"""The inbox: lists of tasks, the page of a task, starting a case by its form, messages."""
