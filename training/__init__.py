"""Texts written for this project, and what is fitted to them."""
