"""What is printed: templates for typst, with the font that they are set in (see `font/OFL.txt`)."""
