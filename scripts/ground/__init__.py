"""The ground under the commands in `scripts/`: environment, database, steps, processes.

Rule: only the standard library, because these modules run before anything is installed, under any
Python from 3.11 on.
"""
