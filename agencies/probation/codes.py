"""Register codes of the probation case system that bear on children; an unknown code is kept, and marked so.

Source: the registers named in HMPPS domain events. Levels are those of a register entry, by number.
"""

REGISTERS = frozenset(
    {
        "RCHD", "RCCO", "RCPR", "IMAR", "MAPP", "ADVP", "ADVV", "CSEP", "CCE", "CL1", "CL2", "ADWC", "SHPO", "RHRH",
    }
)  # fmt: skip
LEVELS = frozenset({"1", "2", "3"})
