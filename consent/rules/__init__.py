"""One ground, bar, warning or correction of law per file; no rule knows another."""
