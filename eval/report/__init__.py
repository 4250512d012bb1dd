"""How does a result look to people: Markdown, and one HTML file with plots."""
