"""One address of each kind of page of the sample site."""

from playwright.sync_api import Browser

from corpus.typography import slug_from

KINDS = [
    "home",
    "results",
    "filtered",
    "all",
    "nothing",
    "blamed",
    "explained",
    "verbatim",
    "idea",
    "webinar",
    "speaker",
    "theme",
    "themes",
    "panorama",
    "organisation",
    "organisations",
    "each",
    "speakers",
    "webinars",
    "embedding",
    "api",
    "accessibility",
    "proposing",
    "proposed",
]


def addresses_of(site_address: str, browser: Browser) -> dict[str, str]:
    """Found through the API and the pages."""
    with browser.new_context() as context:
        answer = context.request.get(f"{site_address}/api/v1/search?type=verbatim&limit=100")
        hits = answer.json()["hits"]
        hit = next(
            hit
            for hit in hits
            if hit["start"] is not None and hit["key_idea"] and hit["organisation"]
        )
        page = context.request.get(f"{site_address}/verbatim/{hit['id']}").text()
    speaker = page.split('href="/intervenant/')[1].split('"')[0]
    return {
        "home": "/",
        "results": "/recherche?q=des+habitants",
        "filtered": "/recherche?q=habitants&type=verbatim&tri=date",
        "all": "/recherche",
        "nothing": "/recherche?q=zzqqxx",
        "blamed": "/recherche?q=zzqqxx+habitants+apres:2021&type=verbatim&tous=1",
        "explained": "/recherche?q=des+habitants+ESS&pourquoi=1",
        "verbatim": f"/verbatim/{hit['id']}",
        "idea": f"/idee/{hit['key_idea']['id']}",
        "webinar": f"/webinaire/{hit['webinar']['id']}",
        "speaker": f"/intervenant/{speaker}",
        "theme": f"/theme/{hit['themes'][0]['slug']}" if hit["themes"] else "/themes",
        "themes": "/themes",
        "panorama": "/panorama",
        "organisation": f"/organisation/{slug_from(hit['organisation'])}",
        "organisations": "/organisations",
        "each": "/recherche?q=habitants&une_par_personne=1",
        "speakers": "/intervenants",
        "webinars": "/webinaires",
        "embedding": "/integrer",
        "api": "/api",
        "accessibility": "/accessibilite",
        "proposing": "/proposer",
        "proposed": "/proposer/merci",
    }
