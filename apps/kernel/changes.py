"""What a sync did to one kind of thing, to be told to whoever started it."""

from dataclasses import dataclass, field


@dataclass
class Changes:
    """Names of what was added, changed and retired; of the rest only how many."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0

    def note(self, name: str, *, added: bool, changed: bool) -> None:
        if added:
            self.added.append(name)
        elif changed:
            self.changed.append(name)
        else:
            self.unchanged += 1
