"""A report as a reader expects it: headings and paragraphs, outline, glossary terms, references."""
