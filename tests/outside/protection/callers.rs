//! Who may deliver: by a certificate, by a key, or by both.

use std::collections::BTreeMap;
use std::fs;

use super::certificates::{Issuer, Subject};
use super::{Home, assert_accepted, assert_healthy, assert_not_allowed, caller, deliver};
use crate::support::{Router, postfordeler};

#[test]
fn only_callers_with_a_certificate_of_the_right_issuer_and_owner_deliver() {
    let (home, issuer, other) = (Home::new(), Issuer::new("OCES3"), Issuer::new("En anden"));
    let issuers = home.file("issuers.pem", issuer.pem());
    let flags = [home.certified(&issuer).to_vec(), vec!["--client-issuers".to_owned(), issuers]].concat();
    let of = |subject| caller(&issuer.pem(), Some(&issuer.client(subject)));
    let nobody = caller(&issuer.pem(), None);

    let router = home.serve(&flags);
    assert_accepted("anybody's of that issuer", &of(Subject::Nobody), &router, &[]);
    assert_not_allowed("no certificate", 401, &nobody, &router, &[]);
    assert_healthy(&nobody, &router);
    let forged = caller(&issuer.pem(), Some(&other.client(Subject::Seal("NTRDK-12345678"))));
    assert!(deliver(&forged, &router, &[]).is_none(), "a certificate of another issuer ends the handshake");
    drop(router);

    let cvrs = ["--client-cvr", "12345678", "--client-cvr", "87654321"].map(str::to_owned);
    let router = home.serve(&[flags, cvrs.to_vec()].concat());
    let accepted = [
        Subject::Oces3("NTRDK-12345678", "UI:DK-O:G:5e50b9bb-22fd-483d-baf7-fd077ed975f5"),
        Subject::Oces3("NTRDK-87654321", "UI:DK-O:G:409D7CC4-4E01-464B-A629-303F7329FED5"),
        Subject::Oces3("NTRDK-12345678", "CVR:12345678-FID:92421325"),
        Subject::Seal("NTRDK-12345678"),
        Subject::Oces2("CVR:12345678-FID:92421325"),
        Subject::Oces2("CVR:12345678-UID:27758862"),
    ];
    for subject in accepted {
        assert_accepted(&format!("{subject:?}"), &of(subject), &router, &[]);
    }
    let refused = [
        Subject::Seal("NTRDK-11111111"),
        Subject::Seal("12345678"),
        Subject::Seal("NTRDE-12345678"),
        Subject::Seal("NTRDK-12345678 "),
        // An employee is not the organisation.
        Subject::Oces2("CVR:12345678-RID:1203670161406"),
        Subject::Oces3("NTRDK-12345678", "UI:DK-E:G:4bb8cb25-22b1-4760-b7ce-e5c83142a98e"),
        Subject::Oces3("NTRDK-12345678", "CVR:12345678-RID:1203670161406"),
        // Nor is a private person.
        Subject::Oces3("NTRDK-12345678", "UI:DK-P:G:894715f7-4261-4443-9f1c-d45f1f21b222"),
        Subject::Oces3("NTRDK-12345678", "PID:9208-2002-2-123456789012"),
        Subject::Attributes(&[(97, "NTRDK-12345678"), (42, "Anne"), (4, "Østergaard")]),
        Subject::Attributes(&[(65, "Pseudonym"), (5, "CVR:12345678-FID:92421325")]),
        // Whatever is unknown is not the organisation either.
        Subject::Oces3("NTRDK-12345678", "ui:dk-o:g:5e50b9bb-22fd-483d-baf7-fd077ed975f5"),
        Subject::Oces3("NTRDK-12345678", "UI:DK-X:G:5e50b9bb-22fd-483d-baf7-fd077ed975f5"),
        Subject::Oces3("NTRDK-12345678", "UI:DK-O:"),
        Subject::Oces3("NTRDK-12345678", ""),
        Subject::Oces2("UI:DK-O:G:5e50b9bb-22fd-483d-baf7-fd077ed975f5"),
        Subject::Oces2("CVR:12345678-FID:"),
        Subject::Oces2("CVR:12345678-FID:1-RID:2"),
        Subject::Oces2("CVR:11111111-FID:12345678"),
        // A certificate that contradicts itself has no owner.
        Subject::Oces3("NTRDK-11111111", "CVR:12345678-FID:92421325"),
        Subject::Oces3("NTRDK-12345678", "CVR:11111111-FID:92421325"),
        Subject::Oces3("NTRDE-12345678", "CVR:12345678-FID:92421325"),
        Subject::Nobody,
    ];
    for subject in refused {
        assert_not_allowed(&format!("{subject:?}"), 403, &of(subject), &router, &[]);
    }
    assert_not_allowed("no certificate", 401, &nobody, &router, &[]);
    assert_healthy(&nobody, &router);
    assert_eq!(home.fagsystem.whole_requests().len(), 7);
}

#[test]
fn an_api_key_lets_in_whoever_has_it_and_is_kept_as_a_hash_alone() {
    let home = Home::new();
    let first = home.make_api_key();
    let key = home.make_api_key();
    assert_eq!((key.len(), first == key), (64, false), "256 bits, new each time");
    let router = home.serve::<&str>(&[]);
    let client = caller(&Issuer::new("Ingen").pem(), None);
    let bearer = |key: &str| format!("Bearer {key}");
    assert_accepted("bearer", &client, &router, &[("Authorization", &bearer(&key))]);
    assert_accepted("a scheme in small letters", &client, &router, &[("Authorization", &format!("bearer {key}"))]);
    assert_accepted("a header of its own", &client, &router, &[("X-Api-Key", &key)]);
    let refused = [
        ("no key", 401, vec![]),
        ("another scheme", 401, vec![("Authorization", format!("Basic {key}"))]),
        ("the key before", 403, vec![("Authorization", bearer(&first))]),
        ("half a key", 403, vec![("X-Api-Key", key[..32].to_owned())]),
        ("none but the name", 403, vec![("X-Api-Key", String::new())]),
        ("from a web page", 403, vec![("X-Api-Key", key.clone()), ("Origin", "https://example.dk".to_owned())]),
    ];
    for (case, status, headers) in &refused {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_not_allowed(case, *status, &client, &router, &headers);
    }
    assert_healthy(&client, &router);
    assert_eq!(home.fagsystem.whole_requests().len(), 3);
    drop(router);
    let rows = Router::start_on(home.data).journal();
    let mut outcomes = BTreeMap::new();
    for row in &rows {
        *outcomes.entry(row.outcome.as_str()).or_insert(0) += 1;
    }
    assert_eq!(outcomes.get("afsender.ikke_godkendt"), Some(&refused.len()), "{outcomes:?}");
}

#[test]
fn the_key_itself_is_nowhere_in_the_data_directory() {
    let home = Home::new();
    let key = home.make_api_key();
    let router = home.serve::<&str>(&[]);
    let client = caller(&Issuer::new("Ingen").pem(), None);
    assert_accepted("the key counts", &client, &router, &[("X-Api-Key", &key)]);
    for entry in fs::read_dir(home.data.path()).unwrap() {
        let content = fs::read(entry.unwrap().path()).unwrap();
        assert!(!content.windows(key.len()).any(|window| window == key.as_bytes()), "the key has been written");
    }
    drop(router);
    let removed = postfordeler(&["api-key", "--remove", "--data", home.data.path().to_str().unwrap()]);
    assert_eq!((removed.status.code(), removed.stdout.as_slice()), (Some(0), b"".as_slice()));
    assert_accepted("no key is demanded any more", &client, &home.serve::<&str>(&[]), &[]);
}

#[test]
fn where_certificate_and_key_are_demanded_both_must_be_shown() {
    let (home, issuer) = (Home::new(), Issuer::new("OCES3"));
    let issuers = home.file("issuers.pem", issuer.pem());
    let key = home.make_api_key();
    let router = home.serve(&[home.certified(&issuer).to_vec(), vec!["--client-issuers".to_owned(), issuers]].concat());
    let known = caller(&issuer.pem(), Some(&issuer.client(Subject::Nobody)));
    let nobody = caller(&issuer.pem(), None);
    assert_accepted("both", &known, &router, &[("X-Api-Key", &key)]);
    assert_not_allowed("no key", 401, &known, &router, &[]);
    assert_not_allowed("no certificate", 401, &nobody, &router, &[("X-Api-Key", &key)]);
}
