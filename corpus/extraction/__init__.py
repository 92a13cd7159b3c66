"""From the blocks of a page to what was said on it, and by whom."""
