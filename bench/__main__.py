"""`python -m bench`: every figure, a JSON line each; `python -m bench chronology law` for some of them."""

import sys

from bench import audit, chronology, chronology_page, first_page, ingest, law, need_to_know, refusals, verify

MEASURES = {
    "chronology": chronology.measure,
    "chronology_page": chronology_page.measure,
    "law": law.measure,
    "need_to_know": need_to_know.measure,
    "refusals": refusals.measure,
    "ingest": ingest.measure,
    "first_page": first_page.measure,
    "verify": verify.measure,
    "audit": audit.measure,
}

unknown = [name for name in sys.argv[1:] if name not in MEASURES]
if unknown:
    sys.exit(f"bench: no such figure; they are {', '.join(MEASURES)}")

for name in sys.argv[1:] or MEASURES:
    MEASURES[name]()
