//! What is left of a message when it has gone its way.

use std::fs;

use crate::support::{Fagsystem, Form, JournalRow, Memo, Router, configuration, fagsystem_entry, publish, rule};

#[test]
fn the_journal_agrees_with_what_happened() {
    let accepting = Fagsystem::accepting();
    let rejecting = Fagsystem::answering(422, r#"{"errorCode":"sag.lukket"}"#);
    let fagsystems = [("ja", &accepting), ("nej", &rejecting)].map(|(id, it)| fagsystem_entry(id, &it.endpoint()));
    let router = Router::start(&configuration(&fagsystems, &[rule(25, "nej", "kontaktpunkt", "punkt")]));
    let accepted = Memo { sender: Some(("12345678", "CVR")), ..Memo::new() };
    let rejected = Memo { contact_point: Some("punkt".to_owned()), ..Memo::new() };
    let stranger = Memo { recipient: Some(("12345678", "CVR")), ..Memo::new() };
    for message in [&accepted, &rejected, &stranger] {
        router.deliver(&message.xml());
    }
    router.deliver(b"<no/>");
    let row = |message: &Memo, sender: &str, outcome: &str| JournalRow {
        message_uuid: Some(message.uuid.clone()),
        bytes: i64::try_from(message.xml().len()).unwrap(),
        sender_kind: Some(sender.to_owned()),
        fagsystem: None,
        priority: None,
        publication: None,
        outcome: outcome.to_owned(),
        answer_status: None,
        answer_code: None,
    };
    let to = |fagsystem: &str, status, row| JournalRow {
        fagsystem: Some(fagsystem.to_owned()),
        publication: Some(1),
        answer_status: Some(status),
        ..row
    };
    let expected = [
        to("ja", 200, row(&accepted, "virksomhed", "accepteret")),
        JournalRow {
            priority: Some(25),
            answer_code: Some("sag.lukket".to_owned()),
            ..to("nej", 422, row(&rejected, "person", "fagsystem.afvist"))
        },
        row(&stranger, "person", "modtager.ukendt"),
        JournalRow { message_uuid: None, sender_kind: None, bytes: 5, ..row(&stranger, "", "memo.ugyldig") },
    ];
    assert_eq!(router.journal(), expected);
}

#[test]
fn nothing_personal_is_kept_or_told() {
    let secrets = ["2211771212", "221177-1212", "Hemmelig overskrift", "SGVtbWVsaWd0IGluZGhvbGQ=", "Emilie Afsender"];
    let echo = r#"{"errorCode":"2211771212","errorMessage":"Borger 221177-1212 findes ikke"}"#;
    let accepting = Fagsystem::accepting();
    let rejecting = Fagsystem::answering(422, echo);
    let unwell = Fagsystem::answering(500, echo);
    let fagsystems = [("ja", &accepting), ("nej", &rejecting), ("syg", &unwell)];
    let fagsystems = fagsystems.map(|(id, it)| fagsystem_entry(id, &it.endpoint()));
    let rules = [rule(1, "nej", "kontaktpunkt", "nej"), rule(2, "syg", "kontaktpunkt", "syg")];
    let mut router = Router::start(&configuration(&fagsystems, &rules));
    let memo = Memo { label: secrets[2], content: secrets[3].to_owned(), ..Memo::new() };
    let to_point = |id: &str| Memo { contact_point: Some(id.to_owned()), ..memo.clone() }.xml();
    let sound = memo.xml();
    let messages = [
        sound.clone(),
        to_point("nej"),
        to_point("syg"),
        // Free text in the one field that the journal keeps.
        to_point("2211771212"),
        to_point("barnet 221177-1212"),
        Memo { recipient: Some((secrets[0], "CPR")), ..memo.clone() }.xml(),
        Memo { uuid: secrets[0].to_owned(), ..memo.clone() }.xml(),
        sound[..sound.len() - 1].to_vec(),
        String::from_utf8(sound.clone()).unwrap().replacen("</memo:label>", "</memo:labe>", 1).into_bytes(),
    ];
    let mut told = String::new();
    for message in &messages {
        told.push_str(&router.deliver(message).body);
    }
    let form = Form::default().file("2211771212.xml", &sound).end();
    told.push_str(&router.deliver_as(&Form::content_type(), &form).body);
    // Something new is published, so that the files are written to once more.
    publish(router.data.path(), &configuration(&fagsystems, &[]));
    assert_eq!(router.journal().len(), messages.len() + 1);

    let mut kept: Vec<(String, Vec<u8>)> = fs::read_dir(router.data.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    assert!(kept.iter().any(|(name, _)| name.ends_with("-wal")), "the log before the database is scanned too");
    router.running.terminate();
    assert_eq!(router.running.exit_status(), Some(0));
    let log = router.running.log();
    assert!(log.contains(&memo.uuid), "what is told of a message: {log}");
    kept.push(("the log".to_owned(), log.into_bytes()));
    kept.push(("the receipts".to_owned(), told.into_bytes()));
    for (place, bytes) in &kept {
        for secret in secrets {
            let holds_it = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!holds_it, "{place} holds {secret}");
        }
    }
}
