"""How is a question turned into ranked passages? Plain functions over explicit arguments."""
