"""What does a sentence state: which figure, of what, of when, done or planned?"""
