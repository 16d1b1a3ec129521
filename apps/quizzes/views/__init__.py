"""Pages: the catalogue and covers, taking an attempt, looking back at it."""
