"""How is it found? Passages become vectors and postings in one index folder."""
