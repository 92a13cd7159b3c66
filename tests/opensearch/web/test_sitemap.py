"""The same tests, with the sites on the cluster."""

from tests.web.test_sitemap import *
