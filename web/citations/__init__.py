"""A quote as bibliographies cite it: one value, and one module for each form."""
