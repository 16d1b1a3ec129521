"""What templates need to know, made from rows: labels, order, nothing that a policy forbids."""
