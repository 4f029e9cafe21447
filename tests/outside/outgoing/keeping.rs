//! How secrets are stored: which files are safe, which texts are secrets.

#[cfg(unix)]
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Barrier;
use std::thread;

use postfordeler::rules::FagsystemId;
use postfordeler::secrets::{Secret, SecretKind, SecretName, Secrets, SecretsLocation};

use super::secure::Issuer;
use super::town::{SECRET, Safe, data_of, header, wanting};
use crate::support::{AUTHORITY, postfordeler};

/// The result of starting a router on that file of secrets: the exit status and the output.
#[cfg(unix)]
fn serve(safe: &Safe) -> (Option<i32>, String) {
    let data = data_of(&wanting("http://127.0.0.1:9101/", &header("X-Api-Key"), None));
    let (data, file) = (data.path().to_str().unwrap(), safe.path_text());
    // It cannot start there anyway: what is wrongly let through ends too.
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = postfordeler(&["serve", "--listen", &address, "--data", data, "--secrets", &file]);
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_or_write_is_refused() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    let safe = Safe::holding(SECRET);
    assert_eq!(fs::metadata(safe.path()).unwrap().permissions().mode() & 0o7777, 0o600);
    for mode in [0o644, 0o640, 0o604, 0o602, 0o620, 0o601] {
        fs::set_permissions(safe.path(), Permissions::from_mode(mode)).unwrap();
        let (status, said) = serve(&safe);
        assert_eq!(status, Some(2), "{mode:o}");
        assert!(said.contains(&format!("mode {mode:04o}")) && said.contains("'chmod 600 "), "{said}");
        assert!(!said.contains("xyzzy"));
        assert_eq!(safe.call(&["set", AUTHORITY, "esdh"], b"other").status.code(), Some(2), "{mode:o}");
    }
    fs::set_permissions(safe.path(), Permissions::from_mode(0o600)).unwrap();
    assert!(fs::read_to_string(safe.path()).unwrap().contains(SECRET));
}

#[cfg(unix)]
#[test]
fn what_is_no_secrets_file_is_refused_without_a_word_of_what_it_holds() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    let safe = Safe::new();
    assert!(serve(&safe).1.contains("it is not there"));
    let entry = r#"{"cvr":"11223344","fagsystem":"esdh","type":"header","vaerdi":"xyzzy"}"#;
    let file =
        |entries: &str| format!(r#"{{"format":"postfordeler-hemmeligheder","version":1,"hemmeligheder":[{entries}]}}"#);
    let bad = [
        "xyzzy".to_owned(),
        r#"{"format":"xyzzy","version":1,"hemmeligheder":[]}"#.to_owned(),
        r#"{"format":"postfordeler-hemmeligheder","version":"xyzzy","hemmeligheder":[]}"#.to_owned(),
        file(&entry.replace("header", "xyzzy")),
        file(&entry.replace("11223344", "xyzzy")),
        file(&format!("{entry},{entry}")),
    ];
    for text in bad {
        fs::write(safe.path(), &text).unwrap();
        fs::set_permissions(safe.path(), Permissions::from_mode(0o600)).unwrap();
        let (status, said) = serve(&safe);
        assert_eq!(status, Some(2), "{text}");
        assert!(said.contains("is no such file, or damaged (line 1)") && !said.contains("xyzzy"), "{text}: {said}");
    }
    fs::remove_file(safe.path()).unwrap();
    fs::create_dir(safe.path()).unwrap();
    assert!(serve(&safe).1.contains("it is no file but something else"));
}

#[test]
fn what_is_no_secret_is_not_kept() {
    let safe = Safe::holding(SECRET);
    for text in ["", "\n", "to\nlinjer", "æøå"] {
        let output = safe.call(&["set", AUTHORITY, "esdh"], text.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{text:?}");
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("nothing was kept: "), "{text:?}");
    }
    assert!(std::fs::read_to_string(safe.path()).unwrap().contains(SECRET));
    let (one, other) = (Issuer::new("En").issue(&["en"]), Issuer::new("En anden").issue(&["en anden"]));
    let cases = [
        (one.certificate_pem(), "there is no private key in it"),
        (one.key_pem(), "there is no certificate in it"),
        (format!("{}{}", one.certificate_pem(), other.key_pem()), "its private key does not belong"),
    ];
    let pem = safe.path().with_extension("pem");
    for (text, why) in cases {
        std::fs::write(&pem, text).unwrap();
        let output = safe.keep_certificate(&pem);
        assert_eq!(output.status.code(), Some(2), "{why}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(why), "{why}");
    }
}

#[test]
fn a_certificate_is_taken_from_a_pkcs12_file_with_its_password() {
    let (issuer, safe) = (Issuer::new("Kommunen"), Safe::new());
    let issued = issuer.issue(&["router"]);
    let file = safe.path().with_extension("p12");
    std::fs::write(&file, issued.pkcs12("kode")).unwrap();
    let keep = |password: &[u8]| {
        let output = safe.call(&["set", AUTHORITY, "esdh", "--file", file.to_str().unwrap()], password);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (status, words) = keep(b"en anden");
    assert!(status == Some(2) && words.starts_with("nothing was kept: its password is another one"), "{words}");
    assert_eq!(keep(b"kode\n"), (Some(0), String::new()));
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(safe.path()).unwrap()).unwrap();
    let pem = kept["hemmeligheder"][0]["vaerdi"].as_str().unwrap();
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(plain(pem), plain(&format!("{}{}", issued.certificate_pem(), issued.key_pem())));
}

#[test]
fn secrets_are_listed_by_name_and_removed() {
    let safe = Safe::holding(SECRET);
    let data = data_of(&wanting("http://127.0.0.1:9101/", &header("X-Api-Key"), Some("http://127.0.0.1:9102/")));
    let (data, file) = (data.path().to_str().unwrap(), safe.path_text());
    let list = || {
        let output = postfordeler(&["secret", "list", "--secrets", &file, "--data", data]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(list(), "11223344 esdh: header value kept\n");
    assert_eq!(safe.call(&["remove", AUTHORITY, "esdh"], b"").status.code(), Some(0));
    assert_eq!(list(), "11223344 esdh: header value missing\n");
    assert_eq!(safe.call(&["remove", AUTHORITY, "esdh"], b"").status.code(), Some(1));
}

/// How many secrets the file holds, each with the value that was given for it.
fn kept(safe: &Safe, fagsystems: &[String]) -> usize {
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(safe.path()).unwrap()).unwrap();
    let entries = written["hemmeligheder"].as_array().unwrap();
    let holds = |id: &&String| entries.iter().any(|it| it["fagsystem"] == **id && it["vaerdi"] == format!("til {id}"));
    assert_eq!(entries.len(), fagsystems.iter().filter(holds).count(), "nothing else is in it");
    entries.len()
}

#[test]
fn secrets_that_threads_keep_at_the_same_time_are_all_kept() {
    let safe = Safe::new();
    let fagsystems: Vec<_> = (0..8).flat_map(|thread| (0..25).map(move |at| format!("f{thread}-{at}"))).collect();
    let name = |id: &str| SecretName {
        authority: AUTHORITY.parse().unwrap(),
        fagsystem: FagsystemId::new(id).unwrap(),
        kind: SecretKind::HeaderValue,
    };
    let begin = Barrier::new(8);
    thread::scope(|scope| {
        for own in fagsystems.chunks(25) {
            let (begin, path) = (&begin, safe.path());
            scope.spawn(move || {
                // Each as a program of its own would.
                let secrets = Secrets::at(SecretsLocation::File(path));
                begin.wait();
                for id in own {
                    let value = Secret::new(SecretKind::HeaderValue, &format!("til {id}")).unwrap();
                    secrets.keep(&name(id), &value).unwrap();
                }
            });
        }
    });
    assert_eq!(kept(&safe, &fagsystems), 200);
    // Half of them are removed while the others are stored again.
    thread::scope(|scope| {
        for (at, own) in fagsystems.chunks(25).enumerate() {
            let path = safe.path();
            scope.spawn(move || {
                let secrets = Secrets::at(SecretsLocation::File(path));
                for id in own {
                    if at % 2 == 0 {
                        assert!(secrets.remove(&name(id)).unwrap(), "{id} was not there");
                        assert!(!secrets.remove(&name(id)).unwrap());
                    } else {
                        secrets
                            .keep(&name(id), &Secret::new(SecretKind::HeaderValue, &format!("til {id}")).unwrap())
                            .unwrap();
                    }
                }
            });
        }
    });
    assert_eq!(kept(&safe, &fagsystems), 100);
}

#[test]
fn secrets_that_programs_keep_at_the_same_time_are_all_kept() {
    let safe = Safe::holding("til esdh");
    let fagsystems: Vec<_> = (0..12).map(|at| format!("f{at}")).collect();
    thread::scope(|scope| {
        for id in &fagsystems {
            let safe = &safe;
            scope.spawn(move || {
                let output = safe.call(&["set", AUTHORITY, id], format!("til {id}").as_bytes());
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            });
        }
    });
    let all: Vec<_> = fagsystems.into_iter().chain(["esdh".to_owned()]).collect();
    assert_eq!(kept(&safe, &all), all.len());
}

#[cfg(unix)]
#[test]
fn the_lock_beside_a_secrets_file_follows_no_link_and_waits_at_no_pipe() {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    let safe = Safe::holding(SECRET);
    let lock = safe.path().with_extension("json.lock");
    assert_eq!(fs::metadata(&lock).unwrap().permissions().mode() & 0o7777, 0o600);
    let set = || safe.call(&["set", AUTHORITY, "andet"], b"noget");

    let others = safe.path().with_file_name("andres");
    fs::write(&others, "andres fil").unwrap();
    fs::remove_file(&lock).unwrap();
    symlink(&others, &lock).unwrap();
    let refused = set();
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("json.lock is no file but something else"), "{said}");
    assert_eq!(fs::read_to_string(&others).unwrap(), "andres fil");

    fs::remove_file(&lock).unwrap();
    assert!(Command::new("mkfifo").arg(&lock).status().unwrap().success());
    assert_eq!(set().status.code(), Some(2), "a pipe would wait for ever");

    fs::remove_file(&lock).unwrap();
    assert!(set().status.success());
    assert!(fs::read_to_string(safe.path()).unwrap().contains(SECRET));
}

#[test]
fn what_a_killed_program_left_half_written_goes_with_the_next_change() {
    use std::fs;

    let safe = Safe::holding(SECRET);
    let beside = |ending: &str| safe.path().with_file_name(format!("hemmeligheder.json.{ending}"));
    let left = beside("0a1b2c3d4e5f60718293a4b5c6d7e8f9.part");
    let others = [beside("part"), beside("kopi.part"), beside("bak")];
    for path in others.iter().chain([&left]) {
        fs::write(path, "en gammel hemmelighed").unwrap();
    }
    safe.keep("en ny");
    assert!(!left.exists(), "a secret that was removed since may be in it");
    assert!(others.iter().all(|path| path.exists()), "what somebody else put there stays");
}

#[test]
fn a_secret_is_kept_only_for_a_known_fagsystem_that_wants_it_and_what_is_kept_is_shown() {
    let safe = Safe::new();
    let mut configuration = wanting("https://esdh.example/", &header("X-Api-Key"), Some("http://127.0.0.1:9102/"));
    let mut third = crate::support::fagsystem_entry("tredje", "https://tredje.example/");
    third["adgang"] = super::town::certificate();
    configuration["myndigheder"][0]["fagsystemer"].as_array_mut().unwrap().push(third);
    let data = data_of(&configuration);
    let (data, file) = (data.path().to_str().unwrap().to_owned(), safe.path_text());
    let pem = safe.path().with_extension("pem");
    let issuer = Issuer::new("Kommunen");
    issuer.issue_for_days(&["router"], 100).write_pem(&pem);
    let call = |arguments: &[&str], input: &[u8]| {
        let all = [&["secret", "--secrets", &file, "--data", &data], arguments].concat();
        let output = crate::support::postfordeler_reading(&all, input);
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let refused = [
        (
            &["set", "11223344", "edsh"][..],
            "nothing was kept: 11223344 has no business system 'edsh'; it has 'esdh', 'andet', 'tredje'",
        ),
        (
            &["set", "87654321", "esdh"],
            "nothing was kept: the configuration has no authority 87654321; it has 11223344",
        ),
        (&["set", "11223344", "andet"], "the business system 'andet' of 11223344 wants no secret"),
        (&["set", "11223344", "tredje"], "wants a client certificate; name its file with --file"),
        (&["set", "11223344", "esdh", "--file", pem.to_str().unwrap()], "wants the value of the header X-Api-Key"),
    ];
    for (arguments, why) in refused {
        let (status, said) = call(arguments, b"hemmelig-noegle");
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains(why) && said.lines().count() == 1, "{said}");
        assert!(!safe.path().exists(), "nothing is kept: {said}");
    }
    let (status, said) = call(&["set", "11223344", "esdh"], b"hemmelig-noegle");
    assert_eq!(
        (status, said.as_str()),
        (Some(0), "The header value for 'esdh' of 11223344 is kept in the secrets file\n")
    );
    let (status, said) = call(&["set", "11223344", "tredje", "--file", pem.to_str().unwrap()], b"");
    let beginning = "The client certificate for 'tredje' of 11223344 is kept in the secrets file: valid until ";
    assert_eq!(status, Some(0), "{said}");
    assert!(said.starts_with(beginning) && said.contains("of CN=router, issued by CN=Kommunen"), "{said}");
    let (_, list) = call(&["list"], b"");
    let lines: Vec<_> = list.lines().collect();
    assert_eq!(lines[0], "11223344 esdh: header value kept");
    assert!(lines[1].starts_with("11223344 tredje: client certificate kept: valid until 20"), "{list}");
    assert!(!list.contains("hemmelig") && !list.contains("PRIVATE"), "{list}");
    issuer.issue_from(&["router"], 1990, 2000).write_pem(&pem);
    let (status, said) = call(&["set", "11223344", "tredje", "--file", pem.to_str().unwrap()], b"");
    assert!(status == Some(0) && said.contains("EXPIRED, it was valid until 2000-01-01"), "{said}");
    assert!(call(&["list"], b"").1.contains("client certificate kept: EXPIRED, it was valid until 2000-01-01"));
}
