//! One word for one thing: the same state has the same name wherever it appears, and the same thing in English too.

use std::fs;

use postfordeler::desktop::{Message, Page};
use postfordeler::store::{Journal, JournalEntry, Outcome, Reason};
use tempfile::TempDir;

use super::overview::{entry, failed, in_force, record, sent};
use super::town::{noon, store, town, town_with};
use crate::support::block_on;
use crate::window::{self, Window};

/// What becomes of messages, with the word for it in Danish and English.
const STATES: [State; 45] = [
    (Outcome::Accepted, None, "Accepteret", "Accepted"),
    (Outcome::Rejected, None, "Afvist", "Rejected"),
    (Outcome::Unavailable, None, "Utilgængeligt", "Unavailable"),
    (Outcome::Unavailable, Some(Reason::Paused), "På pause", "Paused"),
    (Outcome::Unavailable, Some(Reason::Removed), "Fagsystem fjernet", "System removed"),
    (Outcome::Unavailable, Some(Reason::NoAccess), "Adgang mangler", "Access missing"),
    (Outcome::Unavailable, Some(Reason::AccessRefused), "Adgang afvist", "Access refused"),
    (Outcome::Unavailable, Some(Reason::CallRefused), "Kald afvist", "Call refused"),
    (Outcome::Unavailable, Some(Reason::Unread), "Ikke læst", "Not read"),
    (Outcome::Unavailable, Some(Reason::NoConnection), "Ingen forbindelse", "No connection"),
    (Outcome::Unavailable, Some(Reason::Unencrypted), "Ikke krypteret", "Not encrypted"),
    (Outcome::Unavailable, Some(Reason::ConnectionRefused), "Forbindelse afvist", "Connection refused"),
    (Outcome::Unavailable, Some(Reason::NoSuchName), "Ukendt navn", "Unknown name"),
    (Outcome::Unavailable, Some(Reason::NotConnectedInTime), "Ikke forbundet i tide", "Not connected in time"),
    (Outcome::Unavailable, Some(Reason::ProxyUnreachable), "Proxy ikke nået", "Proxy not reached"),
    (Outcome::Unavailable, Some(Reason::ProxyRefused), "Proxy afviste", "Proxy refused"),
    (Outcome::Unavailable, Some(Reason::NotTls), "Ingen TLS der", "No TLS there"),
    (Outcome::Unavailable, Some(Reason::TlsWanted), "TLS kræves", "TLS wanted"),
    (Outcome::Unavailable, Some(Reason::TlsFailed), "TLS mislykkedes", "TLS failed"),
    (Outcome::Unavailable, Some(Reason::IssuerUnknown), "Ukendt udsteder", "Unknown issuer"),
    (Outcome::Unavailable, Some(Reason::CertificateExpired), "Certifikat udløbet", "Certificate expired"),
    (Outcome::Unavailable, Some(Reason::CertificateNotYetValid), "Certifikat ikke i kraft", "Certificate too early"),
    (Outcome::Unavailable, Some(Reason::CertificateOfOther), "Forkert certifikatnavn", "Wrong certificate name"),
    (Outcome::Unavailable, Some(Reason::CertificateInvalid), "Ugyldigt certifikat", "Certificate invalid"),
    (
        Outcome::Unavailable,
        Some(Reason::ClientCertificateWanted),
        "Klientcertifikat kræves",
        "Client certificate wanted",
    ),
    (
        Outcome::Unavailable,
        Some(Reason::ClientCertificateRefused),
        "Klientcertifikat afvist",
        "Client certificate refused",
    ),
    (
        Outcome::Unavailable,
        Some(Reason::ClientCertificateExpired),
        "Klientcertifikat udløbet",
        "Client certificate expired",
    ),
    (Outcome::Unavailable, Some(Reason::GatewayWithoutAnswer), "Intet svar til gateway", "No answer to gateway"),
    (Outcome::Unavailable, Some(Reason::TooSlow), "For langsomt", "Too slow"),
    (Outcome::Unavailable, Some(Reason::BrokenOff), "Forbindelsen brudt", "Connection broken"),
    (Outcome::Unavailable, Some(Reason::TooEarly), "Svarede for tidligt", "Answered too early"),
    (Outcome::Unavailable, Some(Reason::Unclear), "Uforståeligt svar", "Unclear answer"),
    (Outcome::Unavailable, Some(Reason::TemporaryFailure), "Kan ikke tage imod", "Cannot receive"),
    (Outcome::Unavailable, Some(Reason::OtherContent), "Andet indhold", "Other content"),
    (Outcome::Unknown, Some(Reason::Silent), "Uvist", "Unknown"),
    (Outcome::Busy, None, "Optaget", "Busy"),
    (Outcome::NotWritten, None, "Ikke modtaget", "Not received"),
    (Outcome::Invalid, None, "Ugyldig", "Invalid"),
    (Outcome::NemSms, None, "NemSMS", "NemSMS"),
    (Outcome::TooLarge, None, "For stor", "Too large"),
    (Outcome::UnknownRecipient, None, "Ukendt modtager", "Unknown recipient"),
    (Outcome::Reused, None, "Genbrugt id", "Reused id"),
    (Outcome::NotAllowed, None, "Ikke godkendt", "Not allowed"),
    (Outcome::BrokenOff, None, "Afbrudt", "Broken off"),
    (Outcome::UnderWay, None, "Undervejs", "Under way"),
];

fn in_english(data: &TempDir) {
    let file = window::user(data.path()).preferences.expect("a file");
    fs::write(file, r#"{"language": "en"}"#).expect("it is kept");
}

type State = (Outcome, Option<Reason>, &'static str, &'static str);

fn filled(states: &[State]) -> TempDir {
    let data = town();
    let journal = Journal::start(&store(&data)).expect("it starts");
    for (number, (outcome, reason, ..)) in states.iter().copied().enumerate() {
        let it = entry(&failed("ydelse", outcome, reason), in_force(&data), number);
        if outcome == Outcome::UnderWay {
            block_on(journal.enter(it)).expect("it is written");
        } else {
            block_on(journal.record(it)).expect("it is written");
        }
    }
    let again = entry(&sent("ydelse"), in_force(&data), 0);
    block_on(journal.record(JournalEntry { repeats: Some(1), ..again })).expect("it is written");
    data
}

#[test]
fn a_messages_state_is_called_the_same_on_every_screen_and_in_files() {
    // So many that all are in sight.
    for (states, is_english) in STATES.chunks(14).flat_map(|states| [(states, false), (states, true)]) {
        let data = filled(states);
        if is_english {
            in_english(&data);
        }
        let mut words: Vec<_> =
            states.iter().map(|(.., danish, english)| if is_english { *english } else { *danish }).collect();
        words.push(if is_english { "Accepted before" } else { "Accepteret før" });
        let mut window = Window::open_at(data.path(), noon);
        for page in [Page::Router, Page::Messages] {
            window.send(Message::Show(page));
            for word in &words {
                assert!(window.shows(word), "{word} does not stand on {page:?}");
            }
        }
        window.click(if is_english { "Export" } else { "Eksportér" });
        window.choose("log-export-format", "C");
        let path = data.path().join("log.csv");
        window.fill("log-export-path", &path.display().to_string());
        window.click(if is_english { "Save the file" } else { "Gem filen" });
        let written = fs::read_to_string(&path).expect("it is there");
        for word in words {
            assert!(written.contains(&format!(";{word};")), "{word} does not stand in the file");
        }
        window.close();
    }
}

#[test]
fn why_a_fagsystem_fails_is_told_with_the_word_that_its_messages_have() {
    for (outcome, reason, danish, english) in STATES {
        let Some(reason) = reason.filter(|reason| outcome == Outcome::Unavailable && *reason != Reason::OtherContent)
        else {
            continue;
        };
        let data = town();
        record(&data, [sent("ydelse"), failed("ydelse", outcome, Some(reason))]);
        for word in [danish, english] {
            if word == english {
                in_english(&data);
            }
            let mut window = Window::open_at(data.path(), noon);
            window.send(Message::Show(Page::Overview));
            window.resize(1600.0, 1300.0);
            let lower: String = word
                .chars()
                .enumerate()
                .flat_map(|(at, letter)| {
                    let lower = letter.to_lowercase();
                    if at == 0 { lower.collect::<Vec<_>>() } else { vec![letter] }
                })
                .collect();
            window.must_show_part(&format!(": {lower}"));
            window.close();
        }
    }
}

#[test]
fn a_paused_fagsystem_is_called_so_everywhere() {
    let data = town_with(|authority| authority.fagsystems[0].active = false);
    record(&data, [failed("esdh", Outcome::Unavailable, Some(Reason::Paused))]);
    for (is_english, word) in [(false, "På pause"), (true, "Paused")] {
        if is_english {
            in_english(&data);
        }
        let mut window = Window::open_at(data.path(), noon);
        for page in [Page::Overview, Page::Fagsystems, Page::Messages, Page::Router] {
            window.send(Message::Show(page));
            assert!(window.shows(word), "{word} does not stand on {page:?}");
        }
        window.close();
    }
}

#[test]
fn in_english_it_is_mail_business_system_and_default_recipient() {
    let data = filled(&STATES[..14]);
    record(&data, [super::overview::Sent { by_rule: false, ..sent("esdh") }]);
    in_english(&data);
    let mut window = Window::open_at(data.path(), noon);
    for page in Page::ALL {
        window.send(Message::Show(page));
        for seen in window.texts() {
            let words = seen.words.replace("Digital Post", "");
            let is_other = |word: &str| {
                let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
                matches!(word.as_str(), "post" | "fagsystem" | "fagsystems")
            };
            assert!(!words.split_whitespace().any(is_other), "{page:?}: {words}");
        }
    }
    window.send(Message::Show(Page::Messages));
    window.must_show("Default recipient");
    window.send(Message::Show(Page::Router));
    window.must_show("Default recipient");
    window.close();
}
