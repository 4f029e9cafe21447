//! A header's secret goes to the fagsystem that requires it, encrypted or within this machine, and nowhere else.

use std::fs;
use std::path::Path;

use super::town::{OTHER_POINT, SECRET, Safe, deliver, header, router, wanting, words};
use crate::support::{AUTHORITY, Fagsystem, Memo, eventually, postfordeler, publish};

#[test]
fn a_header_goes_to_the_fagsystem_that_wants_it_and_to_no_other() {
    let (esdh, other) = (Fagsystem::accepting(), Fagsystem::accepting());
    let safe = Safe::holding(SECRET);
    let router = router(&wanting(&esdh.endpoint(), &header("Authorization"), Some(&other.endpoint())), &safe, &[]);
    let to_other = Memo { contact_point: Some(OTHER_POINT.to_owned()), ..Memo::new() };
    assert_eq!((deliver(&router).status(), router.deliver(&to_other.xml()).status()), (200, 200));
    assert_eq!(esdh.whole_requests()[0].header("Authorization"), Some(SECRET));
    assert_eq!(esdh.whole_requests()[0].header("Content-Type"), Some("application/xml"));
    let elsewhere = other.whole_requests();
    assert_eq!(elsewhere.len(), 1);
    assert!(!elsewhere[0].head.contains("xyzzy"), "{}", elsewhere[0].head);
}

#[test]
fn nothing_is_sent_without_its_secret_and_the_secret_counts_soon_after_it_is_kept() {
    let esdh = Fagsystem::accepting();
    let safe = Safe::holding(SECRET);
    assert!(safe.call(&["remove", AUTHORITY, "esdh"], b"").status.success());
    let mut router = router(&wanting(&esdh.endpoint(), &header("X-Api-Key"), None), &safe, &[]);
    let refused = deliver(&router);
    assert_eq!(refused.status(), 503);
    assert_eq!(
        words(&refused),
        "nothing was sent: the router could not have the secret by which it is known there [ingen_adgang]"
    );
    assert!(esdh.requests().is_empty());
    let lacking = "there is no header value for the business system 'esdh' of 11223344";
    eventually("the log tells what is lacking", || router.running.log().contains(lacking).then_some(()));
    safe.keep("a-first");
    eventually("the secret counts", || (deliver(&router).status() == 200).then_some(()));
    safe.keep("b-second");
    eventually("the newer secret counts", || {
        deliver(&router);
        esdh.whole_requests().iter().any(|it| it.header("x-api-key") == Some("b-second")).then_some(())
    });
    assert_eq!(esdh.whole_requests()[0].header("x-api-key"), Some("a-first"));
}

#[test]
fn a_secret_does_not_go_to_where_others_could_read_it() {
    let proxy = Fagsystem::accepting();
    let safe = Safe::holding(SECRET);
    let configuration = wanting("http://fagsystem.invalid/postmodtag", &header("X-Api-Key"), None);
    let router = router(&configuration, &safe, &["--proxy", &format!("http://{}", proxy.address)]);
    let refused = deliver(&router);
    assert_eq!(refused.status(), 503);
    assert_eq!(
        words(&refused),
        "nothing was sent: the secret by which it knows the router would go unencrypted [ukrypteret]"
    );
    assert!(proxy.requests().is_empty());
    let checked = postfordeler(&["check", "--data", router.data.path().to_str().unwrap()]);
    let told = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(told.contains("fagsystemer[0].endpoint: the business system 'esdh' gets nothing"), "{told}");
    // A certificate cannot be shown without TLS, wherever that is.
    let plain = Fagsystem::accepting();
    publish(router.data.path(), &wanting(&plain.endpoint(), &super::town::certificate(), None));
    eventually("the new publication counts", || {
        deliver(&router);
        router.journal().iter().any(|row| row.publication == Some(2)).then_some(())
    });
    assert!(plain.requests().is_empty());
}

#[test]
fn a_redirect_takes_no_secret_elsewhere() {
    let elsewhere = Fagsystem::accepting();
    let to = elsewhere.endpoint();
    let esdh = Fagsystem::start(move |connection| {
        if connection.take_all() {
            connection.write(&format!("HTTP/1.1 303 Svar\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"));
        }
    });
    let safe = Safe::holding(SECRET);
    let router = router(&wanting(&esdh.endpoint(), &header("X-Api-Key"), None), &safe, &[]);
    assert_eq!(deliver(&router).status(), 503);
    assert_eq!(esdh.whole_requests().len(), 1);
    assert!(elsewhere.requests().is_empty());
}

/// Whether the bytes occur in any file of that directory.
fn stands_in(directory: &Path, wanted: &[u8]) -> Vec<String> {
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let holds = |path: &std::path::PathBuf| {
        fs::read(path).is_ok_and(|bytes| bytes.windows(wanted.len()).any(|window| window == wanted))
    };
    files.filter(holds).map(|path| path.display().to_string()).collect()
}

#[test]
fn a_secret_stands_nowhere_but_in_its_file() {
    let esdh = Fagsystem::answering(422, r#"{"errorCode":"nej","errorMessage":"no"}"#);
    let safe = Safe::holding(SECRET);
    let configuration = wanting(&esdh.endpoint(), &header("Authorization"), None);
    let file = safe.path_text();
    let mut router = router(&configuration, &safe, &[]);
    assert_eq!(deliver(&router).status(), 422);
    assert_eq!(esdh.whole_requests()[0].header("authorization"), Some(SECRET));
    let data = router.data.path().to_str().unwrap().to_owned();
    let export = postfordeler(&["export", "-", "--data", &data]);
    let list = postfordeler(&["secret", "list", "--secrets", &file, "--data", &data]);
    assert_eq!(String::from_utf8_lossy(&list.stdout), "11223344 esdh: header value kept\n");
    assert!(String::from_utf8_lossy(&export.stdout).contains("Authorization"));
    assert!(!String::from_utf8_lossy(&export.stdout).contains("xyzzy"));
    assert_eq!(stands_in(router.data.path(), b"xyzzy"), Vec::<String>::new());
    assert_eq!(stands_in(safe.path().parent().unwrap(), b"xyzzy").len(), 1);
    router.running.terminate();
    router.running.exit_status();
    assert!(!router.running.log().contains("xyzzy"));
    assert_eq!(stands_in(router.data.path(), b"xyzzy"), Vec::<String>::new());
}
