"""What visitors see while nodes die, generations are switched, or nobody answers."""

import os
import signal
import time
from dataclasses import replace

import pytest

from corpus.settings import EngineSettings
from corpus.site import Site
from indexer.build import build
from search.live_index import open_library
from tests.faults.editions import edition_of
from tests.opensearch.nodes import Nodes
from tests.opensearch.relay import Relay
from tests.opensearch.visits import Visits, answers, visited
from tests.small_site import published
from web.app import create_app

pytestmark = pytest.mark.model

LONG = os.environ.get("VERBATHEQUE_FAULTS") == "full"


def test_visitors_are_told_while_nobody_answers_and_are_served_again(
    engine: EngineSettings,
) -> None:
    site = published()
    with Relay(engine.noeuds[0]) as relay:
        alone = replace(site.settings.moteur, noeuds=(relay.address,))
        settings = replace(site.settings, moteur=alone)
        shelf = open_library(replace(site, settings=settings))
        client = create_app(shelf, settings).test_client()
        assert client.get("/recherche?q=cantine").status_code == 200
        relay.cut()
        for address in ("/recherche?q=carottes", "/api/v1/search?q=carottes"):
            answer = client.get(address)
            assert answer.status_code == 503
            assert "ne répond pas pour le moment" in answer.text
            assert answer.headers["Retry-After"]
        relay.join()
        assert client.get("/recherche?q=carottes").status_code == 200


def test_a_site_whose_cluster_does_not_answer_yet_waits_for_it(engine: EngineSettings) -> None:
    site = published()
    with Relay(engine.noeuds[0]) as relay:
        relay.cut()
        settings = replace(
            site.settings, moteur=replace(site.settings.moteur, noeuds=(relay.address,))
        )
        client = create_app(open_library(replace(site, settings=settings)), settings).test_client()
        assert client.get("/").status_code == 503
        relay.join()
        assert client.get("/").status_code == 200


def test_a_switch_fails_nobody_and_mixes_nothing(sample_site: Site) -> None:
    library, editions = open_library(sample_site), []
    for number in (0, 1):
        build(edition_of(sample_site, number), force=True)
        library.look()
        editions.append(answers(library))
    assert editions[0] != editions[1]
    library.watch()
    with visited(library, *editions) as visits:
        for number in range(20 if LONG else 1):
            build(edition_of(sample_site, number % 2), force=True)
            time.sleep(1)
    assert_served(visits, 5)


def assert_served(visits: Visits, least: float) -> None:
    """At least so many have searched; each was answered, and rightly."""
    print(visits)
    assert visits.count > least
    assert not visits.failed
    assert not visits.wrong


SECONDS = 60 if LONG else 12


@pytest.fixture
def three(nodes: Nodes | None) -> Nodes:
    """Three nodes that may be hurt, and are well."""
    if nodes is None:
        pytest.skip("the nodes are those of somebody else")
    nodes.await_joined(3, "green")
    return nodes


def test_a_node_that_is_slow_fails_nobody(three: Nodes, sample_site: Site) -> None:
    library = open_library(sample_site)
    library.watch()
    with visited(library) as visits:
        for number in range(3 if LONG else 1):
            time.sleep(1)
            three.send(number, signal.SIGSTOP)
            time.sleep(8 if LONG else 3)
            three.send(number, signal.SIGCONT)
            time.sleep(8 if LONG else 3)
            three.await_joined(3, "green")
    assert_served(visits, 30)


@pytest.mark.parametrize("which", ["0", "1", "2", "manager"] if LONG else ["manager"])
def test_a_node_that_is_killed_fails_nobody(which: str, three: Nodes, sample_site: Site) -> None:
    number = three.manager() if which == "manager" else int(which)
    library = open_library(sample_site)
    library.watch()
    with visited(library) as visits:
        time.sleep(SECONDS / 4)
        three.end(number)
        time.sleep(3 * SECONDS / 4)
    assert_served(visits, 5 * SECONDS)
    if LONG:
        three.start(number)


@pytest.mark.skipif(not LONG, reason="tried with the other faults")
def test_an_empty_node_that_joins_fails_nobody(three: Nodes, sample_site: Site) -> None:
    library = open_library(sample_site)
    library.watch()
    three.end(2)
    three.empty(2)
    with visited(library) as visits:
        three.start(2)
        three.await_joined(3, "green")
    assert_served(visits, 30)
