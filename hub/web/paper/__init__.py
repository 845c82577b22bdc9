"""What stands on paper: a child's chronology as a document of plain words, which a layout sets."""
