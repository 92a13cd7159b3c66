"""The search field with scripts: suggestions in a list, answers while one types."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Screen


@pytest.fixture
def page(screen: Screen, site_address: str) -> Page:
    page = screen(1280, 900, "light", "no-preference")
    page.goto(f"{site_address}/")
    return page


@pytest.fixture
def results(screen: Screen, site_address: str) -> Page:
    page = screen(1280, 900, "light", "no-preference")
    page.goto(f"{site_address}/recherche?q=voiture")
    return page


def test_suggestions_come_in_labelled_groups(page: Page) -> None:
    field = page.get_by_role("combobox")
    field.press_sequentially("mobi")
    listbox = page.get_by_role("listbox", name="Suggestions")
    expect(listbox).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert field.get_attribute("aria-controls") == listbox.get_attribute("id")
    expect(listbox.get_by_role("group", name="Thèmes")).to_be_visible()
    assert (
        page.locator(".search [role=status]").inner_text().endswith(("suggestion", "suggestions"))
    )
    assert not listbox.locator("a, button").count()


def test_no_option_is_active_before_an_arrow(page: Page) -> None:
    field = page.get_by_role("combobox")
    with page.expect_response("**/*q=mobi*"):  # the last list: it replaces the others
        field.press_sequentially("mobi")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")


def test_escape_closes_then_the_arrow_opens_again(page: Page) -> None:
    field = page.get_by_role("combobox")
    field.press_sequentially("mobi")
    listbox = page.get_by_role("listbox")
    expect(listbox).to_be_visible()
    field.press("Escape")
    expect(listbox).to_be_hidden()
    expect(field).to_have_value("mobi")
    expect(field).to_be_focused()
    field.press("ArrowDown")
    expect(listbox).to_be_visible()


def test_enter_follows_the_active_option_only(page: Page, site_address: str) -> None:
    field = page.get_by_role("combobox")
    field.press_sequentially("mobi")
    theme = page.get_by_role("group", name="Thèmes").get_by_role("option").first
    expect(theme).to_be_visible()
    address = theme.get_attribute("data-address")
    while theme.get_attribute("aria-selected") != "true":
        field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"{site_address}{address}")
    page.goto(f"{site_address}/")
    page.get_by_role("combobox").press_sequentially("mobi")
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url(f"{site_address}/recherche?q=mobi")


def test_answers_follow_what_is_typed(results: Page) -> None:
    field = results.get_by_role("combobox")
    field.press("End")
    field.press_sequentially(" balayeuse")
    expect(results.locator("h1")).to_contain_text("voiture balayeuse")
    assert results.url.endswith("q=voiture+balayeuse")
    expect(results).to_have_title(re.compile("voiture balayeuse"))
    expect(field).to_be_focused()


def test_a_run_of_keystrokes_is_one_step_back(results: Page) -> None:
    field = results.get_by_role("combobox")
    field.fill("")
    field.press_sequentially("eau", delay=200)
    expect(results.locator("h1")).to_contain_text("eau")
    results.wait_for_url("**/recherche?q=eau")
    results.go_back()
    expect(field).to_have_value("voiture")
    expect(results.locator("h1")).to_contain_text("voiture")
    results.go_forward()
    expect(field).to_have_value("eau")
    expect(results.locator("h1")).to_contain_text("eau")


def test_the_count_is_announced_by_one_lasting_status(results: Page) -> None:
    status = results.locator("#reponse [role=status]")
    before = status.element_handle()
    results.get_by_role("combobox").fill("eau")
    expect(results.locator("h1")).to_contain_text("eau")
    assert results.evaluate("node => node.isConnected", before)
    assert "citation" in status.inner_text()


def test_filters_stay_while_one_types(browser: Browser, site_address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site_address}/recherche?q=voiture&type=verbatim&tri=date")
        page.get_by_role("combobox").fill("eau")
        page.wait_for_url("**/recherche?q=eau&type=verbatim&tri=date")


def test_a_refused_question_is_said_in_place(results: Page) -> None:
    results.get_by_role("combobox").fill("a" * 301)
    expect(results.locator("#reponse")).to_contain_text("300")
    results.get_by_role("combobox").fill("eau")
    expect(results.locator("h1")).to_contain_text("eau")
