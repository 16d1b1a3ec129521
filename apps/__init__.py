"""The applications of 구름사다리; docs/architecture.md says which may import which."""
