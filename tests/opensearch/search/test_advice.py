"""The same tests, with the sites on the cluster."""

from tests.search.test_advice import *
