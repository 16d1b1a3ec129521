"""Pure rules of a classroom: rosters, standings, tables."""
