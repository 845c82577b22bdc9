"""Functions over a child's history: whose it is, who may see it, what it shows; no machine is touched here."""
