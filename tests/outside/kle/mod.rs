//! KL's plan of KLE numbers, read from its file.

mod broken;
mod plan;

use postfordeler::exchange::{KlePlanError, KlePlanImport, Progress, read_kle_plan};
use postfordeler::rules::{Kle, KlePlan};

const OFFICIAL: &str = include_str!("../../data/kle/emneplan-uddrag.xml");

fn kle(number: &str) -> Kle {
    number.parse().expect("a KLE number")
}

fn read(file: &str) -> Result<KlePlanImport, KlePlanError> {
    read_kle_plan(file.as_bytes(), &Progress::default())
}

#[track_caller]
fn read_well(file: &str) -> KlePlanImport {
    read(file).expect("it is a plan")
}

/// Every number with its title, a line each.
fn listed(plan: &KlePlan) -> Vec<String> {
    plan.entries().map(|(number, title)| format!("{number} {title}")).collect()
}

/// A plan with those main groups.
fn whole(groups: &str) -> String {
    format!("<KLE-Emneplan><UdgivelsesDato>2025-05-01</UdgivelsesDato>\n{groups}</KLE-Emneplan>")
}

fn main_group(number: &str, title: &str, more: &str) -> String {
    entry("Hovedgruppe", number, title, more)
}

fn group(number: &str, title: &str, more: &str) -> String {
    entry("Gruppe", number, title, more)
}

fn subject(number: &str, title: &str) -> String {
    entry("Emne", number, title, "")
}

/// One line for the element, and one for each element in it.
fn entry(element: &str, number: &str, title: &str, more: &str) -> String {
    format!(
        "<{element}><{element}Nr>{number}</{element}Nr><{element}Titel>{title}</{element}Titel>\n{more}</{element}>"
    )
}

#[test]
fn the_official_shape_is_read() {
    let read = read_well(OFFICIAL);
    assert_eq!(
        listed(&read.plan),
        [
            "00 Kommunens styrelse",
            "00.01 Kommunens styrelse",
            "00.01.00 Kommunens styrelse i almindelighed",
            "00.01.10 Opgaver der dækker flere hovedgrupper",
            "28 Dagtilbud",
            "28.06 Optagelse i dagtilbud",
            "28.06.00 Optagelse i dagtilbud i almindelighed",
        ]
    );
    assert_eq!(read.plan.published.map(|day| day.to_string()).as_deref(), Some("2025-05-01"));
    assert_eq!((read.skipped, read.more_skipped, read.historic), (vec![], 0, 1));
}

#[test]
fn prefixes_a_bom_comments_and_the_encoding_do_not_matter() {
    let plain = read_well(OFFICIAL);
    let mut prefixed = OFFICIAL.replace("</", "</k:");
    for name in ["KLE-Emneplan", "UdgivelsesDato", "Hovedgruppe", "Gruppe", "Emne"] {
        prefixed = prefixed.replace(&format!("<{name}"), &format!("<k:{name}"));
    }
    assert_eq!(read_well(&prefixed).plan, plain.plan);
    assert_eq!(read_well(&format!("\u{feff}{OFFICIAL}")).plan, plain.plan);
    assert_eq!(read_well(&OFFICIAL.replace("<Emne>", "<!-- <Emne> --><?set her?><Emne>")).plan, plain.plan);
    let utf16 = std::iter::once(0xFEFF).chain(OFFICIAL.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    assert_eq!(read_kle_plan(&utf16, &Progress::default()).expect("it is a plan").plan, plain.plan);
}

#[test]
fn titles_are_taken_as_they_are_meant() {
    let cases = [
        ("Børn &amp; unge", "Børn & unge"),
        ("L&#230;ge- og tandl&#xE6;gehj&#xe6;lp", "Læge- og tandlægehjælp"),
        ("<![CDATA[Støtte efter §§ 11 & 12 <mv.>]]>", "Støtte efter §§ 11 & 12 <mv.>"),
        ("\n      Flere\t linjer\n  i én  ", "Flere linjer i én"),
        ("Sager om <i>hjælpemidler</i> mv.", "Sager om hjælpemidler mv."),
        ("Drift & vedligeholdelse", "Drift & vedligeholdelse"),
        ("&ukendt; ting", "&ukendt; ting"),
    ];
    for (written, meant) in cases {
        let read = read_well(&whole(&main_group("28", written, "")));
        assert_eq!(read.plan.title(kle("28")), Some(meant), "{written}");
        assert!(read.skipped.is_empty(), "{written}: {:?}", read.skipped);
    }
}

#[test]
fn a_document_type_is_never_followed() {
    let bomb = r#"<!DOCTYPE KLE-Emneplan [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>"#;
    let read = read_well(&format!("{bomb}{}", whole(&main_group("28", "&b; &c;", ""))));
    assert_eq!(read.plan.title(kle("28")), Some("&b; &c;"));
}

#[test]
fn numbers_that_guidance_refers_to_are_not_the_entrys_own() {
    let guidance = "<HovedgruppeVejledning><VejledningTekst><p>Se <br> også<ul><li>punkt</ul>\
                    <Henvisning><HovedgruppeNr>27</HovedgruppeNr><HovedgruppeTitel>Andet</HovedgruppeTitel></Henvisning>\
                    </VejledningTekst></HovedgruppeVejledning>";
    let groups = group("28.06", "Optagelse", &subject("28.06.00", "I almindelighed"));
    let file = whole(&format!("<Hovedgruppe>{guidance}<HovedgruppeNr>28</HovedgruppeNr></Hovedgruppe>"));
    // A reference to another number comes before the entry's own, and is not mistaken for it.
    assert_eq!(read(&file), Err(KlePlanError::NoNumbers));
    let read = read_well(&whole(&main_group("28", "Dagtilbud", &format!("{guidance}{groups}"))));
    assert_eq!(listed(&read.plan), ["28 Dagtilbud", "28.06 Optagelse", "28.06.00 I almindelighed"]);
    assert!(read.skipped.is_empty(), "{:?}", read.skipped);
}

#[test]
fn what_is_historic_is_left_out_with_all_below_it() {
    let gone = |element: &str| {
        format!(
            "<{element}AdministrativInfo><Historisk><UdgaaetDato>2004-01-31</UdgaaetDato></Historisk></{element}AdministrativInfo>"
        )
    };
    let gone_group = group("28.07", "Udgået", &format!("{}{}", gone("Gruppe"), subject("28.07.00", "Med den")));
    let told_late = group("28.08", "Udgået", &format!("{}{}", subject("28.08.00", "Med den"), gone("Gruppe")));
    let stays = group("28.09", "Gælder", &subject("28.09.00", "Gælder også"));
    let again = group("28.07", "Kommet igen", "");
    let groups = [gone_group, told_late, stays, again].concat();
    let read = read_well(&whole(&main_group("28", "Dagtilbud", &groups)));
    assert_eq!(listed(&read.plan), ["28 Dagtilbud", "28.07 Kommet igen", "28.09 Gælder", "28.09.00 Gælder også"]);
    assert_eq!((read.historic, read.skipped), (4, vec![]));
}

#[test]
fn a_plan_of_thousands_of_numbers_is_read_and_progress_is_told_in_bytes() {
    let file = big_plan();
    assert!(file.len() > 7_000_000, "the file has {} bytes only", file.len());
    let progress = Progress::default();
    let read = read_kle_plan(file.as_bytes(), &progress).expect("it is a plan");
    assert_eq!((read.plan.len(), read.skipped.len()), (40 + 40 * 10 + 40 * 10 * 6, 0));
    assert_eq!((progress.done(), progress.all()), (file.len() as u64, Some(file.len() as u64)));
}

#[test]
fn reading_can_be_stopped() {
    let progress = Progress::default();
    progress.stop();
    let stopped = read_kle_plan(big_plan().as_bytes(), &progress).expect_err("it was stopped");
    assert!(matches!(stopped, KlePlanError::Stopped(_)));
    assert!(progress.done() < 200_000, "it went on to {}", progress.done());
}

/// As large as KL's own, with as much guidance.
fn big_plan() -> String {
    let guidance =
        "<p>Her journaliseres sager om <b>planer &amp; tilladelser</b>:</p><ul><li>ansøgning</li></ul>".repeat(26);
    let with = |element: &str| {
        format!("<{element}Vejledning><VejledningTekst>{guidance}</VejledningTekst></{element}Vejledning>")
    };
    let subjects = |group: &str| -> String {
        (0..6).map(|at| entry("Emne", &format!("{group}.{at:02}"), "Et emne", &with("Emne"))).collect()
    };
    let groups = |main: &str| -> String {
        let number = |at| format!("{main}.{at:02}");
        (0..10)
            .map(|at| group(&number(at), "En gruppe", &format!("{}{}", with("Gruppe"), subjects(&number(at)))))
            .collect()
    };
    let mains = (0..40).map(|at| format!("{at:02}"));
    whole(&mains.map(|main| main_group(&main, "En hovedgruppe", &groups(&main))).collect::<String>())
}
