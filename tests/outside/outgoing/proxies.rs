//! No proxy but the configured one, and none within this machine.

use super::town::{data_of, deliver};
use crate::support::{Fagsystem, Router, configuration, fagsystem_entry};

fn start(endpoint: &str, further: &[&str], environment: &[(&str, &str)]) -> Router {
    Router::start_so(data_of(&configuration(&[fagsystem_entry("esdh", endpoint)], &[])), further, environment)
}

#[test]
fn the_proxy_of_the_environment_is_not_used() {
    let (esdh, proxy) = (Fagsystem::accepting(), Fagsystem::accepting());
    let address = format!("http://{}", proxy.address);
    let names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    let environment = names.map(|name| (name, address.as_str()));
    assert_eq!(deliver(&start(&esdh.endpoint(), &[], &environment)).status(), 200);
    assert_eq!(deliver(&start("http://fagsystem.invalid/postmodtag", &[], &environment)).status(), 503);
    assert_eq!((esdh.whole_requests().len(), proxy.requests().len()), (1, 0));
}

#[test]
fn the_proxy_that_was_asked_for_is_used_for_other_machines_alone() {
    let (esdh, proxy) = (Fagsystem::accepting(), Fagsystem::accepting());
    let address = format!("http://{}", proxy.address);
    let further = ["--proxy", address.as_str()];
    let within = format!("http://localhost:{}/postmodtag", esdh.address.port());
    for endpoint in [esdh.endpoint(), within] {
        assert_eq!(deliver(&start(&endpoint, &further, &[])).status(), 200, "{endpoint}");
    }
    assert_eq!((esdh.whole_requests().len(), proxy.requests().len()), (2, 0));
    assert_eq!(deliver(&start("http://fagsystem.invalid/postmodtag", &further, &[])).status(), 200);
    assert_eq!(
        proxy.whole_requests()[0].head.lines().next(),
        Some("POST http://fagsystem.invalid/postmodtag HTTP/1.1")
    );
}
