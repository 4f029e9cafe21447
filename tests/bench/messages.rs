//! The list of messages: how long people wait for what they look for among very many messages.

use std::path::Path;
use std::time::{Duration, Instant};

use postfordeler::store::{MessageCursor, MessageQuery, Outcome, Store};
use rusqlite::Connection;

use crate::Measurement;
use crate::desktop::home;
use crate::ratio::medians;

const MANY: u32 = 1_000_000;
const FEW: u32 = 1_000;
const RULES: u32 = 100;
const A_PAGE: usize = 200;
const ROUNDS: usize = 5;

/// The worst that can be asked of the list of messages against one plain reading of the whole journal, and its first page against
/// that of a small one.
pub fn looking_through() -> [Measurement; 2] {
    let (many, few) = (home(RULES, MANY), home(RULES, FEW));
    let database = Connection::open(many.path().join("postfordeler.db")).expect("the database opens");
    database.execute("UPDATE journal SET outcome = 'uvist' WHERE number % 50000 = 7", []).expect("some are rare");
    let plain = || {
        let begun = Instant::now();
        let scan = "SELECT count(*) FROM journal NOT INDEXED WHERE total_us < 0";
        database.query_row(scan, [], |row| row.get::<_, i64>(0)).expect("it is read");
        begun.elapsed()
    };
    let (store, small) = (store(many.path()), store(few.path()));
    let deep = deep_place(&store);
    let part = |text: &str| MessageQuery { text: text.to_owned(), ..MessageQuery::default() };
    let authority = "11223344".parse().expect("a CVR number");
    let esdh = |id: &str| postfordeler::rules::FagsystemId::new(id).expect("not empty");
    let days =
        |from: &str, to: &str| MessageQuery { from: from.parse().ok(), to: to.parse().ok(), ..MessageQuery::default() };
    let questions = [
        ("first page", MessageQuery::default(), None),
        ("page in the middle", MessageQuery::default(), Some(deep)),
        ("whole messageUUID", part("000003e8-3d5f-4c1b-9a77-0b6e2f84c9d1"), None),
        ("part of one messageUUID", part("0003e8-3D5F"), None),
        ("part of no messageUUID", part("0b6e2f84c9d2"), None),
        ("rare outcome", MessageQuery { outcomes: vec![Outcome::Unknown], ..MessageQuery::default() }, None),
        (
            "fagsystem that got none",
            MessageQuery { fagsystems: vec![(authority, esdh("nobody"))], ..MessageQuery::default() },
            None,
        ),
        ("two days long ago", days("2026-10-26T00:00:00Z", "2026-10-28T00:00:00Z"), None),
        ("nearly all days", days("2026-10-26T00:00:00Z", "2026-11-22T00:00:00Z"), None),
    ];
    println!("Looking through 1,000,000 messages, {A_PAGE} rows a page");
    let mut worst = 0.0_f64;
    for (what, query, place) in &questions {
        let (asked, scanned) = medians(ROUNDS, || page(&store, query, *place), plain);
        println!("    {what}: {:.1} ms; the plain reading: {:.1} ms", asked * 1e3, scanned * 1e3);
        worst = worst.max(asked / scanned);
    }
    let first = MessageQuery::default();
    let (among_many, among_few) = medians(41, || page(&store, &first, None), || page(&small, &first, None));
    let measurement = |what, measured, most| Measurement { what, measured, most, unit: "times" };
    [
        measurement(
            "The slowest page of the list of messages among 1,000,000 messages, against one plain reading",
            worst,
            5.0,
        ),
        measurement(
            "The first page of the list of messages among 1,000,000 messages, against 1,000",
            among_many / among_few,
            3.0,
        ),
    ]
}

fn store(home: &Path) -> Store {
    Store::open(home).expect("a store")
}

fn page(store: &Store, query: &MessageQuery, place: Option<MessageCursor>) -> Duration {
    let begun = Instant::now();
    store.read_messages(query, place, A_PAGE, || true).expect("it is read").expect("it is wanted");
    begun.elapsed()
}

/// After half of all rows.
fn deep_place(store: &Store) -> MessageCursor {
    let page = store.read_messages(&MessageQuery::default(), None, MANY as usize / 2, || true);
    page.expect("it is read").expect("it is wanted").next.expect("there is more")
}
