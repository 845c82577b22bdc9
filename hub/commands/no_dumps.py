"""A process that dies leaves nothing of what it held: no core dump, and no other process of its user may read it.

Linux: getrlimit(2) for RLIMIT_CORE, prctl(2) for PR_SET_DUMPABLE. The limit alone does not hold where dumps are handed
to a program (core(5)), so the process is marked as well.
"""

import ctypes
import resource
import sys
from typing import Final

_SET_DUMPABLE: Final = 4


def leave_no_dumps() -> None:
    """From here on neither this process nor what it starts leaves a dump. Raises OSError where it cannot be had."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":
        system = ctypes.CDLL(None, use_errno=True)
        if system.prctl(_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
