"""What is written where? Files become reports, sections and passages."""
