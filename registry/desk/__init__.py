"""The desk of the staff: queues of firms, what is done with many of them, and what is printed."""
