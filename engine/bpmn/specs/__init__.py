"""Our own SpiffWorkflow spec classes: what a token does at each kind of element."""
