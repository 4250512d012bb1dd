"""How alike are two sentences, and where do they differ?"""
