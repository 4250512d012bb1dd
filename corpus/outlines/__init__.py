"""Which sections does a text have? A joint reading of all levels of its headings."""
