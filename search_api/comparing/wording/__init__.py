"""What is usual wording, what one report's own, and what has changed?"""
