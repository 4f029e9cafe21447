//! What *Overblik*, *Fagsystemer* and *Udgivelser* watch: a publication's first day, and what would wait if a fagsystem were
//! away.

use iced_test::core::Point;
use jiff::{SignedDuration, Timestamp};
use postfordeler::desktop::{Message, Page};
use postfordeler::rules::{AddressedContactPoint, Caseless, Facts, Priority, Sender, SenderKind};
use postfordeler::store::{Imprint, Journal, JournalEntry, Outcome};
use tempfile::TempDir;

use super::overview::{Sent, entry, failed, many, overview, record, sent};
use super::town::{in_force, noon, store, town};
use crate::support::block_on;
use crate::window::Window;

/// The rules in force without one, published at that time.
fn publish_without(data: &TempDir, rule: u32, at: &str) {
    let at: Timestamp = at.parse().expect("a time");
    let mut book = in_force(data);
    book.authorities[0].rules.retain(|other| Some(other.priority) != Priority::new(rule));
    let imprint = Imprint { at, by: "kirsten".to_owned(), note: "Ryddet op".to_owned() };
    store(data).publish_over(&book.compile().expect("no fault"), imprint).expect("published");
}

/// *Overblik* in a window so high that all of it is in sight.
fn tall(data: &TempDir) -> Window {
    let mut window = overview(data);
    window.resize(1280.0, 2400.0);
    window
}

/// Messages that came so many days and hours ago.
fn came(count: usize, days: i64, hours: i64, message: impl Fn() -> Sent) -> Vec<Sent> {
    let ago = SignedDuration::from_hours(days * 24 + hours);
    many(count, || Sent { ago, ..message() })
}

fn fell() -> Sent {
    Sent { by_rule: false, ..sent("esdh") }
}

/// Two hours after a publication: before it a tenth of the mail fell to the default recipient.
fn published(since: impl FnOnce() -> Vec<Sent>) -> TempDir {
    let data = town();
    let mut messages = came(1, 20, 0, || sent("ydelse"));
    for day in 1..=7 {
        messages.extend(came(18, day, 1, || sent("ydelse")));
        messages.extend(came(2, day, 1, fell));
    }
    messages.extend(since());
    record(&data, messages);
    publish_without(&data, 80, "2026-07-15T08:00:00Z");
    data
}

#[test]
fn where_no_mail_has_come_since_it_is_said_and_no_share_of_it() {
    let data = published(Vec::new);
    let mut window = tall(&data);
    window.must_show_part("Der er ikke kommet post endnu; før faldt 10 % til opsamlingssystemet");
    assert!(!window.shows_part("ikke ingen post"));
    window.close();
}

#[test]
fn what_stands_out_after_publishing_is_told_with_the_way_back() {
    let data = published(|| came(20, 0, 1, fell).into_iter().chain(came(20, 0, 1, || sent("ydelse"))).collect());
    let mut window = tall(&data);
    window.must_show_part(
        "Efter udgivelse 2 går posten anderledes. Af posten falder 50 % til opsamlingssystemet; før 10 %.",
    );
    window.must_show_part("Kontante ydelser får 50 % af posten; før 90 %.");
    window.must_show("Siden udgivelse 2");
    window.must_show("Udgivet 15-07-2026 10:00. Sammenlignet med de samme timer de 7 dage før.");
    assert_eq!(window.count("Tag udgivelsen tilbage"), 2);
    window.click("Tag udgivelsen tilbage");
    window.must_show("1 ændring ikke udgivet");
    window.must_show_part("Ny regel 80");
    window.undo();
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn what_is_as_before_is_no_trouble() {
    let data = published(|| came(4, 0, 1, fell).into_iter().chain(came(36, 0, 1, || sent("ydelse"))).collect());
    let mut window = tall(&data);
    window.must_show("Af posten falder 10 % til opsamlingssystemet; før 10 %");
    assert!(window.count("som før") >= 3);
    window.must_not_show("afviger");
    assert!(!window.shows_part("går posten anderledes"));
    window.close();
}

#[test]
fn of_few_messages_nothing_is_claimed() {
    let data = published(|| came(15, 0, 1, fell));
    let mut window = tall(&data);
    window.must_show("Af posten falder 100 % til opsamlingssystemet; før 10 %");
    assert!(window.count("for få meddelelser endnu") >= 3);
    assert!(!window.shows_part("går posten anderledes"));
    window.close();
}

#[test]
fn refusals_stand_out_and_their_end_does_not() {
    let refused = || failed("ydelse", Outcome::Rejected, None);
    let data = published(|| came(10, 0, 1, refused).into_iter().chain(came(30, 0, 1, || sent("ydelse"))).collect());
    let mut window = tall(&data);
    window.must_show_part("Kontante ydelser accepterede ikke 25 % af sin post; før 0 %.");
    window.close();
    let data = town();
    let mut messages = came(1, 20, 0, || sent("ydelse"));
    (1..=7).for_each(|day| messages.extend(came(20, day, 1, refused)));
    messages.extend(came(40, 0, 1, || sent("ydelse")));
    record(&data, messages);
    publish_without(&data, 80, "2026-07-15T08:00:00Z");
    let mut window = tall(&data);
    window.must_show("mindre end før");
    assert!(!window.shows_part("går posten anderledes"));
    window.close();
}

#[test]
fn the_history_shows_the_same_of_the_newest_publication() {
    let data = published(|| came(40, 0, 1, fell));
    let mut window = Window::open_at(data.path(), noon);
    window.send(Message::Show(Page::History));
    window.click("Ryddet op");
    window.must_show("Siden udgivelse 2");
    window.must_show("afviger");
    window.click("Tag udgivelsen tilbage");
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn without_days_before_there_is_nothing_to_compare_with() {
    let data = town();
    record(&data, came(50, 0, 1, fell));
    publish_without(&data, 80, "2026-07-15T08:00:00Z");
    let mut window = tall(&data);
    window.must_show_part("Journalen kender ikke dagene før, så der er intet at sammenligne med.");
    assert!(window.count("for få meddelelser endnu") >= 1);
    window.close();
}

#[test]
fn a_publication_is_marked_on_the_chart_and_told_in_words() {
    let data = published(|| came(3, 0, 1, || sent("ydelse")));
    let mut window = tall(&data);
    let told = "Udgivelse 2 · 15-07-2026 10:00";
    assert_eq!(window.count(told), 1);
    let label = window.find("09");
    window.point_at(Point::new(label.center_x() + label.width, label.center_y()));
    window.must_show("onsdag 15-07-2026 kl. 10–11");
    assert_eq!(window.count(told), 2);
    window.point_nowhere();
    window.click(told);
    window.must_show("Tag den tilbage som kladde");
    window.close();
}

/// Messages to a contact point, so many weeks ago at this hour.
fn weekly(data: &TempDir, counts: &[(i64, usize, &str)]) {
    let store = store(data);
    let publication = store.newest_publication_number().expect("readable").expect("a publication");
    let journal = Journal::start(&store).expect("the journal starts");
    let facts = |point: &str| {
        let contact_point = Some(AddressedContactPoint { id: Some(Caseless::new(point)), group: None });
        let facts = Facts::new(Sender::Person, "01102036".parse().expect("a CVR number"));
        Some((Facts { contact_point, ..facts }, SenderKind::Person))
    };
    for (weeks, count, point) in counts {
        for number in 0..*count {
            let ago = SignedDuration::from_mins(weeks * 7 * 24 * 60 - 10);
            let uuid = Some(format!("{point}-{weeks}-{number}"));
            let entry = entry(&Sent { ago, ..sent("dagtilbud") }, publication, number);
            let entry = JournalEntry { facts: facts(point), message_uuid: uuid, ..entry };
            block_on(journal.record(entry)).expect("it is written");
        }
    }
}

const PLACES: &str = "5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10";
const SCHOOLS: &str = "a7d1f6f2-2c0b-4b0e-8a53-6b0f1f6d2e21";

#[test]
fn what_would_wait_is_told_with_where_it_comes_from_and_how_long_there_is() {
    let data = town();
    record(&data, came(1, 29, 0, || sent("esdh")));
    weekly(&data, &[(4, 10, PLACES), (3, 12, PLACES), (2, 2, SCHOOLS), (1, 10, PLACES), (1, 2, SCHOOLS)]);
    let mut window = tall(&data);
    window.must_show("Hvis et fagsystem er væk");
    window.must_show("Det, der ville vente i Digital Post, talt onsdag kl. 12–13 i de seneste 4 uger.");
    window.must_show("Ca. 9 meddelelser i timen ville vente, mest via Pladsanvisningen og Skole og SFO");
    window.must_show("Der plejer intet at komme i denne time");
    let soon = "deaktiverer Digital Post det onsdag 15-07-2026 12:10, om mindre end en time.";
    window.must_show_part(soon);
    window.must_show_part("Digital Post kan have deaktiveret det tirsdag 23-06-2026 12:00");
    assert_eq!(window.count("Ved ikke, hvad der ville vente"), 3);
    window.must_show("Ved ikke, hvornår Digital Post ville deaktivere det: det har aldrig fået en meddelelse.");
    window.send(Message::Show(Page::Fagsystems));
    window.click("Dagtilbud og pladsanvisning");
    window.must_show("Hvis det er væk nu");
    window.must_show("Ca. 9 meddelelser i timen ville vente, mest via Pladsanvisningen og Skole og SFO");
    window.close();
}

#[test]
fn the_days_until_deactivation_are_those_left_of_seven() {
    let data = town();
    record(&data, came(1, 2, 1, || sent("ydelse")).into_iter().chain(came(1, 6, 1, || sent("esdh"))));
    let mut window = tall(&data);
    window.must_show("Tager det ikke imod noget, deaktiverer Digital Post det mandag 20-07-2026 11:00, om 4 dage.");
    window.must_show("Tager det ikke imod noget, deaktiverer Digital Post det torsdag 16-07-2026 11:00, om 23 timer.");
    window.must_show("Journalen kender endnu ikke denne time på denne ugedag.");
    window.close();
}
