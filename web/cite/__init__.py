"""A quote taken away: as bibliographies cite it, and as a picture."""
