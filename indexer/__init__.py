"""From words to postings: analysis, themes, index generations."""
