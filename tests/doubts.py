"""What a reading of a page asks an editor to check."""

from corpus.extraction.extracted import Extraction


def doubtful_lines(found: Extraction) -> set[int | None]:
    """The lines whose speaker is not sure."""
    return {problem.line for problem in found.problems if problem.code == "intervenant"}
