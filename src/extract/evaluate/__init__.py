"""Comparison of the extracted facts with the gold."""
