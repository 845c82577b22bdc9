"""The sealed log and its verifier: a public-format record that anyone can check without us."""
