"""The reader: from a message to offered shifts, each with the place it was read from.

Every line is used, ignored by a named rule, or unresolved. What a careful person would ask about is asked.
"""
