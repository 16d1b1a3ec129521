"""Programs for people who run or develop the site; the site itself imports nothing from here."""
