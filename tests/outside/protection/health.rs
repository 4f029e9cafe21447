//! `health` asks a router behind TLS.

use super::Home;
use super::certificates::Issuer;
use crate::support::postfordeler;

#[test]
fn health_trusts_the_issuers_that_it_is_given_and_no_others() {
    let home = Home::new();
    let (issuer, other) = (Issuer::new("Kommunens CA"), Issuer::new("En anden"));
    let router = home.serve(&home.certified(&issuer));
    let url = router.receiving_at.replace("127.0.0.1", "localhost");
    let (trusted, wrong) = (home.file("ca.pem", issuer.pem()), home.file("other.pem", other.pem()));
    let asked = |trust: &[&str]| postfordeler(&[&["health", "--url", &url], trust].concat());
    let output = asked(&["--trust", &trusted]);
    assert_eq!((output.status.code(), output.stdout.starts_with(b"ready")), (Some(0), true), "{output:?}");
    for (trust, about) in [(vec![], "no answer"), (vec!["--trust", &wrong], "no answer")] {
        let output = asked(&trust);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(words.contains(about) && words.contains("certificate"), "{words}");
    }
    let empty = home.file("empty.pem", "intet");
    let output = asked(&["--trust", &empty]);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), words.contains("no certificate")), (Some(2), true), "{words}");
}
