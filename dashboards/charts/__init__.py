"""Charts and maps as plain data: numbers in, positions and texts out. No markup, no Django models.

Rules: a bar starts at 0 and its length follows the value; what is missing is never drawn as 0;
every drawing has its values as text beside it. The template tags of `charts` and `regions` draw
what stands here.
"""
