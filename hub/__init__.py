"""The hub: receives what agencies state, decides by the child's own history, shows, and sends on."""
