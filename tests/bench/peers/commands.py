"""Other programs that the scripts call."""

import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]


class CannotRun(Exception):
    """What is missing, and what to do."""


def find(command):
    # Debian keeps nginx, HAProxy and Postfix where only root looks.
    return shutil.which(command, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


def attempt(arguments, failure, **options):
    if subprocess.run(list(map(str, arguments)), cwd=PROJECT, **options).returncode != 0:
        raise CannotRun(failure)
