"""How are the weights that the reader ships with made? One module a model."""
