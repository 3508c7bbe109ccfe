"""What is printed: templates for typst, with the font that they are set in.

The font is that of the pages (`static/font/jakarta-sans.woff2`; licence in `font/OFL.txt`), at the
weights 400 and 700 and as TrueType, since the typesetter reads no woff2.
"""
