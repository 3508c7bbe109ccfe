"""How dates are typed: day first in both languages, so that 03/11 means one day."""
