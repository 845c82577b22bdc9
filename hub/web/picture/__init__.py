"""The timeline picture: from a snapshot of a child to shapes on a canvas, all pure."""
