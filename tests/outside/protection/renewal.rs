//! Certificates, issuers and secrets that are renewed while the router runs: in force for the next connection, nothing
//! dropped, and nothing changed by what cannot be used.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use serde_json::{Value, json};

use super::certificates::{Issued, Issuer, Subject, write_secret};
use super::{Home, assert_accepted, caller, deliver, events, metric, text};
use crate::outgoing::secure::{Issuer as FagsystemIssuer, SecureFagsystem};
use crate::support::{AUTHORITY, Running, configuration, eventually, fagsystem_entry, postfordeler, publish};

fn in_force(metrics: SocketAddr, what: &str) -> u64 {
    metric(metrics, &format!("postfordeler_files_in_force{{what=\"{what}\"}}"))
}

fn renewed(metrics: SocketAddr, what: &str) -> u64 {
    metric(metrics, &format!("postfordeler_files_renewed_total{{what=\"{what}\"}}"))
}

/// Puts a file in the place of another as renewals do: it is never half there.
fn replace(path: &Path, content: impl AsRef<[u8]>) {
    let new = path.with_extension("new");
    write_secret(&new, content);
    fs::rename(new, path).unwrap();
}

fn errors(router: &mut Running) -> Vec<String> {
    let events = events(router);
    let errors = events.iter().filter(|it| it["level"] == "ERROR").map(ToString::to_string);
    errors.collect()
}

/// Waits until the log has an error with these words: it is written after the metrics have changed.
fn logs_error(router: &mut Running, words: &str) {
    eventually(words, || errors(router).iter().any(|line| line.contains(words)).then_some(()));
}

/// Whether the router shows a certificate of that issuer.
fn shows(router: &Running, issuer: &Issuer) -> bool {
    deliver(&caller(&issuer.pem(), None), router, &[]).is_some_and(|(status, ..)| status == 200)
}

fn put(issued: &Issued, directory: &Path) {
    replace(&directory.join("server.pem"), issued.certificate.pem());
    replace(&directory.join("server.key"), issued.key.serialize_pem());
}

#[test]
fn a_renewed_certificate_is_shown_from_the_next_connection_on_and_open_ones_go_on() {
    let (home, old, new) = (Home::new(), Issuer::new("Den gamle"), Issuer::new("Den nye"));
    let (mut router, metrics) = home.serve_watched(&home.certified(&old));
    let open = caller(&old.pem(), None);
    assert_accepted("before", &open, &router, &[]);
    let issued = new.server(2020..2050);
    // The certificate first and the key later: between the two they do not belong together.
    replace(&home.data.path().join("server.pem"), issued.certificate.pem());
    router.hang_up();
    eventually("it says that they do not fit", || (in_force(metrics, "certificate") == 0).then_some(()));
    logs_error(&mut router, "does not fit the certificate");
    assert!(shows(&router, &old), "the old one is still shown");
    replace(&home.data.path().join("server.key"), issued.key.serialize_pem());
    // Without being asked.
    eventually("the new one is shown", || shows(&router, &new).then_some(()));
    assert!(!shows(&router, &old));
    assert_eq!((in_force(metrics, "certificate"), renewed(metrics, "certificate")), (1, 1));
    assert_accepted("on the connection that was open", &open, &router, &[]);
    let is_new = |it: &Value| it["what"] == "certificate" && it["valid_until"] == "2050-01-01";
    eventually("the log says it", || events(&mut router).iter().any(is_new).then_some(()));

    // What cannot be used changes nothing, whichever way it is broken.
    let directory = home.data.path();
    let expired = old.server(2010..2019);
    let broken: [(&str, Vec<u8>, Vec<u8>); 3] = [
        ("holds no certificate", b"hej".to_vec(), issued.key.serialize_pem().into()),
        ("2019-01-01", expired.certificate.pem().into(), expired.key.serialize_pem().into()),
        ("holds no private key", issued.certificate.pem().into(), b"hemmelig".to_vec()),
    ];
    for (words, certificate, key) in broken {
        replace(&directory.join("server.pem"), certificate);
        replace(&directory.join("server.key"), key);
        router.hang_up();
        let told = |router: &mut Running| errors(router).iter().any(|line| line.contains(words));
        eventually("it says what is wrong", || told(&mut router).then_some(()));
        assert!(shows(&router, &new), "{words}");
        assert!(!router.log().contains("hemmelig"));
    }
    fs::remove_file(directory.join("server.pem")).unwrap();
    router.hang_up();
    let gone = |router: &mut Running| errors(router).iter().any(|line| line.contains("cannot read"));
    eventually("it says that it is gone", || gone(&mut router).then_some(()));
    assert!(shows(&router, &new));
    put(&old.server(2020..2050), directory);
    router.hang_up();
    eventually("what can be used is shown again", || shows(&router, &old).then_some(()));
    assert_eq!(in_force(metrics, "certificate"), 1);
}

#[cfg(unix)]
#[test]
fn a_link_that_is_turned_to_other_files_is_followed() {
    use std::os::unix::fs::symlink;
    let (home, old, new) = (Home::new(), Issuer::new("Den gamle"), Issuer::new("Den nye"));
    // As Kubernetes mounts secrets: the files are links through a link that is replaced.
    let mount = home.data.path().join("mount");
    for (name, issuer) in [("..1", &old), ("..2", &new)] {
        fs::create_dir_all(mount.join(name)).unwrap();
        put(&issuer.server(2020..2050), &mount.join(name));
    }
    symlink("..1", mount.join("..data")).unwrap();
    for name in ["server.pem", "server.key"] {
        symlink(Path::new("..data").join(name), mount.join(name)).unwrap();
    }
    let [certificate, key] = ["server.pem", "server.key"].map(|name| text(&mount.join(name)));
    let router = home.serve(&["--certificate", &certificate, "--key", &key]);
    assert!(shows(&router, &old));
    symlink("..2", mount.join("..data_tmp")).unwrap();
    fs::rename(mount.join("..data_tmp"), mount.join("..data")).unwrap();
    eventually("the new one is shown", || shows(&router, &new).then_some(()));
}

#[test]
fn a_renewed_pkcs12_file_is_read_with_its_password() {
    let (home, old, new) = (Home::new(), Issuer::new("Den gamle"), Issuer::new("Den nye"));
    let password = home.file("password", "hemmelig");
    let file = home.file("server.p12", old.server(2020..2050).pkcs12("hemmelig", false));
    let (router, metrics) = home.serve_watched(&["--pkcs12", &file, "--pkcs12-password-file", &password]);
    replace(Path::new(&file), new.server(2020..2050).pkcs12("en anden", false));
    router.hang_up();
    eventually("its password is another one", || (in_force(metrics, "certificate") == 0).then_some(()));
    assert!(shows(&router, &old));
    replace(Path::new(&password), "en anden\n");
    router.hang_up();
    eventually("the new one is shown", || shows(&router, &new).then_some(()));
}

#[test]
fn issuers_of_client_certificates_are_exchanged_without_a_restart() {
    let (home, own) = (Home::new(), Issuer::new("Routerens"));
    let (old, new) = (Issuer::new("Den gamle"), Issuer::new("Den nye"));
    let issuers = home.file("issuers.pem", old.pem());
    let flags = [home.certified(&own).to_vec(), vec!["--client-issuers".to_owned(), issuers.clone()]].concat();
    let (router, metrics) = home.serve_watched(&flags);
    let of = |issuer: &Issuer| caller(&own.pem(), Some(&issuer.client(Subject::Seal("NTRDK-12345678"))));
    let is_taken = |issuer: &Issuer| deliver(&of(issuer), &router, &[]).is_some_and(|it| it.0 == 200);
    assert!(is_taken(&old) && !is_taken(&new));
    let open = of(&old);
    assert_accepted("before", &open, &router, &[]);
    replace(Path::new(&issuers), "hej");
    router.hang_up();
    eventually("it says so", || (in_force(metrics, "client_issuers") == 0).then_some(()));
    assert!(is_taken(&old), "what was in force stays so");
    replace(Path::new(&issuers), old.pem() + &new.pem());
    router.hang_up();
    eventually("both are taken", || (is_taken(&new) && is_taken(&old)).then_some(()));
    replace(Path::new(&issuers), new.pem());
    router.hang_up();
    eventually("the old one is not taken any more", || (!is_taken(&old)).then_some(()));
    assert!(is_taken(&new));
    assert_accepted("on a connection that was open", &open, &router, &[]);
    assert_eq!((in_force(metrics, "client_issuers"), renewed(metrics, "client_issuers")), (1, 2));
}

#[test]
fn trusted_issuers_and_secrets_of_fagsystems_are_read_again() {
    let (home, [old, new]) = (Home::new(), ["Den gamle", "Den nye"].map(FagsystemIssuer::new));
    let fagsystem = SecureFagsystem::start(&new.issue(&["127.0.0.1"]), Some(&new));
    let [trusted, shown, secrets] =
        ["trusted.pem", "shown.pem", "secrets.json"].map(|name| home.data.path().join(name));
    old.write_pem(&trusted);
    let mut entry = fagsystem_entry("esdh", &fagsystem.endpoint());
    entry["adgang"] = json!({"type": "klientcertifikat"});
    publish(home.data.path(), &configuration(&[entry], &[]));
    let keep = |issuer: &FagsystemIssuer| {
        issuer.issue(&["router"]).write_pem(&shown);
        let arguments =
            ["secret", "--secrets", secrets.to_str().unwrap(), "--data", home.data.path().to_str().unwrap()];
        let set = ["set", AUTHORITY, "esdh", "--file", shown.to_str().unwrap()];
        assert!(postfordeler(&[arguments.as_slice(), &set].concat()).status.success());
    };
    keep(&new);
    let flags = ["--trust", trusted.to_str().unwrap(), "--secrets", secrets.to_str().unwrap()];
    let (mut router, metrics) = home.serve_watched(&flags);
    let client = caller(&Issuer::new("Ingen").pem(), None);
    let status = || deliver(&client, &router, &[]).unwrap().0.as_u16();
    assert_eq!(status(), 503, "its issuer is not trusted");
    fs::write(trusted.with_extension("new"), "hej").unwrap();
    fs::rename(trusted.with_extension("new"), &trusted).unwrap();
    router.hang_up();
    eventually("it says so", || (in_force(metrics, "trusted_issuers") == 0).then_some(()));
    new.write_pem(&trusted);
    router.hang_up();
    eventually("it is trusted", || (status() == 200).then_some(()));
    assert_eq!(in_force(metrics, "trusted_issuers"), 1);

    let good = fs::read(&secrets).unwrap();
    fs::remove_file(&secrets).unwrap();
    router.hang_up();
    eventually("it says so", || (in_force(metrics, "secrets") == 0).then_some(()));
    assert_eq!(deliver(&client, &router, &[]).unwrap().0.as_u16(), 200, "what was in force stays so");
    logs_error(&mut router, "it is not there");
    assert_eq!(renewed(metrics, "secrets"), 0);
    replace(&secrets, &good);
    router.hang_up();
    eventually("it is in force", || (in_force(metrics, "secrets") == 1).then_some(()));
    replace(&secrets, "{");
    router.hang_up();
    eventually("it says so", || (in_force(metrics, "secrets") == 0).then_some(()));
    assert_eq!(deliver(&client, &router, &[]).unwrap().0.as_u16(), 200, "what was in force stays so");
    logs_error(&mut router, "damaged");
    replace(&secrets, good);
    router.hang_up();
    eventually("it is in force", || (in_force(metrics, "secrets") == 1).then_some(()));
    let status = || deliver(&client, &router, &[]).unwrap().0.as_u16();
    assert_eq!(status(), 200);
    // A certificate that the fagsystem does not accept shows that the one stored now is presented.
    keep(&old);
    router.hang_up();
    eventually("the new one is shown", || (status() == 503).then_some(()));
}

#[test]
fn a_router_that_runs_makes_no_certificate_and_announces_none_that_it_made_when_it_started() {
    let home = Home::new();
    let trusted = home.file("trusted.pem", Issuer::new("Fagsystemerne").pem());
    let (mut router, metrics) = home.serve_watched(&["--self-signed", "--trust", &trusted]);
    // When these have been looked at, the certificate has been too.
    replace(Path::new(&trusted), "hej");
    router.hang_up();
    eventually("it has looked", || (in_force(metrics, "trusted_issuers") == 0).then_some(()));
    assert_eq!((in_force(metrics, "certificate"), renewed(metrics, "certificate")), (1, 0));

    let own = home.data.path().join("self-signed");
    let before = caller(&fs::read_to_string(own.join("certificate.pem")).unwrap(), None);
    fs::rename(&own, home.data.path().join("aside")).unwrap();
    router.hang_up();
    eventually("it says so", || (in_force(metrics, "certificate") == 0).then_some(()));
    logs_error(&mut router, "self-signed");
    assert!(!own.exists(), "it is not somebody else all at once");
    assert_accepted("the same is shown", &before, &router, &[]);
    fs::rename(home.data.path().join("aside"), &own).unwrap();
    router.hang_up();
    eventually("it is in force", || (in_force(metrics, "certificate") == 1).then_some(()));
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_pipe_is_not_waited_for_and_the_router_stops() {
    let (home, issuer) = (Home::new(), Issuer::new("Den gamle"));
    let [issuers, trusted] = ["issuers.pem", "trusted.pem"].map(|name| home.file(name, issuer.pem()));
    let certified = home.certified(&issuer);
    let flags = [&certified[..], &["--client-issuers", &issuers, "--trust", &trusted].map(str::to_owned)].concat();
    let (mut router, metrics) = home.serve_watched(&flags);
    let key = home.path("server.key");
    for (path, what) in [(&key, "certificate"), (&issuers, "client_issuers"), (&trusted, "trusted_issuers")] {
        fs::remove_file(path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        router.hang_up();
        eventually(what, || (in_force(metrics, what) == 0).then_some(()));
    }
    let refused = |router: &mut Running| errors(router).iter().filter(|line| line.contains("is no plain file")).count();
    eventually("the log has one error for each", || (refused(&mut router) == 3).then_some(()));
    assert_eq!(deliver(&caller(&issuer.pem(), None), &router, &[]).unwrap().0, 401, "it takes calls as before");
    router.terminate();
    assert_eq!(router.exit_status(), Some(0));
}
