//! *Gennemsyn*: what applies as a document, saved and printed, and that somebody has looked through it; and a message's
//! story as a document.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::{env, iter};

use jiff::SignedDuration;
use jiff::civil::date;
use postfordeler::rules::{Caseless, ContactPoint, Criterion, Facts, Guard, Priority, Rule, Sender, Validity};
use postfordeler::store::{Imprint, Journal, JournalEntry, Outcome, Reason, RecordedReview};

use super::other_day::look_at;
use super::overview::{Sent, entry, failed, record, sent};
use super::town::*;
use crate::document::reader::Pdf;
use crate::support::block_on;
use crate::window::Window;

const FIELD: &str = "paper-path";

fn opened(data: &tempfile::TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.click("Gennemsyn");
    window.must_show("Gennemsyn af fordelingen");
    window
}

/// Saves what is shown under that name, and returns the file.
fn saved(window: &mut Window, button: &str, path: &Path) -> Vec<u8> {
    window.click(button);
    window.fill(FIELD, &path.display().to_string());
    window.click("Gem filen");
    window.must_show_part("Gemt som");
    fs::read(path).expect("it is there")
}

#[test]
fn what_applies_is_shown_and_saved_as_pdf_and_as_a_page() {
    let data = town();
    let mut window = opened(&data);
    window.must_show_part("Eksempelby Kommune har 10 regler");
    window.must_show_part("Post, som ingen regel tager, går til opsamlingssystemet");
    window.click("Gem som PDF");
    assert!(window.text_in(FIELD).ends_with("gennemsyn-2026-07-15.pdf"));
    let pdf = Pdf::read(&saved(&mut window, "Gem som PDF", &data.path().join("a.pdf")));
    let words = pdf.words();
    for said in [
        "Post til kontaktgruppen Byg og bolig går til Byggesag fra 01-01-2021.",
        "Underskrift",
        "Næste gennemsyn senest 15-07-2027.",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let page = saved(&mut window, "Gem som webside", &data.path().join("a.html"));
    let page = String::from_utf8(page).expect("text");
    assert!(page.contains("Post til kontaktgruppen Byg og bolig går til Byggesag fra 01-01-2021."));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(data.path().join("a.pdf")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "others can read it");
    }
    // No file is replaced unasked.
    window.click("Gem som PDF");
    window.fill(FIELD, &data.path().join("a.pdf").display().to_string());
    window.click("Gem filen");
    window.must_show_part("findes allerede");
    window.close();
}

/// Looking at it alone records nothing.
#[test]
fn a_review_is_recorded_on_purpose_and_overview_says_when_it_was() {
    let data = town();
    let mut window = opened(&data);
    window.must_show("Ingen har gennemset fordelingen endnu.");
    window.must_not_show("Notér som gennemset");
    saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"));
    window.click("Notér som gennemset");
    window.must_show("Gennemsynet er noteret");
    window.must_not_show("Notér som gennemset");
    window.must_show("15-07-2026 · prøve");
    window.must_show("Sidst gennemset 15-07-2026 af prøve; det er i dag.");
    let authority = in_force(&data).authorities[0].cvr;
    let reviews = store(&data).reviews(authority).expect("readable");
    assert_eq!(reviews.iter().map(|it| (it.publication.get(), it.day)).collect::<Vec<_>>(), [(1, date(2026, 7, 15))]);
    window.click("Overblik");
    window.must_show("Sidst gennemset 15-07-2026 af prøve; det er i dag.");
    window.close();
}

/// Nobody has looked through what was not saved: neither the rules of another day, nor another authority's.
#[test]
fn only_what_was_saved_can_be_recorded() {
    let data = town();
    let mut window = opened(&data);
    saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"));
    window.must_show("Notér som gennemset");
    look_at(&mut window, "01-01-2030");
    window.wait_until(|window| window.shows_part("1. januar 2030"));
    window.must_not_show("Notér som gennemset");
    saved(&mut window, "Gem som PDF", &data.path().join("b.pdf"));
    window.click("Notér som gennemset");
    window.must_show("Gennemsynet er noteret");
    let authority = in_force(&data).authorities[0].cvr;
    let days: Vec<_> = store(&data).reviews(authority).expect("readable").iter().map(|it| it.day).collect();
    assert_eq!(days, [date(2030, 1, 1)]);
    window.close();
}

#[test]
fn after_a_year_it_is_time_again_and_what_has_changed_is_told() {
    let data = town();
    let authority = in_force(&data).authorities[0].cvr;
    let publication = store(&data).newest_publication_number().expect("readable").expect("a publication");
    let review = RecordedReview {
        authority,
        reviewed_at: "2025-03-12T09:00:00Z".parse().expect("a time"),
        reviewed_by: "anne".to_owned(),
        publication,
        day: date(2025, 3, 12),
    };
    store(&data).record_review(&review).expect("recorded");
    publish_elsewhere(&data, |authority| authority.rules.retain(|rule| rule.priority.get() != 60));
    let mut window = Window::open_at(data.path(), noon);
    window.click("Overblik");
    window.must_show("Sidst gennemset 12-03-2025 af anne; det er 16 måneder siden. Det er på tide igen.");
    window.click("Se gennemsyn");
    window.must_show("Siden sidste gennemsyn, 12-03-2025, er der udgivet 1 gang.");
    let words = Pdf::read(&saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"))).words();
    assert!(words.contains("Sidste gennemsyn var 12-03-2025 og gjaldt udgivelse 1."), "{words}");
    assert!(words.contains("• Regel 60 slettes: Post med KLE 15"), "{words}");
    assert!(words.contains("Det var der også ved sidste gennemsyn."), "{words}");
    window.close();
}

/// A review is of the day on which it is made, whichever day's rules were looked at.
#[test]
fn a_review_of_another_days_rules_is_of_today() {
    let data = town();
    let mut window = opened(&data);
    look_at(&mut window, "01-01-2027");
    window.must_show_part("fredag 1. januar 2027");
    let words = Pdf::read(&saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"))).words();
    assert!(words.contains("Næste gennemsyn senest 15-07-2027."), "{words}");
    window.click("Notér som gennemset");
    window.must_show("15-07-2026 · prøve");
    window.must_show("Reglerne, som de gælder 01-01-2027");
    window.must_show("Sidst gennemset 15-07-2026 af prøve; det er i dag.");
    window.must_show("Siden sidste gennemsyn, 15-07-2026, er der ikke udgivet noget.");
    window.click("Overblik");
    window.must_show("Sidst gennemset 15-07-2026 af prøve; det er i dag.");
    window.close();
}

/// Only what has been made into a document can be recorded: not the rules of another authority, nor those of another day.
#[test]
fn only_the_document_that_was_made_is_recorded() {
    let data = town();
    publish_elsewhere_in(&data, |book| {
        let mut other = book.authorities[0].clone();
        (other.cvr, other.name) = ("12345674".parse().expect("a number"), "Anden Kommune".to_owned());
        book.known_authorities.clear();
        book.authorities.push(other);
    });
    let mut window = opened(&data);
    saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"));
    window.must_show("Notér som gennemset");
    window.choose("authority", "A");
    window.must_show_part("Anden Kommune har 10 regler");
    window.must_not_show("Notér som gennemset");
    window.choose("authority", "E");
    window.must_show("Notér som gennemset");
    look_at(&mut window, "01-01-2027");
    window.must_not_show("Notér som gennemset");
    window.close();
}

/// Overlaps are mostly intended. A page of them would hide what is not.
#[test]
fn many_overlaps_are_told_in_one() {
    let data = town_with(|authority| {
        let validity = Validity::new(date(2020, 1, 1), None).expect("days");
        let fagsystems: Vec<_> = authority.fagsystems.iter().map(|it| it.id.clone()).collect();
        for number in 0..80 {
            let criterion = Criterion::Kle(format!("61.{number:02}").parse().expect("a number"));
            let fagsystem = fagsystems[number as usize % 2].clone();
            let priority = Priority::new(1_000 + number).expect("a number");
            authority.rules.push(Arc::new(Rule::new(priority, criterion, fagsystem, validity)));
        }
    });
    let mut window = opened(&data);
    let words = Pdf::read(&saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"))).words();
    let told =
        words.split("Godt at vide").nth(1).expect("overlaps").split("Ændringer siden").next().unwrap_or_default();
    assert!(told.contains("regler passer på, til et andet fagsystem. Det gælder regel "), "{told}");
    assert!(told.contains(" til."), "{told}");
    assert_eq!(told.matches("til et andet fagsystem").count(), 1, "{told}");
    window.close();
}

/// One figure of the same mail, wherever it stands: how often a rule decided is known by whole days.
#[test]
fn the_default_recipients_mail_is_the_same_in_every_section() {
    let data = town();
    // It is noon: the first is of the first day's morning, and older than thirty times 24 hours.
    let by_default = |hours| Sent { ago: SignedDuration::from_hours(hours), by_rule: false, ..sent("esdh") };
    record(&data, [by_default(30 * 24 + 6), by_default(50), by_default(2)]);
    let mut window = opened(&data);
    let words = Pdf::read(&saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"))).words();
    for said in ["0 af dem efter en regel, og 3 til opsamlingssystemet", "har de seneste 30 dage fået 3 meddelelser"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    window.close();
}

/// People write freely, and may write the number of a person.
#[test]
fn no_number_of_a_person_gets_into_a_review() {
    let planted: Vec<String> = (0..9).map(|number| format!("{:02}0170-999{number}", number + 1)).collect();
    let mut left = planted.iter();
    let mut plant = || left.next().expect("enough of them").clone();
    let data = town_with(|authority| {
        authority.fagsystems[0].contact = format!("Ring til {}", plant());
        authority.fagsystems[1].name = plant();
        let (id, title) = (plant(), plant());
        authority.contact_points.push(ContactPoint::new(Caseless::new(&id), &title, Vec::new()));
        let id = plant();
        authority.contact_points.push(ContactPoint::new(Caseless::new(&id), "", Vec::new()));
        let mut rule = Rule::clone(&authority.rules[0]);
        rule.note = plant();
        authority.rules[0] = Arc::new(rule);
        let validity = Validity::new(date(2020, 1, 1), None).expect("days");
        let criterion = Criterion::ContactGroup(Caseless::new(&plant()));
        let last = authority.rules.iter().map(|rule| rule.priority.get()).max().expect("rules");
        let number = Priority::new(last + 5).expect("a number");
        authority.rules.push(Arc::new(Rule::new(number, criterion, authority.default_fagsystem.clone(), validity)));
        let facts = Facts::new(Sender::Person, authority.cvr);
        let fagsystem = authority.fagsystems[1].id.clone();
        authority.guards.push(Guard { name: plant(), fagsystem, day: None, facts });
    });
    let note = format!("Efter aftale med {}", plant());
    let book = in_force(&data).compile().expect("no fault");
    let imprint = Imprint { at: noon(), by: "anne".to_owned(), note };
    store(&data).publish_over(&book, imprint).expect("published");
    let mut window = opened(&data);
    let pdf = Pdf::read(&saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"))).words();
    let page = saved(&mut window, "Gem som webside", &data.path().join("a.html"));
    let page = String::from_utf8(page).expect("text");
    assert!(pdf.contains("(udeladt 1)"), "{pdf}");
    for number in &planted {
        let bare = number.replace('-', "");
        for spelling in [number, &bare] {
            assert!(!pdf.contains(spelling.as_str()) && !page.contains(spelling.as_str()), "{spelling}");
        }
    }
    window.close();
}

/// Rules on a thousand contact points: the document has them all.
#[test]
fn a_thousand_rules_are_all_reviewed() {
    let data = town_with(|authority| {
        let validity = Validity::new(date(2020, 1, 1), None).expect("days");
        for number in 0..1_000 {
            let id = Caseless::new(&format!("punkt-{number}"));
            let title = format!("Bygge- og miljøforvaltningens kontaktpunkt nummer {number}");
            authority.contact_points.push(ContactPoint::new(id.clone(), &title, Vec::new()));
            let priority = Priority::new(1_000 + number).expect("a number");
            let fagsystem = authority.default_fagsystem.clone();
            authority.rules.push(Arc::new(Rule::new(priority, Criterion::ContactPoint(id), fagsystem, validity)));
        }
    });
    let mut window = opened(&data);
    let pdf = saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"));
    assert!(pdf.len() < 2_000_000, "{}", pdf.len());
    let pdf = Pdf::read(&pdf);
    assert!(pdf.words().contains("nummer 999"));
    assert!(pdf.pages() > 20);
    window.close();
}

#[test]
fn in_english_every_word_is() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("English");
    window.click("Review");
    window.must_show("Review of who receives what");
    window.click("Save as PDF");
    window.fill(FIELD, &data.path().join("a.pdf").display().to_string());
    window.click("Save the file");
    let pdf = Pdf::read(&fs::read(data.path().join("a.pdf")).expect("it is there"));
    let words = pdf.words();
    for said in
        ["Mail to the contact group Byg og bolig goes to", "Page 1 of", "Next review by 15-07-2027 at the latest."]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(pdf.says("/Lang(en-GB)"));
    window.close();
}

#[test]
fn a_message_has_its_story_as_a_document() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Meddelelser");
    window.click("Pladsanvisningen");
    window.must_show("Meddelelsens historie");
    window.click("Dokument");
    let pdf = Pdf::read(&saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"))).words();
    for said in [
        "En meddelelses historie",
        "dansk tid (UTC+",
        "Afsender Person",
        "Kontaktpunkt Pladsanvisningen",
        "Regel 10 bestemte: »Post til kontaktpunktet Pladsanvisningen",
        "Fagsystemet accepterede meddelelsen.",
        "Transmissions-id",
        "Om kvitteringen nåede frem til Digital Post.",
    ] {
        assert!(pdf.contains(said), "{said}: {pdf}");
    }
    window.close();
}

/// A message that has come again and again is told of in little room, and how often it came is the truth.
#[test]
fn a_message_that_came_many_times_has_all_of_them_counted() {
    let data = town();
    let kept = store(&data);
    let publication = kept.newest_publication_number().expect("readable").expect("a publication");
    let journal = Journal::start(&kept).expect("the journal starts");
    let uuid = "7d3c4a52-9f0b-4c11-8a4e-1f2a3b4c5d6e";
    for number in 0..520 {
        let ago = SignedDuration::from_mins(600 - number);
        let reason = Some(Reason::ConnectionRefused);
        let tried = Sent { ago, ..failed("dagtilbud", Outcome::Unavailable, reason) };
        let row = JournalEntry { message_uuid: Some(uuid.to_owned()), ..entry(&tried, publication, 0) };
        block_on(journal.record(row)).expect("it is written");
    }
    drop(journal);
    let mut window = Window::open_at(data.path(), noon);
    window.click("Meddelelser");
    window.click("15-07-2026 10:39:00");
    window.must_show("Alle 520 gange, den er kommet");
    window.click("Dokument");
    let words = Pdf::read(&saved(&mut window, "Gem som PDF", &data.path().join("a.pdf"))).words();
    for said in [
        "Meddelelsen kom 15-07-2026 02:00:00 dansk tid (UTC+2). Den er kommet 520 gange i alt.",
        "Digital Post har sendt meddelelsen 520 gange. 20 ældre forsøg er ikke vist.",
        "Fagsystem, alle forsøg: Dagtilbud og pladsanvisning.",
        "Afgjort af, alle forsøg: Regel 10 i udgivelse 1.",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert_eq!(words.matches("Regel 10 i udgivelse 1").count(), 1);
    window.close();
}

/// What a printing system gets is the document, and nothing is left behind.
#[test]
#[cfg(unix)]
fn it_is_printed_by_the_systems_printing() {
    use std::os::unix::fs::PermissionsExt;

    let place = tempfile::TempDir::new().expect("a directory");
    let lp = place.path().join("lp");
    let script = format!("#!/bin/sh\necho \"$@\" > {0}/called\ncat > {0}/paper\n", place.path().display());
    fs::write(&lp, script).expect("written");
    fs::set_permissions(&lp, fs::Permissions::from_mode(0o700)).expect("it can be run");
    assert!(in_a_process_of_its_own("printed_with_lp", place.path()));
    let called = fs::read_to_string(place.path().join("called")).expect("it was called");
    assert_eq!(called.trim(), "-t Gennemsyn af fordelingen -");
    assert!(fs::read(place.path().join("paper")).expect("paper").starts_with(b"%PDF-1.7"));
}

/// Where there is none, the file is shown by the program for such files, and removed when the window closes.
#[test]
#[cfg(unix)]
fn without_a_printing_system_it_is_shown_to_be_printed() {
    use std::os::unix::fs::PermissionsExt;

    let place = tempfile::TempDir::new().expect("a directory");
    for (name, lines) in [
        ("lp", "exit 1"),
        ("xdg-open", "ls -l \"$1\" > $(dirname $0)/seen.part && mv $(dirname $0)/seen.part $(dirname $0)/seen"),
    ] {
        fs::write(place.path().join(name), format!("#!/bin/sh\n{lines}\n")).expect("written");
        fs::set_permissions(place.path().join(name), fs::Permissions::from_mode(0o700)).expect("it can be run");
    }
    assert!(in_a_process_of_its_own("shown_to_be_printed", place.path()));
}

/// Runs a test in a process whose programs are found there first.
#[cfg(unix)]
fn in_a_process_of_its_own(test: &str, programs: &Path) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    let paths = env::join_paths(iter::once(programs.to_owned()).chain(env::split_paths(&paths))).expect("paths");
    let mut process = Command::new(env::current_exe().expect("this program"));
    let process = process.args(["--exact", &format!("desktop::review::{test}"), "--ignored", "--nocapture"]);
    process.env("PATH", paths).env("PROGRAMS", programs).status().expect("it runs").success()
}

#[test]
#[ignore = "run by another test, with a printing system"]
fn printed_with_lp() {
    let data = town();
    let mut window = opened(&data);
    window.click("Udskriv");
    window.must_show("Sendt til systemets standardprinter");
    window.must_show("Notér som gennemset");
    assert!(!data.path().join("print").exists());
    window.close();
}

/// Where there is neither, that is said in the window's language.
#[test]
#[cfg(unix)]
fn without_printer_and_viewer_it_says_so() {
    let place = tempfile::TempDir::new().expect("a directory");
    let mut process = Command::new(env::current_exe().expect("this program"));
    let process = process.args(["--exact", "desktop::review::nothing_to_print_with", "--ignored", "--nocapture"]);
    assert!(process.env("PATH", place.path()).status().expect("it runs").success());
}

#[test]
#[ignore = "run by another test, without any programs"]
fn nothing_to_print_with() {
    let data = town();
    let mut window = opened(&data);
    window.click("Udskriv");
    window.must_show_part("Her er hverken en printer eller et program til PDF-filer.");
    window.must_not_show("Notér som gennemset");
    window.close();
}

#[test]
#[ignore = "run by another test, without a printing system"]
fn shown_to_be_printed() {
    let seen = env::var_os("PROGRAMS").map(|programs| Path::new(&programs).join("seen")).expect("programs");
    let data = town();
    let mut window = opened(&data);
    window.click("Udskriv");
    window.must_show_part("Åbnet i programmet til PDF-filer");
    window.wait_until(|_| seen.exists());
    let seen = fs::read_to_string(&seen).expect("readable");
    assert!(seen.starts_with("-rw-------"), "{seen}");
    window.close();
    assert!(!data.path().join("print").exists(), "the file is left behind");
}
