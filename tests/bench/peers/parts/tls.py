"""Over TLS with client certificates on both sides, against nginx doing the same.

The proxy that shows the certificate for wrk, and the receiver that asks for one, cost both alike: the ratio of the rates
is nearer to one than that of the peers' own CPU time.
"""

import tls
from parts.rate import CONNECTIONS, against_nginx
from rounds import all_faults, of_small_messages
from table import print_rates

OF_NGINX = 0.5


def run(bench):
    certificates = tls.Certificates(bench.work / "certificates")
    counter = bench.receiver
    with bench.running() as stage:
        receiver = stage.started(tls.start_tls_receiver(counter, certificates, bench.work / "tls-receiver"))
        add(bench, stage, tls.start_tls_nginx(receiver, certificates, bench.work / "tls-nginx"), certificates)
        for name, program in bench.routers.items():
            folder = bench.work / f"tls-data-{name}"
            data, router = tls.start_tls_router(name, program, receiver, certificates, folder)
            stage.undo.append(data.remove)
            add(bench, stage, router, certificates)
        bench.receiver = receiver
        try:
            results = of_small_messages(bench, stage, CONNECTIONS)
        finally:
            bench.receiver = counter
    print_rates("17 kB over TLS, client certificates on both sides", results, "nginx")
    what = "messages a second over TLS with client certificates"
    return against_nginx(bench, results, what, OF_NGINX), all_faults(results)


def add(bench, stage, peer, certificates):
    stage.started(peer)
    stage.started(tls.put_a_sender_before(peer, certificates, bench.work / f"tls-sender-{peer.name}"))
    peer.wait_until_it_takes(bench.small)
    stage.peers.append(peer)
