//! What a file replaces in the draft, and what it leaves.

use postfordeler::exchange::SheetKind;
use postfordeler::rules::{RuleBook, Subject};

use super::{Desk, emptied, sample, sample_cvr, spelt, taken};
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
