"""The basket: chosen quotes, in the visitor's order, kept in the address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, request, url_for

from search.query import QueryRefused
from web.addresses import BASKET

MOST = 50
_SEPARATOR = "."
_WRITTEN = re.compile(r"[.,;\s]+")  # as those write it who make an address by hand
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Basket:
    """The ids of the chosen quotes, each once."""

    ids: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, document_id: str) -> bool:
        return document_id in self.ids

    def __str__(self) -> str:
        return _SEPARATOR.join(self.ids)

    @property
    def is_full(self) -> bool:
        """Say whether no quote can be added."""
        return len(self.ids) >= MOST

    def toggled(self, document_id: str) -> "Basket":
        """With a quote put last, or without it."""
        if document_id in self.ids:
            return Basket(tuple(one for one in self.ids if one != document_id))
        return Basket((*self.ids, document_id))

    def moved(self, document_id: str, step: int) -> "Basket":
        """With a quote a few places further; it stops at either end."""
        others = [one for one in self.ids if one != document_id]
        place = self.ids.index(document_id) + step
        others.insert(max(0, min(len(others), place)), document_id)
        return Basket(tuple(others))


def basket_from(values: Sequence[str]) -> Basket:
    """Read the basket of an address; raise `QueryRefused` when it cannot be one."""
    ids = tuple(dict.fromkeys(one for value in values for one in _WRITTEN.split(value) if one))
    if len(ids) > MOST:
        raise QueryRefused(f"Un panier tient {MOST} citations au plus.")
    if not all(map(_ID.fullmatch, ids)):
        raise QueryRefused("Ce panier contient un identifiant qui n’en est pas un.")
    return Basket(ids)


def current_basket() -> Basket:
    """The basket of this request."""
    if "basket" not in g:
        g.basket = basket_from(request.args.getlist(BASKET))
    basket: Basket = g.basket
    return basket


def shown_basket() -> Basket:
    """The same for a page of something else: a basket that is none is left to its own page."""
    try:
        return current_basket()
    except QueryRefused:
        return Basket()


def basket_address(basket: Basket, kind: str = "") -> str:
    """The page of a basket, or its file (« docx », « md », « csv »)."""
    held = str(basket) or None
    if kind:
        return url_for("basket.file", kind=kind, panier=held)
    return url_for("basket.page", panier=held)
