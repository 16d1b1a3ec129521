"""Installs Debian's packages where that needs no question."""

import os
import shutil
import subprocess

from tools.starter.console import say


def install(*packages: str) -> bool:
    """Whether apt installed the packages; False without apt or without permission."""
    prefix = root_prefix()
    if prefix is None or shutil.which("apt-get") is None:
        return False
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    installing = ["install", "-y", "--no-install-recommends", *packages]
    for arguments in (["update", "-q"], installing):
        say(f"  apt-get {' '.join(arguments)}")
        # -n: sudo fails instead of asking, should the permission have run out meanwhile.
        done = subprocess.run(
            [*prefix, "apt-get", *arguments],
            check=False,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
        if done.returncode:
            say("\n".join(f"    {line}" for line in done.stderr.splitlines()[-5:]))
            return False
    return True


def root_prefix() -> list[str] | None:
    """How to run a command as root without a question: [] as root, [sudo, -n], or None."""
    if not hasattr(os, "geteuid"):  # Windows
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    allowed = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    return [sudo, "-n"] if allowed.returncode == 0 else None
