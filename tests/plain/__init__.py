"""The face line by line."""
