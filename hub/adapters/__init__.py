"""The machines the use cases need: store, keys, index, bus, clock."""
