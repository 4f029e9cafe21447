//! Who may deliver, and how the router shows who it is: certificates on both sides, API keys, and what is refused.

mod callers;
mod causes;
mod certificates;
mod health;
mod keys;
mod pieces;
mod renewal;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use reqwest::{Certificate, Client, Identity, StatusCode};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use self::certificates::{Issued, Issuer, Subject, write_secret};
use crate::support::{
    Call, Expected, Fagsystem, Memo, Running, block_on, configuration, fagsystem_entry, postfordeler, publish,
};

/// A data directory with rules that send everything to one fagsystem.
struct Home {
    data: TempDir,
    fagsystem: Fagsystem,
}

impl Home {
    fn new() -> Self {
        let (data, fagsystem) = (TempDir::new().unwrap(), Fagsystem::accepting());
        publish(data.path(), &configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
        Self { data, fagsystem }
    }

    fn path(&self, name: &str) -> String {
        text(&self.data.path().join(name))
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        write_secret(&self.data.path().join(name), content);
        self.path(name)
    }

    /// The router's certificate of that issuer, as flags.
    fn certified(&self, issuer: &Issuer) -> [String; 4] {
        let (certificate, key) = issuer.server(2020..2050).files(self.data.path(), "server");
        ["--certificate".to_owned(), text(&certificate), "--key".to_owned(), text(&key)]
    }

    fn serve<S: AsRef<str>>(&self, flags: &[S]) -> Running {
        self.serve_at("127.0.0.1:0", flags)
    }

    fn serve_at<S: AsRef<str>>(&self, listen: &str, flags: &[S]) -> Running {
        let mut arguments = vec!["serve", "--listen", listen, "--data", self.data.path().to_str().unwrap()];
        arguments.extend(flags.iter().map(AsRef::as_ref));
        Running::start(&arguments)
    }

    /// What `serve` says when it does not start: one line.
    /// The same, with a log in JSON and metrics, and where those are offered.
    fn serve_watched<S: AsRef<str>>(&self, flags: &[S]) -> (Running, SocketAddr) {
        let mut all: Vec<&str> = flags.iter().map(AsRef::as_ref).collect();
        all.extend(["--log", "json", "--metrics", "127.0.0.1:0"]);
        let mut router = self.serve(&all);
        loop {
            let line = router.next_line();
            assert!(!line.is_empty(), "it offers no metrics: {}", router.log());
            if let Some(url) = line.strip_prefix("Metrics at http://") {
                return (router, url.strip_suffix("/metrics").unwrap().parse().unwrap());
            }
        }
    }

    /// What a call of `postfordeler api-key` prints.
    #[track_caller]
    fn api_key(&self, arguments: &[&str]) -> String {
        let all = [&["api-key", "--data", self.data.path().to_str().unwrap()], arguments].concat();
        let output = postfordeler(&all);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    #[track_caller]
    fn refusal<S: AsRef<str>>(&self, flags: &[S]) -> String {
        let mut arguments = vec!["serve", "--data", self.data.path().to_str().unwrap()];
        arguments.extend(flags.iter().map(AsRef::as_ref));
        let output = postfordeler(&arguments);
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), b"".as_slice()), "{words}");
        assert_eq!(words.lines().count(), 1, "{words}");
        words
    }

    fn make_api_key(&self) -> String {
        self.api_key(&[])
    }
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// A caller that trusts that issuer's routers, with a certificate to show.
fn caller(trusted_pem: &str, shown: Option<&Issued>) -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let trusted = Certificate::from_pem_bundle(trusted_pem.as_bytes()).unwrap();
    let mut client = Client::builder().no_proxy().tls_certs_only(trusted);
    if let Some(shown) = shown {
        client = client.identity(Identity::from_pem(&shown.pem()).unwrap());
    }
    client.build().unwrap()
}

/// The answer to a delivery: the status, the required authentication, and the receipt. `None`: no connection came about.
fn deliver(client: &Client, router: &Running, headers: &[(&str, &str)]) -> Option<(StatusCode, Option<String>, Value)> {
    let url = router.receiving_at.replace("0.0.0.0", "127.0.0.1");
    let mut request = client.post(url).header("Content-Type", "application/xml").body(Memo::new().xml());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    block_on(async {
        let answer = request.send().await.ok()?;
        let challenge = answer.headers().get("www-authenticate").map(|value| value.to_str().unwrap().to_owned());
        Some((answer.status(), challenge, serde_json::from_str(&answer.text().await.unwrap()).unwrap()))
    })
}

/// What metrics say of that sample; 0 where it is not there.
fn metric(metrics: SocketAddr, sample: &str) -> u64 {
    let text = Call::begin(metrics, "GET /metrics HTTP/1.1").answer().body;
    let value = text.lines().find_map(|line| line.strip_prefix(sample)?.strip_prefix(' ')?.parse().ok());
    value.unwrap_or_default()
}

/// What a log in JSON holds so far.
fn events(router: &mut Running) -> Vec<Value> {
    let log = router.log();
    let whole = log.rfind('\n').map_or("", |end| &log[..end]);
    whole.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect()
}

#[track_caller]
fn assert_accepted(case: &str, client: &Client, router: &Running, headers: &[(&str, &str)]) {
    let (status, _, receipt) = deliver(client, router, headers).unwrap_or_else(|| panic!("{case}: no connection"));
    assert_eq!((status.as_u16(), &receipt["receiptStatus"]), (200, &Value::from("COMPLETED")), "{case}: {receipt}");
}

/// 401 asks for something to show; 403 does not.
#[track_caller]
fn assert_not_allowed(case: &str, status: u16, client: &Client, router: &Running, headers: &[(&str, &str)]) {
    let (found, challenge, receipt) = deliver(client, router, headers).unwrap_or_else(|| panic!("{case}: no answer"));
    let expected = Expected::NOT_ALLOWED;
    assert_eq!((found.as_u16(), challenge.is_some()), (status, status == 401), "{case}: {receipt}");
    assert_eq!(receipt["receiptStatus"], expected.receipt_status, "{case}");
    assert_eq!(receipt["errorCode"], expected.error_code.unwrap(), "{case}");
    assert!(receipt["messageUUID"].is_null(), "{case}: nothing of it is read");
}

#[track_caller]
fn assert_healthy(client: &Client, router: &Running) {
    let url = router.receiving_at.replace("/memo", "/sundhed").replace("0.0.0.0", "127.0.0.1");
    let status = block_on(async { client.get(url).send().await.map(|answer| answer.status()) });
    assert_eq!(status.unwrap().as_u16(), 200);
}

#[test]
fn a_router_with_a_certificate_is_reached_by_those_who_trust_its_issuer() {
    let (home, issuer) = (Home::new(), Issuer::new("Udsteder"));
    let server = issuer.server(2020..2050);
    let password = home.file("password", "hemmelig æ\n");
    let (new, old) = (home.file("new.p12", server.pkcs12("hemmelig æ", false)), home.path("old.p12"));
    fs::write(&old, server.pkcs12("hemmelig æ", true)).unwrap();
    let pem = home.certified(&issuer).to_vec();
    let pkcs12 = |file: &str| ["--pkcs12", file, "--pkcs12-password-file", &password].map(str::to_owned).to_vec();
    for flags in [pem, pkcs12(&new), pkcs12(&old)] {
        let router = home.serve(&flags);
        assert!(router.receiving_at.starts_with("https://127.0.0.1:"), "{}", router.receiving_at);
        assert_accepted("trusted", &caller(&issuer.pem(), None), &router, &[]);
        let stranger = caller(&Issuer::new("En anden").pem(), None);
        assert!(deliver(&stranger, &router, &[]).is_none(), "whoever does not trust the issuer does not deliver");
    }
    assert_eq!(home.fagsystem.whole_requests().len(), 3);
}

#[test]
fn a_self_signed_certificate_is_made_once_and_its_key_kept_to_oneself() {
    let home = Home::new();
    let kept = || {
        let directory = home.data.path().join("self-signed");
        (fs::read_to_string(directory.join("certificate.pem")).unwrap(), fs::read(directory.join("key.pem")).unwrap())
    };
    let first = home.serve(&["--self-signed"]);
    let (certificate, key) = kept();
    assert_accepted("first", &caller(&certificate, None), &first, &[]);
    drop(first);
    let second = home.serve(&["--self-signed"]);
    assert_accepted("second", &caller(&certificate, None), &second, &[]);
    assert_eq!(kept(), (certificate, key));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(home.data.path().join("self-signed/key.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_router_that_others_can_reach_must_have_a_certificate_and_know_who_delivers() {
    let (home, issuer) = (Home::new(), Issuer::new("OCES3"));
    let everywhere = ["--listen", "0.0.0.0:0"];
    let issuers = home.file("issuers.pem", issuer.pem());
    let words = home.refusal(&everywhere);
    assert!(
        ["0.0.0.0:0", "--self-signed", "--client-issuers", "127.0.0.1"].iter().all(|it| words.contains(it)),
        "{words}"
    );
    let words = home.refusal(&[&everywhere[..], &["--self-signed"]].concat());
    assert!(words.contains("--client-issuers") && !words.contains("--self-signed"), "{words}");
    let words = home.refusal(&[&everywhere[..], &["--client-issuers", &issuers]].concat());
    assert!(words.contains("--self-signed"), "{words}");

    let key = home.make_api_key();
    let words = home.refusal(&everywhere);
    assert!(words.contains("--self-signed") && !words.contains("--client-issuers"), "{words}");
    let router = home.serve_at("0.0.0.0:0", &["--self-signed"]);
    let certificate = fs::read_to_string(home.data.path().join("self-signed/certificate.pem")).unwrap();
    let client = caller(&certificate, None);
    assert_accepted("with both", &client, &router, &[("X-Api-Key", &key)]);
    assert_not_allowed("without the key", 401, &client, &router, &[]);
}

#[test]
fn what_cannot_be_used_is_told_in_one_line() {
    let (home, issuer) = (Home::new(), Issuer::new("OCES3"));
    let directory = home.data.path();
    let (certificate, key) = issuer.server(2020..2050).files(directory, "server");
    let (expired, expired_key) = issuer.server(2010..2019).files(directory, "expired");
    let (coming, coming_key) = issuer.server(2090..2091).files(directory, "coming");
    let (certificate, key) = (text(&certificate), text(&key));
    let empty = home.file("empty", "");
    let right = home.file("right", "hemmelig");
    let wrong = home.file("wrong", "gaettet");
    let p12 = home.file("server.p12", issuer.server(2020..2050).pkcs12("hemmelig", false));
    let gone = home.path("gone.pem");
    let open = home.path("open.key");
    fs::copy(&key, &open).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let mut cases = vec![
        (vec!["--certificate", &gone, "--key", &key], "gone.pem"),
        (vec!["--certificate", &certificate, "--key", &gone], "gone.pem"),
        (vec!["--certificate", &empty, "--key", &key], "holds no certificate"),
        (vec!["--certificate", &certificate, "--key", &right], "holds no private key"),
        (vec!["--certificate", &certificate, "--key", expired_key.to_str().unwrap()], "does not fit"),
        (vec!["--certificate", expired.to_str().unwrap(), "--key", expired_key.to_str().unwrap()], "2019-01-01"),
        (vec!["--certificate", coming.to_str().unwrap(), "--key", coming_key.to_str().unwrap()], "2090-01-01"),
        (vec!["--pkcs12", &p12], "POSTFORDELER_PKCS12_PASSWORD"),
        (vec!["--pkcs12", &p12, "--pkcs12-password-file", &wrong], "does not open"),
        (vec!["--pkcs12", &certificate, "--pkcs12-password-file", &right], "no PKCS#12 file"),
        (vec!["--self-signed", "--client-issuers", &empty], "holds no certificate"),
        (vec!["--client-issuers", &certificate], "--self-signed"),
        (vec!["--self-signed", "--client-cvr", "12345678"], "--client-issuers"),
        (vec!["--client-cvr", "1234567"], "eight digits"),
        (vec!["--certificate", &certificate], "--key"),
        (vec!["--self-signed", "--pkcs12", &p12], "--pkcs12"),
    ];
    if cfg!(unix) {
        cases.push((vec!["--certificate", &certificate, "--key", &open], "chmod"));
    }
    for (flags, about) in cases {
        let words = home.refusal(&[&["--listen", "127.0.0.1:0"], flags.as_slice()].concat());
        assert!(words.contains(about), "{flags:?}: {words}");
        assert!(!words.contains("hemmelig") && !words.contains("gaettet"), "{words}");
    }
}

#[test]
fn messages_can_be_sent_to_a_protected_router_from_the_command_line() {
    let (home, issuer) = (Home::new(), Issuer::new("OCES3"));
    let issuers = home.file("issuers.pem", issuer.pem());
    let key = home.file("api-key", home.make_api_key() + "\n");
    let cvr = ["--client-issuers", &issuers, "--client-cvr", "12345678", "--self-signed"];
    let router = home.serve(&cvr);
    let message = home.file("besked.xml", Memo::new().xml());
    let (certificate, private) = issuer.client(Subject::Seal("NTRDK-12345678")).files(home.data.path(), "client");
    let trusted = home.path("self-signed/certificate.pem");
    let call = |more: &[&str]| postfordeler(&[&["send", &message, "--to", &router.receiving_at], more].concat());
    let (certificate, private) = (text(&certificate), text(&private));
    let shown = ["--certificate", &certificate, "--key", &private, "--trust", &trusted, "--api-key-file", &key];

    let sent = call(&shown);
    assert_eq!(sent.status.code(), Some(0), "{}", String::from_utf8_lossy(&sent.stderr));
    let refused = call(&shown[4..]);
    let receipt: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!((refused.status.code(), &receipt["errorCode"]), (Some(1), &"afsender.ikke_godkendt".into()));
    let distrusted = call(&shown[..4]);
    let words = String::from_utf8(distrusted.stderr).unwrap();
    assert_eq!((distrusted.status.code(), words.lines().count()), (Some(2), 1), "{words}");
    assert!(words.contains("TLS"), "{words}");
}

#[test]
fn a_router_whose_guards_are_damaged_does_not_start_until_they_are_chosen_anew() {
    let home = Home::new();
    let directory = home.data.path().to_str().unwrap();
    let damage = |key: &str, value: &str| {
        let database = Connection::open(home.data.path().join("postfordeler.db")).unwrap();
        let row = "INSERT INTO settings VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
        database.execute(row, [key, value]).unwrap();
    };
    home.make_api_key();
    let anywhere = ["--listen", "127.0.0.1:0"];
    for value in ["", "[]", "\"09f0\"", "{", "nul"] {
        damage("api_key", value);
        let words = home.refusal(&anywhere);
        assert!(words.contains("'api_key'") && words.contains("postfordeler api-key"), "{value}: {words}");
    }
    let key = home.make_api_key();
    let client = caller(&Issuer::new("Ingen").pem(), None);
    let router = home.serve::<&str>(&[]);
    assert_accepted("a new key", &client, &router, &[("X-Api-Key", &key)]);
    assert_not_allowed("no key", 401, &client, &router, &[]);
    drop(router);

    damage("api_key", "[]");
    assert_eq!(postfordeler(&["api-key", "--remove", "--data", directory]).status.code(), Some(0));
    assert_accepted("none is demanded, on purpose", &client, &home.serve::<&str>(&[]), &[]);

    let issuer = Issuer::new("OCES3");
    let issuers = home.file("issuers.pem", issuer.pem());
    damage(
        "protection",
        r#"{"certificate": "selfSigned", "client_issuers": "issuers.pem", "client_cvrs": ["1234567"]}"#,
    );
    let part = ["--self-signed", "--client-issuers", &issuers];
    for flags in [&[][..], &part[..1], &part] {
        let words = home.refusal(&[&anywhere, flags].concat());
        assert!(words.contains("'protection'") && words.contains("--client-cvr"), "{flags:?}: {words}");
    }
    let all = [&part[..], &["--client-cvr", "12345678"]].concat();
    let certificate = |router: &Running| {
        assert!(router.receiving_at.starts_with("https://"));
        fs::read_to_string(home.data.path().join("self-signed/certificate.pem")).unwrap()
    };
    let router = home.serve(&all);
    assert_not_allowed("no certificate", 401, &caller(&certificate(&router), None), &router, &[]);
    drop(router);
    damage("protection", r#"{"certificate": "none", "client_issuers": null, "client_cvrs": []}"#);

    let secrets =
        home.file("secrets.json", r#"{"format": "postfordeler-hemmeligheder", "version": 1, "hemmeligheder": []}"#);
    let cases = [
        ("trusted_issuers", "[]", ["--trust", &issuers]),
        ("proxy", "7", ["--proxy", "http://127.0.0.1:3128"]),
        ("secrets", "{", ["--secrets", &secrets]),
        ("retention_days", "\"30\"", ["--retention-days", "30"]),
    ];
    for (setting, value, flags) in cases {
        damage(setting, value);
        let words = home.refusal(&anywhere);
        assert!(words.contains(&format!("'{setting}'")) && words.contains(flags[0]), "{setting}: {words}");
        assert_accepted(setting, &client, &home.serve(&flags), &[]);
        damage(setting, if setting == "retention_days" { "30" } else { "null" });
    }
    // What does not guard has its default.
    for setting in ["most_under_way", "practice", "language", "window", "senere"] {
        damage(setting, "{");
    }
    assert_accepted("the rest", &client, &home.serve::<&str>(&[]), &[]);
    assert_eq!(postfordeler(&["secret", "list", "--data", directory, "--secrets", &secrets]).status.code(), Some(0));
    damage("secrets", "{");
    let listed = postfordeler(&["secret", "list", "--data", directory]);
    let words = String::from_utf8(listed.stderr).unwrap();
    assert_eq!(listed.status.code(), Some(2), "not the keyring instead");
    assert!(words.contains("'secrets'"), "{words}");
}
