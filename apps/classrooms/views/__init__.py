"""Pages: rooms and people, joining, assignments, the gradebook."""
