"""What does a sentence state?"""
