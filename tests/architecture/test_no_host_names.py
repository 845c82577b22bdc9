"""Does the tree name only what may be named: no registry, no place on a machine, no unknown site, no secret?"""

import re
from collections.abc import Iterator

import pytest

from tests.support.source_tree import ROOT, Finding, listed_files, listing

# Joined or broken up here, so that this file doesn't name what it looks for.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("sum", "golang", "org"),
        ("repo1", "maven", "org"),
        ("repo", "maven", "apache", "org"),
        ("deb", "debian", "org"),
        ("registry-1", "docker", "io"),
    )
)
MACHINE_PATHS = re.compile(r"(?<![\w.~/-])/(?:work|farm|root|tmp|home|Users)(?=/[\w.])|(?<![\w./-])/[t]mp\b")
SECRETS = re.compile(
    "|".join(
        (
            r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY",
            r"\bAKIA[0-9A-Z]{16}\b",
            r"\bgh[pousr]_[0-9A-Za-z]{36}\b",
            r"\bxox[abpr]-[0-9A-Za-z-]{10,}",
            r"\bAGE-SECRET-KEY-1[0-9A-Z]{20,}",
            r"\bPRIVATE\+KEY\+[\w.+/=-]{20,}",
            r"(?i:\b(?:password|secret|api_?key|token)\s*=\s*[\"'][^\"'\s{}<>$]{12,}[\"'])",
        )
    )
)
# Published test vectors carry their published test keys.
KEYS_OF_VECTORS = re.compile(r"\Atests/.*vectors?")

# Names kept for examples and this machine (RFC 2606, RFC 6761), then the sources and name spaces that we cite.
SITES = re.compile(
    r"(?:.+\.)?(?:example|example\.(?:com|net|org)|test|invalid|localhost)"
    r"|schemas\.openid\.net"
    r"|127\.\d+\.\d+\.\d+|\[::1\]|collector"  # the last is a service of compose.yaml, on a network of its own
    r"|(?:www\.)?w3\.org|(?:.+\.)?hl7\.org(?:\.uk)?|(?:.+\.)?fhir\.org|(?:.+\.)?(?:gov|nhs|judiciary|parliament)\.uk"
    r"|json-schema\.org|cloudevents\.io|(?:www\.)?asyncapi\.com|(?:www\.)?(?:rfc-editor|ietf)\.org|datatracker\.ietf\.org"
    r"|dicom\.nema\.org|profiles\.ihe\.net"
    r"|c2sp\.org|snomed\.info|loinc\.org|unitsofmeasure\.org|terminology\.hl7\.org|keepachangelog\.com|semver\.org"
    r"|ico\.org\.uk|openid\.net|docs\.python\.org"
)
_HOST = re.compile(r"[a-z0-9.:\[\]-]*[a-z0-9\]]")
_URL = re.compile(r"\bhttps?://([^\s/\"'<>`)\]}\\,;?#]*)", re.IGNORECASE)
# Partners' own bytes are kept as they came (conventions.md 27); they may cite what they like, but hold no secret.
# So is a published schema that tests check ours against.
AS_RECEIVED = re.compile(r"\Aagencies/[^/]+/samples/|\Atests/.*(?:corpus|vectors?|asyncapi)/")


def host_of(authority: str) -> str:
    """The host in a URL's authority, lower case, without user or port."""
    return re.sub(r":\d*\Z", "", authority.rpartition("@")[2]).lower().rstrip(".")


def named(path: str, text: str) -> Iterator[Finding]:
    """Everything in a file's text that must not be named in the tree."""
    for number, line in enumerate(text.splitlines(), start=1):
        lowered = line.lower()
        yield from (Finding(path, number, "names a registry") for host in REGISTRIES if host in lowered)
        if MACHINE_PATHS.search(line):
            yield Finding(path, number, "names a place on one machine")
        if SECRETS.search(line) and not KEYS_OF_VECTORS.match(path):
            yield Finding(path, number, "looks like a secret")
        if not AS_RECEIVED.match(path):
            hosts = (host_of(match[1]) for match in _URL.finditer(line))
            unknown = [host for host in hosts if _HOST.fullmatch(host) and not SITES.fullmatch(host)]
            yield from (Finding(path, number, f"site not on the list in {__name__}: {host}") for host in unknown)


def text_of(name: str) -> str:
    """A file's text; bytes that are no text stand as they can."""
    return (ROOT / name).read_bytes().decode("utf-8", "replace")


def test_the_tree_names_only_what_it_may() -> None:
    findings = [finding for name in listed_files() for finding in named(name, text_of(name))]
    assert not findings, listing(findings)


@pytest.mark.parametrize(
    "line",
    [
        f"index = {REGISTRIES[0]}",
        f"--hash from {REGISTRIES[1].upper()}/packages",
        "open('/" + "work/main/x')",
        "cd /" + "tmp",
        "see /" + "root/.config",
        "https:" + "//unknown.site.com/page",
        "HTTP:" + "//10.0.0.8:9092",
        "https:" + "//user@elsewhere.net/",
        "-----BEGIN " + "PRIVATE KEY-----",
        "-----BEGIN EC " + "PRIVATE KEY-----",
        "password = '" + "correct-horse-battery'",
        "AKIA" + "ABCDEFGHIJKLMNOP",
    ],
)
def test_each_slip_is_caught(line: str) -> None:
    assert list(named("docs/planted.md", line))


@pytest.mark.parametrize(
    "line",
    [
        "http://127.0.0.1:8000/children",
        "https://www.legislation.gov.uk/ukpga/1989/41/section/47",
        "https://fhir.hl7.org.uk/Id/nhs-number",
        "urn:example:hub and https://hub.example/audit/2026",
        "the path /log/tile/0 and a route /worklist",
        "-----BEGIN " + "PUBLIC KEY-----",
        'yield f"https://{host}/log"',
        "token = request.token",
    ],
)
def test_what_may_be_named_is_left_alone(line: str) -> None:
    assert not list(named("docs/planted.md", line))


def test_a_partners_own_bytes_may_cite_a_site_but_hold_no_secret() -> None:
    sample = "agencies/health/samples/x.xml"
    assert not list(named(sample, "https:" + "//unknown.site.com/page"))
    assert list(named(sample, "-----BEGIN " + "PRIVATE KEY-----"))
