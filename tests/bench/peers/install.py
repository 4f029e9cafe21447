"""What the script needs on the machine, and the programs that it builds."""

import os
from pathlib import Path

from commands import HERE, PROJECT, CannotRun, attempt, find
from postfix import needs_of_postfix

NODE_RED = "node-red@4"
RUST = "Rust (https://rustup.rs)"


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR", PROJECT / "target")).absolute()


def install(work, without, needs_valgrind):
    """Installs what the machine lacks. Returns the folder of Node-RED, if that is wanted."""
    packages = {"nginx": "nginx-light", "wrk": "wrk", "haproxy": "haproxy", "openssl": "openssl"}
    if needs_valgrind:
        packages["valgrind"] = "valgrind"
    missing = [package for command, package in packages.items() if not find(command)]
    if missing:
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        arguments = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
        attempt([*as_root, *arguments], f"{' and '.join(missing)} cannot be installed by apt-get; install them by hand")
    for command in ("cargo", "rustc"):
        if not find(command):
            raise CannotRun(f"'{command}' is missing; install {RUST}")
    if "Postfix" not in without:
        needs_of_postfix()
    return None if "Node-RED" in without else install_node_red(work / "node-red")


def install_node_red(folder):
    if not find("npm") or not find("node"):
        raise CannotRun("'node' or 'npm' is missing; install Node.js, or leave Node-RED out with --without Node-RED")
    if not (folder / "node_modules/node-red/red.js").exists():
        arguments = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder, NODE_RED]
        attempt(arguments, "npm cannot install Node-RED; go online, or leave it out with --without Node-RED")
    return folder


def build_helpers(work):
    """Builds the receiver and the sender. Returns their paths."""
    built = []
    for name in ("receiver", "sender"):
        arguments = ["rustc", "--edition", "2024", "-O", "-o", work / name, HERE / f"{name}.rs"]
        attempt(arguments, f"the {name} does not build")
        built.append(work / name)
    return built


def build_program():
    attempt(["cargo", "build", "--profile", "dist", "--locked"], "the program does not build")
    return target() / "dist/postfordeler"
