"""The published language: the shapes, codes and envelope that every agency and the hub agree on."""
