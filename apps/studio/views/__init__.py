"""Pages of the studio, for instructors only."""
