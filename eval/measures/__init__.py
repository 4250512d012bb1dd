"""How good is a ranking, an answer, a table, an outline? One module a kind of measure."""
