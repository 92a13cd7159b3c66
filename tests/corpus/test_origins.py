import pytest

from corpus.settings import origin_from


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://www.exemple.fr", "https://www.exemple.fr"),
        ("https://www.exemple.fr/", "https://www.exemple.fr"),
        ("HTTPS://WWW.Exemple.FR", "https://www.exemple.fr"),
        ("https://exemple.fr:443", "https://exemple.fr"),
        ("https://exemple.fr:8443", "https://exemple.fr:8443"),
        ("https://café.exemple.fr", "https://xn--caf-dma.exemple.fr"),
        ("http://localhost", "http://localhost"),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:5173", "http://localhost:5173"),
        ("http://127.0.0.1:5173", "http://127.0.0.1:5173"),
        ("http://[::1]:5173", "http://[::1]:5173"),
    ],
)
def test_an_origin_is_written_as_browsers_do(address: str, origin: str) -> None:
    assert origin_from(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        "",
        "*",
        "null",
        "exemple.fr",
        "http://exemple.fr",
        "https://*.exemple.fr",
        "https://exemple.fr/page",
        "https://exemple.fr?x",
        "https://exemple.fr#x",
        "https://exemple.fr;script-src *",
        "https://exemple.fr, https://autre.fr",
        "https://exemple.fr https://autre.fr",
        "https://moi@exemple.fr",
        "https://exemple.fr\\@autre.fr",
        "https://exemple.fr\r\nX: y",
        "https://exemple.fr:port",
        "https://exemple.fr:0",
        "https://exemple.fr:99999",
        "https://-exemple.fr",
        "https://exemple..fr",
        "https://" + "a" * 64 + ".fr",
        "ftp://exemple.fr",
        "file:///",
        "https://",
    ],
)
def test_what_is_no_origin_is_refused(address: str) -> None:
    assert origin_from(address) == ""
