"""What was found is read: candidates, what can't be the answer, what fits, how surely."""
