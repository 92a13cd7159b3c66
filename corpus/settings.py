"""Origins of web sites, as browsers name them: a scheme, a host, sometimes a port."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from corpus.problems import Problem, Severity

_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_LOCAL = {"localhost", "127.0.0.1", "[::1]"}  # the only hosts that may do without TLS
LOCAL = "http://127.0.0.1:8000"  # where `serve` answers when nothing is said
_USUAL_PORTS = {"https": 443, "http": 80}


def origin_from(address: str) -> str:
    """The origin that a browser gives to a site of this address; "" when it is not one.

    A path, a wildcard, or http beyond this machine is refused, not repaired: what an editor lists
    is what a browser compares, letter for letter.
    """
    if not _is_plain(address):
        return ""
    parts = urlsplit(address.lower())
    try:
        host, port = _written(parts.hostname or ""), parts.port
    except ValueError:  # a port that is no number, a label that is too long
        return ""
    if port == 0 or (not _HOST.fullmatch(host) and host not in _LOCAL):
        return ""
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOCAL):
        return ""
    is_usual = port is None or port == _USUAL_PORTS[parts.scheme]
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"


def _is_plain(address: str) -> bool:
    """A scheme and a host, and nothing after but the slash that one copies with them."""
    return re.fullmatch(r"(?i)https?://[^/?#@\\\s]+/?", address) is not None


def _written(host: str) -> str:
    """The host in the letters that browsers send: « café.fr » is « xn--caf-dma.fr »."""
    return f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """The table `[lecture]`: `hotes` names the web sites whose pages `add` may fetch."""

    hotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowSettings:
    """The table `[suivi]`: `flux` are the feeds (RSS, Atom, sitemap) whose new pages are drafted.

    `mots`: only the pages whose title or address holds one of these words (none: all of them).
    """

    flux: tuple[str, ...] = ()
    mots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The table `[serveur]`.

    `hotes` are the names the site answers to (none given: any); `relais` is the number of proxies
    in front of it; `part` is how much of the time of a process one address may take, of a hundred
    (0: no limit), and `avance` the seconds of work that it may take at once; `journal_reseau` notes
    the network of visitors (never the whole address) in the log; `assistants` opens /mcp.
    """

    processus: int = 2
    fils: int = 4
    hotes: tuple[str, ...] = ()
    relais: int = 0
    part: int = 60
    avance: int = 20
    journal_reseau: bool = True
    assistants: bool = False


@dataclass(frozen=True, slots=True)
class ProposalSettings:
    """The table `[propositions]`: what a visitor may send to the editor.

    `ouvertes` shows the form; `contact` is a web or postal address to write to; `par_jour` is how
    many proposals are kept in one day.
    """

    ouvertes: bool = False
    contact: str = ""
    par_jour: int = 20


@dataclass(frozen=True, slots=True)
class IntegrationSettings:
    """The table `[integration]`: `sites` are the origins that may embed the search (none: any)."""

    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignWords:
    """The table `[langues]`: expressions of other languages, under the code of each.

    They are said and spelt in their language by the programs that read a page aloud.
    """

    en: tuple[str, ...] = ()
    de: tuple[str, ...] = ()
    es: tuple[str, ...] = ()
    it: tuple[str, ...] = ()
    pt: tuple[str, ...] = ()
    la: tuple[str, ...] = ()
    br: tuple[str, ...] = ()
    ca: tuple[str, ...] = ()
    co: tuple[str, ...] = ()
    eu: tuple[str, ...] = ()
    oc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """The table `[moteur]`: where the index is, « interne » (a folder) or « opensearch ».

    `noeuds` are the addresses of its nodes, `prefixe` begins the names of what belongs to the
    site; an index is cut in `fragments`, each kept on `repliques` more nodes.
    """

    type: str = "interne"
    noeuds: tuple[str, ...] = ()
    prefixe: str = "verbatheque"
    fragments: int = 1
    repliques: int = 1

    @property
    def is_cluster(self) -> bool:
        """Whether the index is on OpenSearch."""
        return self.type == "opensearch"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site, named as in its file.

    `avertissement` is shown on every page; `adresse` is the public root, without a final slash
    ("": pages take that of each request, and files that of this machine, `root`).
    """

    titre: str = "Verbathèque"
    adresse: str = ""
    organisation: str = ""
    description: str = "Retrouver ce qui s’est dit en webinaire, mot pour mot."
    avertissement: str = ""
    licence: str = ""
    langues: ForeignWords = field(default_factory=ForeignWords)
    lecture: ReadingSettings = field(default_factory=ReadingSettings)
    suivi: FollowSettings = field(default_factory=FollowSettings)
    serveur: ServerSettings = field(default_factory=ServerSettings)
    propositions: ProposalSettings = field(default_factory=ProposalSettings)
    integration: IntegrationSettings = field(default_factory=IntegrationSettings)
    moteur: EngineSettings = field(default_factory=EngineSettings)

    @property
    def root(self) -> str:
        """The public root, for what is made when nobody asks for a page."""
        return self.adresse or LOCAL


def settings_from(table: Mapping[str, Any], file: str) -> tuple[Settings, list[Problem]]:
    """Read the settings; an unknown or wrong value keeps its default and is reported."""
    problems: list[Problem] = []
    values = _values(table, Settings(), "", file, problems)
    if "adresse" in values:
        values["adresse"] = values["adresse"].rstrip("/")
    if "propositions" in values:
        values["propositions"] = _without_email(values["propositions"], file, problems)
    settings = Settings(**values)
    if "integration" in table:
        sites = _origins(table["integration"], settings, file, problems)
        settings = replace(settings, integration=IntegrationSettings(sites))
    return replace(settings, moteur=_engine(settings.moteur, file, problems)), problems


def _engine(table: EngineSettings, file: str, problems: list[Problem]) -> EngineSettings:
    """The engine as it is asked for; what cannot be used keeps its default and is told.

    Nodes are named as web sites are: beyond this machine, by https.
    """
    usual, wrong = EngineSettings(), partial(_no_engine, file, problems)
    if table.type not in {"interne", "opensearch"}:
        table = wrong(table, type="doit être « interne » ou « opensearch »")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", table.prefixe):
        table = wrong(table, prefixe="ne prend que des minuscules, des chiffres et des tirets")
    if not table.fragments:
        table = wrong(table, fragments="doit être d’au moins 1")
    if not all(map(origin_from, table.noeuds)):
        told = "doit être une liste d’adresses en https:// (http:// seulement sur cette machine)"
        table = wrong(table, noeuds=told)
    if table.is_cluster and not table.noeuds:
        table = wrong(table, type="est « opensearch », mais « moteur.noeuds » ne nomme aucun nœud")
    return replace(table, noeuds=tuple(map(origin_from, table.noeuds))) if table != usual else table


def _no_engine(
    file: str, problems: list[Problem], table: EngineSettings, **told: str
) -> EngineSettings:
    """Say what is wrong with one setting of the engine, and give it its default."""
    ((name, why),) = told.items()
    message = f"le réglage « moteur.{name} » {why} ; sa valeur est ignorée."
    problems.append(Problem("reglage-moteur", message, severity=Severity.ERROR, file=file))
    usual: dict[str, Any] = {name: getattr(EngineSettings(), name)}
    return replace(table, **usual)


def _origins(table: Any, settings: Settings, file: str, problems: list[Problem]) -> tuple[str, ...]:
    """The origins that may embed the site, each once, as browsers write them.

    An editor who wrote a list meant to close: when none of it can be read, the site is embedded
    by its own pages only, and never by any site.
    """
    origins = {site: origin_from(site) for site in settings.integration.sites}
    problems.extend(_no_origin(site, file) for site, origin in origins.items() if not origin)
    known = tuple(dict.fromkeys(filter(None, origins.values())))
    if known or not isinstance(table, dict) or table.get("sites", []) == []:
        return known
    return (site_origin(settings.root),)


def site_origin(address: str) -> str:
    """The origin of a public address, which may be on any scheme."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _no_origin(site: str, file: str) -> Problem:
    message = (
        f"le réglage « integration.sites » contient « {site} », qui n’est pas l’adresse d’un site, "
        "et n’est pas retenu ; écrivez le nom complet et rien après, par exemple "
        "« https://www.exemple.fr » (http:// seulement pour localhost)."
    )
    return Problem("reglage-site", message, severity=Severity.ERROR, file=file)


def _without_email(table: ProposalSettings, file: str, problems: list[Problem]) -> ProposalSettings:
    """Show no e-mail on a page: programs harvest them."""
    if "@" not in table.contact or table.contact.startswith(("https://", "http://")):
        return table
    message = (
        "le réglage « propositions.contact » est un courriel, que le site ne montre pas ; donnez "
        "une adresse web ou postale."
    )
    problems.append(Problem("reglage-contact", message, severity=Severity.ERROR, file=file))
    return replace(table, contact="")


def _values(
    table: Mapping[str, Any], defaults: Any, path: str, file: str, problems: list[Problem]
) -> dict[str, Any]:
    """The values of one table that are of the type of their defaults."""
    known = {each.name: getattr(defaults, each.name) for each in fields(defaults)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{path}{key}"
        if key not in known:
            problems.append(_unknown(name, key, known, file))
        elif is_dataclass(known[key]) and isinstance(value, dict):
            inner = _values(value, known[key], f"{name}.", file, problems)
            values[key] = type(known[key])(**inner)
        elif _fits(value, known[key]):
            values[key] = tuple(value) if isinstance(value, list) else value
        else:
            problems.append(_wrong(name, known[key], file))
    return values


def _fits(value: Any, default: Any) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if isinstance(default, bool):  # before int: in Python a truth value is a number
        return isinstance(value, bool)
    if isinstance(default, int):
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, type(default))


def _unknown(name: str, key: str, known: Mapping[str, Any], file: str) -> Problem:
    if name in _REPLACED:
        message = f"le réglage « {name} » n’existe plus, et est ignoré : {_REPLACED[name]}."
        return Problem("reglage-remplace", message, file=file)
    near = get_close_matches(key, sorted(known), n=1)
    hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
    names = ", ".join(sorted(known))
    message = f"réglage inconnu « {name} », ignoré.{hint} Réglages possibles : {names}."
    return Problem("reglage-inconnu", message, file=file)


def _wrong(name: str, default: Any, file: str) -> Problem:
    wanted = _WANTED.get(type(default), f"une table [{name}]")
    message = f"le réglage « {name} » doit être {wanted} ; sa valeur est ignorée."
    return Problem("reglage-type", message, severity=Severity.ERROR, file=file)


_REPLACED = {
    "serveur.par_minute": (
        "la limite compte le travail, et non plus les demandes. Écrivez à sa place « part = 60 » "
        "(sur cent, le temps d’un processus pour une même adresse IP ; « part = 0 » : sans limite)"
    ),
    "serveur.par_seconde": (
        "la limite compte le travail, et non plus les demandes. Écrivez à sa place « avance = 20 » "
        "(les secondes de travail qu’une même adresse IP peut prendre d’un coup)"
    ),
}

_WANTED = {
    str: "un texte entre guillemets",
    bool: "true ou false, sans guillemets",
    int: "un nombre entier, sans guillemets",
    tuple: 'une liste de textes, par exemple ["un.exemple.fr"]',
}
