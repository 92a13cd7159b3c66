"""The table of /accessibilite says no more than the tests do."""

import ast
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web.accessibility import CRITERIA, Criterion, tally

TESTS = Path(__file__).parents[1]
BY_HAND = (TESTS.parent / "docs" / "accessibility.md").read_text("utf-8")
WRITTEN = {
    node.name
    for path in TESTS.rglob("test_*.py")
    for node in ast.parse(path.read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef)
}

named = pytest.mark.parametrize("criterion", CRITERIA, ids=lambda one: one.number)


def test_the_criteria_are_twenty_five_in_order() -> None:
    numbers = [tuple(map(int, one.number.split("."))) for one in CRITERIA]
    assert len(numbers) == 25
    assert numbers == sorted(set(numbers))
    assert sum(tally().values()) == 25


@named
def test_what_a_machine_checks_is_a_test_that_exists(criterion: Criterion) -> None:
    assert set(criterion.tests) <= WRITTEN


@named
def test_nothing_is_said_to_conform_without_a_test(criterion: Criterion) -> None:
    assert criterion.tests or criterion.result in {"non conforme", "non testé"}


@named
def test_what_a_person_checks_is_written(criterion: Criterion) -> None:
    """A row for each criterion, with the date and the name of nobody until it is done."""
    row = re.search(rf"^\| {re.escape(criterion.number)} \|(.+)\|$", BY_HAND, re.MULTILINE)
    assert row
    assert len(row[1].split("|")) == 4


@named
def test_the_page_tells_each(client: FlaskClient, criterion: Criterion) -> None:
    page = unescape(client.get("/accessibilite").get_data(as_text=True))
    row = page.partition(f"<span>{criterion.number}</span> {criterion.subject}")[2]
    assert f"<td>{criterion.result.capitalize()}</td>" in row.partition("</tr>")[0]
    assert criterion.how in row.partition("</tr>")[0]
