//! What a file replaces in the draft, and what it leaves.

use postfordeler::exchange::{SheetKind, write_template};
use postfordeler::rules::{Caseless, Criterion, RuleBook, Subject};

use super::{Desk, emptied, faults, sample, sample_cvr, spelt, taken};
use crate::rules::books::{authority, cvr, rule};

#[test]
fn the_authority_on_its_own_sheet_is_the_one_that_is_replaced() {
    let desk = Desk::new();
    let bytes = desk.workbook(&sample(), sample_cvr());
    let mut draft = emptied(&sample(), sample_cvr());
    draft.authorities.insert(0, authority(cvr("11223344"), Vec::new()));
    let read = taken(&bytes, "bog.xlsx", &draft, cvr("11223344"));
    assert_eq!(read.authority, Some(sample_cvr()));
    assert_eq!(read.book.authorities[0], draft.authorities[0]);
    assert_eq!(read.book.authorities[1], sample().authorities[0]);
}

#[test]
fn an_authority_that_is_new_is_added() {
    let bytes = Desk::new().workbook(&sample(), sample_cvr());
    let draft = RuleBook { known_authorities: Vec::new(), authorities: vec![authority(cvr("11223344"), Vec::new())] };
    let read = taken(&bytes, "bog.xlsx", &draft, cvr("11223344"));
    let differences = draft.compare(&read.book);
    assert!(matches!(differences[0].subject, Subject::KnownAuthority(_)), "{differences:?}");
    assert!(matches!(&differences[1].subject, Subject::Authority(swap) if swap.before.is_none()), "{differences:?}");
    assert_eq!((differences.len(), read.authority), (2, Some(sample_cvr())));
    let read = taken(&bytes, "bog.xlsx", &RuleBook::default(), cvr("11223344"));
    assert_eq!(spelt(&read.book), spelt(&sample()));
}

#[test]
fn a_kind_without_a_sheet_stays() {
    let desk = Desk::new();
    for kind in SheetKind::ALL {
        let read = taken(&desk.csv(kind, &sample(), sample_cvr()), "tabel.csv", &sample(), sample_cvr());
        assert_eq!(spelt(&read.book), spelt(&sample()), "{kind:?}");
    }
    let mut fewer = sample();
    fewer.authorities[0].rules = vec![rule(3, fewer.authorities[0].rules[0].criterion.clone()).into()];
    let read = taken(&desk.csv(SheetKind::Rules, &fewer, sample_cvr()), "regler.csv", &sample(), sample_cvr());
    assert_eq!(spelt(&read.book), spelt(&fewer));
}

#[test]
fn what_an_authoritys_row_does_not_tell_stays() {
    let file = "CVR;Navn\r\n01102036;Nyt navn\r\n";
    let mut draft = sample();
    draft.authorities[0].more_cvrs = vec![cvr("11223344")];
    // Like a list of known authorities, if it were not for the further columns.
    let told = file.replace("Navn", "Navn;Opsamlingssystem").replace("Nyt navn", "Nyt navn;Jobcenter");
    let read = taken(told.as_bytes(), "myndighed.csv", &draft, sample_cvr());
    let own = &read.book.authorities[0];
    assert_eq!((own.name.as_str(), own.default_fagsystem.as_str()), ("Nyt navn", "jobcenter"));
    assert_eq!(own.more_cvrs, draft.authorities[0].more_cvrs);
    assert_eq!(own.rules, draft.authorities[0].rules);
    assert_eq!(read.kinds, [SheetKind::Authority]);
    assert_eq!(taken(file.as_bytes(), "x.csv", &draft, sample_cvr()).kinds, [SheetKind::KnownAuthorities]);
}

#[test]
fn a_group_may_be_named_by_its_place_in_the_tree() {
    let book = sample();
    let table = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra\r\n\
                 10;alle;Kontaktgruppe;borger > Børn og familie;Jobcenter;25-10-2020\r\n\
                 20;alle;Kontaktgruppe;Borger › Findes ikke;Jobcenter;25-10-2020\r\n";
    let read = taken(table.as_bytes(), "regler.csv", &book, sample_cvr());
    let named: Vec<_> = read.book.authorities[0].rules.iter().map(|rule| rule.criterion.clone()).collect();
    let group = |name: &str| Criterion::ContactGroup(Caseless::new(name));
    assert_eq!(named, [group("Børn og familie"), group("Borger › Findes ikke")]);
    // What a rule is called so already stays.
    let mut literal = sample();
    let mut rule = (*literal.authorities[0].rules[0]).clone();
    rule.criterion = group("Borger › Børn og familie");
    literal.authorities[0].rules[0] = rule.into();
    let read = taken(table.as_bytes(), "regler.csv", &literal, sample_cvr());
    assert_eq!(read.book.authorities[0].rules[0].criterion, group("borger > Børn og familie"));
}

#[test]
fn a_template_holds_what_a_new_authority_must_bring_and_nothing_else() {
    let directory = tempfile::TempDir::new().expect("a directory");
    let path = directory.path().join("skabelon.xlsx");
    write_template(&path).expect("written");
    let bytes = std::fs::read(&path).expect("a file");
    let problems = faults(&bytes, "skabelon.xlsx", &RuleBook::default(), sample_cvr());
    assert_eq!(problems, ["Myndighed!A1: the authority is missing: one row with its CVR number and name"]);
}
