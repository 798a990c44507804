"""Does the bank survive the day?"""
