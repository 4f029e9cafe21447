"""nginx, HAProxy, Node-RED, and the receiver behind them."""

import http.client
import os
import shutil
import subprocess

from commands import HERE, find
from processes import PATIENCE, Running, free_port


def start_receiver(program, work):
    receiver = Running("receiver", [program], work / "receiver.log", stdout=subprocess.PIPE, text=True)
    receiver.port = int(receiver.process.stdout.readline())
    return receiver


def delivered(receiver):
    """How many messages the receiver has taken."""
    connection = http.client.HTTPConnection("127.0.0.1", receiver.port, timeout=PATIENCE)
    connection.request("GET", "/")
    count = int(connection.getresponse().read())
    connection.close()
    return count


def start_nginx(name, template, folder, workers=1, **places):
    """nginx by that configuration, in which some capital words stand for what is known only now."""
    port = free_port()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    configuration = filled_in(template, folder / "nginx.conf", WORKERS=workers, PORT=port, **places)
    return Running(name, [find("nginx"), "-p", folder, "-c", configuration], f"{folder}.log", port)


def start_haproxy(name, template, folder, **places):
    port = free_port()
    folder.mkdir(exist_ok=True)
    configuration = filled_in(template, folder / "haproxy.cfg", PORT=port, **places)
    return Running(name, [find("haproxy"), "-db", "-f", configuration], f"{folder}.log", port)


def filled_in(template, path, **places):
    text = (HERE / "configurations" / template).read_text()
    for place, value in places.items():
        text = text.replace(place, str(value))
    path.write_text(text)
    return path


def start_node_red(receiver, work, installed):
    folder, port = work / "node-red-home", free_port()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(HERE / "configurations/node-red-flow.json", folder / "flow.json")
    shutil.copy(HERE / "configurations/node-red-settings.js", folder / "settings.js")
    red = installed / "node_modules/node-red/red.js"
    arguments = ["node", red, "--userDir", folder, "--settings", folder / "settings.js", "--port", port, "flow.json"]
    options = {"env": os.environ | {"RECEIVER": receiver.url}, "stdout": subprocess.DEVNULL}
    return Running("Node-RED", arguments, work / "node-red.log", port, **options)
