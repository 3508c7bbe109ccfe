"""Inquiries of buyers: when an answer is due, what looks like advertising, letters, queues."""
