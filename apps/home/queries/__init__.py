"""What `/me/` reads, one module a section."""
