"""`python -m bench`: every figure, a JSON line each."""

from bench import chronology

chronology.measure()
