"""`/`: the page that looks at everything."""
