//! The replay: how long people wait for what other rules would have done with a million messages.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use postfordeler::exchange::Progress;
use postfordeler::rules::Distributor;
use postfordeler::store::{DaySpan, ReplayQuestion, Store};
use rusqlite::Connection;

use crate::desktop::home;
use crate::ratio::medians;
use crate::{Measurement, big_book};

const MESSAGES: u32 = 1_000_000;
const ROUNDS: usize = 5;
const SPAN: DaySpan = DaySpan { from: date(2026, 10, 1), to: date(2026, 11, 30) };
const DAY: Date = date(2026, 11, 23);

/// A replay under few, more and many rules, against reading the same columns of the same rows alone.
pub fn of_a_million_messages() -> [Measurement; 3] {
    let home = home(10, MESSAGES);
    vary(home.path());
    let store = Store::open(home.path()).expect("a store");
    let database = Connection::open(home.path().join("postfordeler.db")).expect("the database opens");
    println!("Replaying 1,000,000 messages");
    let measurements = [
        (10, "Replaying 1,000,000 messages under 10 rules, against reading their columns alone"),
        (1_000, "The same under 1,000 rules"),
        (10_000, "The same under 10,000 rules"),
    ];
    measurements.map(|(rules, what)| {
        let distributor = big_book::with_rules(rules).compile().expect("the book has no fault");
        let (replayed, read) = medians(ROUNDS, || replay(&store, &distributor), || read_alone(&database));
        println!("    {rules} rules: {:.0} ms; reading alone: {:.0} ms", replayed * 1e3, read * 1e3);
        Measurement { what, measured: replayed / read, most: 2.0, unit: "times" }
    })
}

/// Makes the messages as different as a large municipality's: 20,000 kinds, most from persons, one in fifty of them not accepted
/// at first.
fn vary(home: &Path) {
    let database = Connection::open(home.join("postfordeler.db")).expect("the database opens");
    database.pragma_update(None, "synchronous", "OFF").expect("a setting");
    let vary = "
        UPDATE journal
        SET sender_kind = iif(kind % 4, 'person', 'virksomhed'),
            sender_cvr = iif(kind % 4, NULL, printf('%08d', 20000000 + kind % 1000)),
            kle = iif(kind % 3 = 0, printf('%02d.%02d.%02d', kind % 97, kind % 31, kind % 7), NULL),
            contact_point = kind % 2, post_type = iif(kind % 5 = 0, 'ikkeAngivet', 'virksomhedspost'),
            contact_point_id = iif(kind % 2, printf('%08x-350c-4e61-9a77-0b6e2f84c9d1', kind % 500), NULL),
            contact_group = iif(kind % 2, printf('Gruppe %d', kind % 40), NULL),
            outcome = iif(number % 50 = 0, 'fagsystem.utilgaengeligt', 'accepteret')
        FROM (SELECT number AS same, number * 7919 % 20000 AS kind FROM journal) WHERE same = number";
    database.execute(vary, []).expect("messages are changed");
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("all of it is in one file");
}

fn replay(store: &Store, rules: &Distributor) -> Duration {
    let begun = Instant::now();
    let question = ReplayQuestion { span: SPAN, day: DAY, most_listed: 200 };
    let replay = store.replay(rules, &question, &Progress::default()).expect("it is read").expect("nobody stops it");
    assert_eq!(replay.messages(), u64::from(MESSAGES));
    begun.elapsed()
}

fn read_alone(database: &Connection) -> Duration {
    let begun = Instant::now();
    let mut statement = database
        .prepare(
            "SELECT number, is_first, outcome, message_uuid, authority, fagsystem, sender_kind, sender_cvr, recipient_cvr,
                    contact_point, contact_point_id, contact_group, kle, form, post_type
             FROM journal NOT INDEXED WHERE received_at >= 0",
        )
        .expect("a query");
    let columns = statement.column_count();
    let mut rows = statement.query([]).expect("it is asked");
    let (mut count, mut bytes) = (0, 0);
    while let Some(row) = rows.next().expect("it is read") {
        count += 1;
        for column in 0..columns {
            bytes += row.get_ref(column).expect("a column").as_bytes().map_or(1, <[u8]>::len);
        }
    }
    assert!(count == MESSAGES && bytes > 0, "all are read");
    begun.elapsed()
}
