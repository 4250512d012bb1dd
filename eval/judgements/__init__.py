"""What was judged? Readers of judged questions and relevance, one module a layout of files."""
