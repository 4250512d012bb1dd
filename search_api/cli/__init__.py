"""The terminal: names, options and help of the commands, and what each of them does."""
