"""How does a question become an answer that is proven? From hits to figures, lists and sentences."""
