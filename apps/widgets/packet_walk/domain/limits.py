"""How large a scenario may be. Engines are public: the largest accepted one answers in 100 ms."""

MAX_HOSTS = 16
MAX_SUBNETS = 32
"""Twice the hosts: room for subnets nobody lives in, and a bound on comparing them."""
MAX_RULES = 40
"""Rules in one direction of an ACL or a security group."""
MAX_LISTS = 64
"""Directions of ACLs and security groups together; each of them has two."""
LISTS_EACH = 2
