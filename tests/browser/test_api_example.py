"""The program that /api gives to copy works, on a page of another origin."""

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, expect

from tests.browser.server import served

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Un programme</title>
<body><script type="module">{program}</script></body></html>"""


def test_the_program_to_copy_shows_quotes(browser: Browser, site_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{site_address}/api")
    program = page.locator("#exemple").inner_text()
    assert len(program.splitlines()) == 10

    def app_at(_address: str) -> Flask:
        app = Flask("program")
        app.add_url_rule("/", view_func=lambda: Response(PAGE.format(program=program)))
        return app

    with served(app_at) as address:
        page.goto(address)
        expect(page.locator("blockquote")).to_have_count(3)
        cited = page.locator("blockquote").first.get_attribute("cite") or ""
        assert "/verbatim/" in cited or "/idee/" in cited
    page.close()
