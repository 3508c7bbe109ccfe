"""Taking a spreadsheet in, step by step: each function is one thing a person does in the wizard.

States: columns → planning → review → saving → saved → undoing → undone; or discarded before saving.
Work of `planning`, `saving` and `undoing` goes on in the background (`registry.tasks`), in short
steps that are safe to repeat.
"""
