#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from config.env import ConfigurationError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ConfigurationError as error:
        # The person who starts the site needs the sentence, not the traceback.
        sys.exit(f"설정 오류: {error}")


if __name__ == "__main__":
    main()
