"""What is asked? A question is read once, into a plan."""
