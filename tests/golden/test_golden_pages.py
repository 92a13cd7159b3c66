"""Pages of many layouts, as sites and word processors make them, give exactly their record."""

import pytest

from tests.golden.golden_pages import CASES, expected_of, record_of

pytestmark = pytest.mark.process


@pytest.mark.parametrize("case", CASES)
def test_a_page_gives_its_record(case: str) -> None:
    assert record_of(case) == expected_of(case)
