"""Reading PDF documents; start at `document.py`."""
