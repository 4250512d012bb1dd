"""Where does an index lie: the truth, and what is derived from it."""
