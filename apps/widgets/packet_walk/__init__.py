"""Walk a packet through security groups and network ACLs. `domain` is the engine."""
