"""How does a comparison become a file: CSV, Excel, Markdown, one HTML page?"""
