"""Invented firms for trying the product out, every one marked as sample."""
