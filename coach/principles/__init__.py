"""Principle sets and their questions, as values."""
