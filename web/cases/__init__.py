"""Cases: the list, the page of one case, and importing clues."""
