//! Whatever the rules and settings of training say, its router calls no other machine and is called by none.

use std::net::{IpAddr, TcpListener, UdpSocket};

use postfordeler::router::{Courier, ProbeAnswer};
use postfordeler::rules::TimeLimits;
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::{Reason, RouterSettings, Store};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;

use crate::support::{
    Expected, Fagsystem, Memo, Router, assert_receipt, block_on, configuration, fagsystem_entry, postfordeler, publish,
};

/// Training data with that configuration in force.
fn training(configuration: &Value) -> TempDir {
    let data = TempDir::new().unwrap();
    Store::open(data.path()).unwrap().dedicate_to_training().unwrap();
    publish(data.path(), configuration);
    data
}

fn with_endpoint(endpoint: &str) -> Value {
    configuration(&[fagsystem_entry("esdh", endpoint)], &[])
}

/// The address of this machine that other machines know it by; `None` where it has none.
fn address_in_the_network() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // Nothing is sent: this only asks which way a packet would leave.
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

#[test]
fn a_practice_fagsystem_gets_its_messages() {
    let fagsystem = Fagsystem::accepting();
    let router = Router::start_on(training(&with_endpoint(&fagsystem.endpoint())));
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 200);
    assert_eq!(fagsystem.whole_requests().len(), 1);
}

#[test]
fn nothing_goes_to_an_endpoint_beyond_this_machine() {
    // Every other way out leads here: the proxy, and the machine's own address in the network.
    let way_out = Fagsystem::accepting();
    let own = TcpListener::bind("0.0.0.0:0").unwrap();
    own.set_nonblocking(true).unwrap();
    let port = own.local_addr().unwrap().port();
    let in_the_network = address_in_the_network().map(|ip| format!("http://{ip}:{port}/postmodtag"));
    let endpoints = [
        "http://fagsystem.invalid/postmodtag",
        "https://fagsystem.invalid/postmodtag",
        "http://192.0.2.1/postmodtag",
        "http://[2001:db8::1]/postmodtag",
        "http://0.0.0.0/postmodtag",
        "http://localhost.fagsystem.invalid/postmodtag",
    ];
    for endpoint in endpoints.map(str::to_owned).into_iter().chain(in_the_network) {
        let data = training(&with_endpoint(&endpoint));
        let proxy = format!("http://{}", way_out.address);
        let router = Router::start_so(data, &["--proxy", &proxy], &[]);
        let message = Memo::new();
        let answer = router.deliver(&message.xml());
        assert_receipt(&endpoint, &answer, Expected::UNAVAILABLE, Some(&message.uuid));
        let reason: String = router.database().query_row("SELECT reason FROM journal", [], |row| row.get(0)).unwrap();
        assert_eq!(reason, "uden_for_oevelsen", "{endpoint}");
    }
    assert!(way_out.requests().is_empty(), "the proxy was asked");
    assert!(own.accept().is_err(), "somebody called from the network's side");
}

#[test]
fn an_endpoint_beyond_this_machine_is_not_even_probed() {
    let data = training(&with_endpoint("http://127.0.0.1:1/"));
    let way_out = Fagsystem::accepting();
    let settings = RouterSettings {
        proxy: Some(format!("http://{}", way_out.address)),
        ..Store::open(data.path()).unwrap().settings().unwrap()
    };
    let courier = Courier::new(&settings, Arc::new(Secrets::at(SecretsLocation::Keyring))).unwrap();
    let endpoint = "https://fagsystem.invalid/".parse().unwrap();
    let probe = block_on(courier.probe(&endpoint, None, TimeLimits::default()));
    assert_eq!(probe.answer, ProbeAnswer::NotReached(Reason::BeyondTraining.into()));
    assert!(way_out.requests().is_empty());
}

#[test]
fn the_router_cannot_be_called_from_other_machines() {
    let data = training(&with_endpoint("http://127.0.0.1:1/"));
    let directory = data.path().to_str().unwrap();
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let refused = postfordeler(&["serve", "--listen", listen, "--data", directory]);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains("training takes messages from this machine alone"), "{said}");
    }
}

#[test]
fn what_is_taken_in_from_files_does_not_widen_it() {
    let data = training(&with_endpoint("http://127.0.0.1:1/"));
    let file = data.path().join("ny.json");
    std::fs::write(&file, json!(with_endpoint("https://fagsystem.invalid/")).to_string()).unwrap();
    let directory = data.path().to_str().unwrap();
    let taken = postfordeler(&["import", file.to_str().unwrap(), "--data", directory]);
    assert_eq!(taken.status.code(), Some(0), "{}", String::from_utf8_lossy(&taken.stderr));
    let router = Router::start_on(data);
    assert_eq!(router.deliver(&Memo::new().xml()).status(), 503);
    let reason: String = router.database().query_row("SELECT reason FROM journal", [], |row| row.get(0)).unwrap();
    assert_eq!(reason, "uden_for_oevelsen");
}
