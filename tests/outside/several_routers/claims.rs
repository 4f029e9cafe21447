use std::sync::Arc;

use jiff::Timestamp;
use postfordeler::rules::{AddressedContactPoint, Caseless, Facts, FagsystemId, Sender, SenderKind};
use postfordeler::store::{Entered, Journal, JournalEntry, JournalError, Outcome, PublicationNumber, Routed};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use super::Shared;
use crate::support::{server, small_town};

const UUID: &str = "8c2ea15d-61fb-4ba9-9366-42f8b194c114";

fn message(publication: PublicationNumber, journal: &Journal, uuid: &str, fagsystem: &str) -> JournalEntry {
    let contact_point = Some(AddressedContactPoint { id: Some(Caseless::new("a")), group: None });
    let facts = Facts {
        recipient: "66137112".parse().ok(),
        sender: Sender::Person,
        sender_has_contact_point: false,
        contact_point,
        post_type: None,
        kle: None,
        form: None,
    };
    let routed = Routed {
        publication,
        authority: "66137112".parse().expect("a CVR number"),
        fagsystem: FagsystemId::new(fagsystem).expect("an id"),
        priority: None,
        element: None,
    };
    JournalEntry {
        message_uuid: Some(uuid.to_owned()),
        facts: Some((facts, SenderKind::Person)),
        digest: Some(journal.digest_key().message(b"<Message/>", uuid).digest()),
        bytes: 10,
        routed: Some(routed),
        ..JournalEntry::new(Timestamp::now(), Outcome::UnderWay)
    }
}

/// The journals of so many routers on one database, and a publication.
fn journals(shared: &Shared) -> (Vec<Journal>, PublicationNumber) {
    let rules = small_town(([127, 0, 0, 1], 9101).into()).compile().expect("the sample has no fault");
    let publication = shared.open(0).publish_over(&rules, "").expect("it is published");
    let journals = (0..shared.homes.len()).map(|router| Journal::start(&shared.open(router)).expect("it starts"));
    (journals.collect(), publication)
}

fn accepted(entry: &JournalEntry) -> JournalEntry {
    JournalEntry { outcome: Outcome::Accepted, ..entry.clone() }
}

#[test]
fn a_message_that_one_router_delivers_is_no_other_ones() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(2);
    let (journals, publication) = journals(&shared);
    Runtime::new().expect("a runtime").block_on(async {
        let first = message(publication, &journals[0], UUID, "esdh");
        let Ok(Entered::Written(number)) = journals[0].enter(first.clone()).await else { panic!("it is new") };
        // The other router has other rules, and the UUID is written in another way.
        let again = message(publication, &journals[1], &UUID.to_uppercase(), "byg");
        assert_eq!(journals[1].enter(again.clone()).await, Err(JournalError::Elsewhere));
        journals[0].conclude(number, accepted(&first)).await.expect("it is still its own");
        let Ok(Entered::Accepted(known)) = journals[1].enter(again).await else { panic!("it is known") };
        assert_eq!((known.number, known.routed.fagsystem.as_str()), (number, "esdh"));
    });
    assert_eq!(shared.sql("SELECT count(*) FROM claims"), "0");
}

#[test]
fn of_many_calls_at_once_one_gets_the_message() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(3);
    let (journals, publication) = journals(&shared);
    let journals = Arc::new(journals);
    Runtime::new().expect("a runtime").block_on(async {
        for round in 0..20 {
            let uuid = format!("8c2ea15d-61fb-4ba9-9366-{round:012}");
            let mut calls = JoinSet::new();
            for call in 0..12 {
                let (journals, uuid) = (Arc::clone(&journals), uuid.clone());
                calls.spawn(async move {
                    let journal = &journals[call % 3];
                    journal.enter(message(publication, journal, &uuid, ["esdh", "byg", "ksd"][call % 3])).await
                });
            }
            let told = calls.join_all().await;
            let written = told.iter().filter(|told| matches!(told, Ok(Entered::Written(_)))).count();
            let elsewhere = told.iter().filter(|told| matches!(told, Err(JournalError::Elsewhere))).count();
            assert_eq!((written, elsewhere), (1, 11), "{told:?}");
        }
    });
}

#[test]
fn what_a_router_left_under_way_goes_to_the_same_fagsystem_alone() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(2);
    let (journals, publication) = journals(&shared);
    Runtime::new().expect("a runtime").block_on(async {
        let first = message(publication, &journals[0], UUID, "esdh");
        let Ok(Entered::Written(left)) = journals[0].enter(first.clone()).await else { panic!("it is new") };
        shared.let_claims_lapse();
        let again = message(publication, &journals[1], UUID, "byg");
        let Ok(Entered::Bound(earlier)) = journals[1].enter(again.clone()).await else { panic!("it is bound") };
        assert_eq!((earlier.number, earlier.routed.fagsystem.as_str()), (left, "esdh"));
        // Its router comes back, and must not tell that it was accepted.
        assert_eq!(journals[0].conclude(left, accepted(&first)).await, Err(JournalError::TakenOver));
        let bound = JournalEntry { follows: Some(left), routed: Some(earlier.routed), ..again };
        let Ok(Entered::Written(number)) = journals[1].enter(bound.clone()).await else { panic!("it may go there") };
        assert_eq!(journals[0].enter(first).await, Err(JournalError::Elsewhere));
        journals[1].conclude(number, accepted(&bound)).await.expect("it is its own");
    });
    let rows = "SELECT string_agg(outcome || ' ' || fagsystem, ', ' ORDER BY number) FROM journal";
    assert_eq!(shared.sql(rows), "uvist esdh, accepteret esdh");
    let hours = "SELECT string_agg(outcome || ' ' || messages, ', ' ORDER BY outcome) FROM hours";
    assert_eq!(shared.sql(hours), "accepteret 1, uvist 1");
}

#[test]
fn what_was_refused_may_go_elsewhere_by_any_router() {
    if !server::is_available() {
        return;
    }
    let shared = Shared::new(2);
    let (journals, publication) = journals(&shared);
    Runtime::new().expect("a runtime").block_on(async {
        let first = message(publication, &journals[0], UUID, "esdh");
        let Ok(Entered::Written(number)) = journals[0].enter(first.clone()).await else { panic!("it is new") };
        let refused = JournalEntry { outcome: Outcome::Rejected, ..first };
        journals[0].conclude(number, refused).await.expect("it is its own");
        let again = message(publication, &journals[1], UUID, "byg");
        assert!(matches!(journals[1].enter(again).await, Ok(Entered::Written(_))));
    });
}
