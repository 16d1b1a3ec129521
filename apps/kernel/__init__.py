"""Pure types that two domains need: standard library only, moved here on their second use."""
