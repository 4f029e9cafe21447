use std::fs;

use postfordeler::exchange::{Progress, SheetKind, Stopped, TablesError, TablesWriteError, read_tables};
use postfordeler::exchange::{write_csv, write_workbook};
use postfordeler::rules::{
    ContactGroup, ContactPoint, Cvr, Fagsystem, KlePlan, PointCode, PointDetails, RuleBook, Seconds, TimeLimits,
};
use proptest::prelude::*;

use super::{Desk, emptied, faults, sample, sample_cvr, spelt, taken};
use crate::rules::books::{any_book_of_files, authority, cvr, fagsystem, rule};

/// Each authority, by a workbook into a book that has nothing of it, and by six CSV files.
fn assert_survives(book: &RuleBook) {
    let desk = Desk::new();
    for cvr in book.authorities.iter().map(|it| it.cvr) {
        let empty = emptied(book, cvr);
        let read = taken(&desk.workbook(book, cvr), "bog.xlsx", &empty, cvr);
        assert_eq!(spelt(&read.book), spelt(book));
        let guarded = book.authority(cvr).is_some_and(|own| !own.guards.is_empty());
        let kinds = SheetKind::ALL.into_iter().filter(|kind| guarded || *kind != SheetKind::Guards);
        assert_eq!((read.authority, read.kinds), (Some(cvr), kinds.collect()));
        assert_eq!(spelt(&by_csv(&desk, book, empty, cvr)), spelt(book));
    }
}

/// Contact points and fagsystems first, since the others name them.
fn by_csv(desk: &Desk, book: &RuleBook, draft: RuleBook, cvr: Cvr) -> RuleBook {
    use SheetKind::{Authority, ContactPoints, Fagsystems, Guards, KnownAuthorities, Rules};
    let mut draft = draft;
    // A table of fagsystems may not lack the default recipient.
    draft.authorities.iter_mut().filter(|it| it.cvr == cvr).for_each(|own| {
        own.default_fagsystem = book.authority(cvr).expect("it is there").default_fagsystem.clone();
    });
    [KnownAuthorities, ContactPoints, Fagsystems, Authority, Rules, Guards].into_iter().fold(draft, |draft, kind| {
        let read = taken(&desk.csv(kind, book, cvr), "tabel.csv", &draft, cvr);
        assert_eq!(read.kinds, [kind]);
        read.book
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_book_survives_workbook_and_csv(book in any_book_of_files()) {
        assert_survives(&book);
    }
}

#[test]
fn the_sample_survives_without_a_difference() {
    let book = sample();
    assert_survives(&book);
    let read = taken(&Desk::new().workbook(&book, sample_cvr()), "bog.xlsx", &book, sample_cvr());
    assert_eq!(book.compare(&read.book), []);
    assert_eq!(read.notices.iter().map(ToString::to_string).collect::<Vec<_>>(), [] as [String; 0]);
}

/// Whatever could be lost or misread: signs that separate, look like formulas or marks, white space, names that are
/// others' ids.
#[test]
fn awkward_texts_survive() {
    let mut own = authority(cvr("01102036"), Vec::new());
    let traps = [
        "=1+1",
        "'=1+1",
        "''=x",
        "'a",
        "+45 11 22 33 44",
        "-",
        "@home",
        "\t=1",
        "\r=1",
        " a ",
        "a\r\nb",
        "_x0041_",
        "a;b",
        "\"a\"",
        "a \"b\" c",
        "\"",
        "\"\"",
        "ja",
        "27.10",
        "0012",
        "1e5",
        "25-10-2020",
        "æøå ½ € 🏫",
        "TRUE",
        "#REF",
        ";",
        "A › B",
        "a > b",
        "\u{1}",
        "\u{fffd}",
        "sep=,",
        "x,=1+1",
        "\n=1+1",
        "\u{ff1d}1+1",
        "\u{ff0b}1",
        "\u{ff20}1",
        " =1",
        "\"=1\"",
        "\u{200b}=1",
        "' =1",
    ];
    let texts = || traps.iter().map(|it| (*it).to_owned());
    for (at, trap) in traps.iter().enumerate() {
        // Invisible characters are not part of names and ids.
        let known_by = trap.trim_start_matches('\u{200b}');
        let id = fagsystem(&format!("f{at}")).id;
        let limits = TimeLimits { connect: Seconds::new(1), answer: Seconds::new(3600) };
        own.fagsystems.push(Fagsystem { id, name: known_by.to_owned(), limits, ..fagsystem("x") });
        own.fagsystems.push(Fagsystem { name: "esdh".to_owned(), ..fagsystem(&format!("{known_by}{at}")) });
        let priority = u32::try_from(at).expect("few") + 1;
        let group = postfordeler::rules::Criterion::ContactGroup(postfordeler::rules::Caseless::new(known_by));
        let mut one = rule(priority, group);
        one.fagsystem = own.fagsystems[own.fagsystems.len() - 1 - at % 2].id.clone();
        one.note = (*trap).to_owned();
        own.rules.push(one.into());
        let unlisted = postfordeler::rules::Criterion::ContactPoint(postfordeler::rules::Caseless::new(known_by));
        own.rules.push(rule(1000 + priority, unlisted).into());
        let groups = vec![ContactGroup {
            above: vec![postfordeler::rules::Caseless::new("a"); at % 3],
            ..ContactGroup::new(known_by)
        }];
        let code = PointCode { kind: (*trap).to_owned(), code: (*trap).to_owned(), name: (*trap).to_owned() };
        let details = PointDetails {
            description: (*trap).to_owned(),
            codes: vec![code.clone(), PointCode { name: String::new(), ..code }],
            search_terms: texts().collect(),
            fields: vec![(*trap).to_owned(), String::new()],
            ..PointDetails::default()
        };
        let id = postfordeler::rules::Caseless::new(&format!("k{at}"));
        own.contact_points.push(ContactPoint { id, groups, title: known_by.to_owned(), details });
    }
    let book = RuleBook { known_authorities: Vec::new(), authorities: vec![own] };
    assert_eq!(book.faults(), []);
    assert_survives(&book);
}

#[test]
fn ten_thousand_rules_survive() {
    let book = crate::rules::big_book::with_rules(10_000);
    let (desk, cvr) = (Desk::new(), book.authorities[0].cvr);
    let progress = Progress::default();
    let bytes = desk.workbook(&book, cvr);
    let read = read_tables(&bytes, "bog.xlsx", &emptied(&book, cvr), Some(cvr), &progress).expect("no faults");
    assert_eq!(spelt(&read.book), spelt(&book));
    assert_eq!((progress.done(), progress.all()), (10_002, Some(10_002)));
}

#[test]
fn what_is_stopped_leaves_nothing_behind() {
    let (desk, book, kle) = (Desk::new(), sample(), KlePlan::built_in());
    let bytes = desk.workbook(&book, sample_cvr());
    let stopped = Progress::default();
    stopped.stop();
    let path = desk.path("ny.xlsx");
    let outcome = write_workbook(&path, &book, sample_cvr(), &kle, &stopped);
    assert!(matches!(outcome, Err(TablesWriteError::Stopped(Stopped))), "{outcome:?}");
    let outcome = write_csv(&path, SheetKind::Rules, &book, sample_cvr(), &kle, &stopped);
    assert!(matches!(outcome, Err(TablesWriteError::Stopped(Stopped))), "{outcome:?}");
    assert_eq!(fs::read_dir(desk.path("")).expect("a directory").count(), 1);
    let outcome = read_tables(&bytes, "bog.xlsx", &book, Some(sample_cvr()), &stopped);
    assert_eq!(outcome, Err(TablesError::Stopped(Stopped)));
}

#[test]
fn a_text_that_is_too_long_for_excel_is_told_by_its_cell() {
    let mut book = sample();
    std::sync::Arc::make_mut(&mut book.authorities[0].rules[1]).note = "æ".repeat(32_768);
    let desk = Desk::new();
    let path = desk.path("bog.xlsx");
    let error = write_workbook(&path, &book, sample_cvr(), &KlePlan::built_in(), &Progress::default()).unwrap_err();
    assert!(error.to_string().contains("Regler!J3"), "{error}");
    assert_eq!(fs::read_dir(desk.path("")).expect("a directory").count(), 0);
    let unknown = write_workbook(&path, &book, cvr("99999999"), &KlePlan::built_in(), &Progress::default());
    assert!(matches!(unknown, Err(TablesWriteError::NoSuchAuthority(_))), "{unknown:?}");
}

#[test]
fn a_rule_on_an_authority_that_is_not_there_needs_its_own_sheet() {
    let desk = Desk::new();
    let bytes = desk.csv(SheetKind::Rules, &sample(), sample_cvr());
    let read = super::read(&bytes, "regler.csv", &RuleBook::default(), sample_cvr());
    assert_eq!(read, Err(TablesError::NoAuthority));
    let mut other = emptied(&sample(), sample_cvr());
    other.authorities[0].fagsystems.push(fagsystem("intet"));
    assert_eq!(faults(&bytes, "regler.csv", &other, sample_cvr()).len(), 10);
}
