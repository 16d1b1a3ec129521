"""Units and lessons as readers see them, their corrections, and reading progress."""
