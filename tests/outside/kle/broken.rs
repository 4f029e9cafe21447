//! Broken parts are left out and reported; the rest counts.

use postfordeler::exchange::{KlePlanError, Progress, read_kle_plan};

use crate::fuzz_corpus::checks;

use super::{OFFICIAL, group, listed, main_group, read, read_well, subject, whole};

#[test]
fn what_is_broken_is_left_out_and_told_with_its_line() {
    let cases = [
        ("no number", "<Emne><EmneTitel>Uden</EmneTitel></Emne>", "line 5: no number stands there"),
        ("an empty one", "<Emne><EmneNr/><EmneTitel>Uden</EmneTitel></Emne>", "line 5: no number stands there"),
        ("no such number", &subject("28.6.01", "Skæv"), "line 5: '28.6.01' is no number of that level"),
        ("another level's", &subject("28.06", "Kort"), "line 5: '28.06' is no number of that level"),
        ("no title", &subject("28.06.01", " "), "line 5: 28.06.01 has no title"),
        ("a CPR number", &subject("0101800017", "Født"), "line 5: '(udeladt)' is no number of that level"),
        ("twice", &subject("28.06.00", "Igen"), "line 5: 28.06.00 stands twice; the first counts"),
        ("elsewhere", &subject("28.07.01", "Fremmed"), "line 5: 28.07.01 stands in 28.06, where it does not belong"),
        ("a stray end", "</Emne>", "line 5: an element ends there that has not begun"),
    ];
    for (what, broken, told) in cases {
        let good = subject("28.06.00", "I almindelighed");
        let after = subject("28.06.09", "Bagefter");
        let file =
            whole(&main_group("28", "Dagtilbud", &group("28.06", "Optagelse", &format!("{good}{broken}{after}"))));
        let read = read_well(&file);
        let skipped: Vec<_> = read.skipped.iter().map(ToString::to_string).collect();
        assert_eq!(skipped, [told], "{what}");
        assert_eq!(
            listed(&read.plan),
            ["28 Dagtilbud", "28.06 Optagelse", "28.06.00 I almindelighed", "28.06.09 Bagefter"],
            "{what}"
        );
    }
}

#[test]
fn a_group_in_the_wrong_main_group_is_left_out_with_what_is_below_it() {
    let stranger = group("29.01", "Fremmed", &subject("29.01.00", "Også"));
    let read = read_well(&whole(&main_group("28", "Dagtilbud", &stranger)));
    assert_eq!(listed(&read.plan), ["28 Dagtilbud"]);
    assert_eq!(read.skipped.len(), 2);
}

#[test]
fn an_element_that_never_ends_ends_where_the_next_begins() {
    let open = "<Emne><EmneNr>28.06.00</EmneNr><EmneTitel>Åbent</EmneTitel>";
    let file = whole(&main_group(
        "28",
        "Dagtilbud",
        &group("28.06", "Optagelse", &format!("{open}{}", subject("28.06.01", "Lukket"))),
    ));
    let read = read_well(&file);
    assert_eq!(listed(&read.plan), ["28 Dagtilbud", "28.06 Optagelse", "28.06.00 Åbent", "28.06.01 Lukket"]);
}

#[test]
fn of_a_file_that_is_cut_short_what_came_before_counts() {
    let end = OFFICIAL.find("<Emne>\n            <EmneNr>28.06.00").expect("it stands there");
    for cut in [end, end + 30, end + 60, end + 110] {
        let read = read_well(&OFFICIAL[..cut]);
        assert_eq!(read.plan.len(), 6, "cut at {cut}");
        let told: Vec<_> = read.skipped.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].ends_with("what comes before counts"), "cut at {cut}: {told:?}");
    }
    // Wherever it is cut, what is read is a plan.
    for cut in (0..OFFICIAL.len()).filter(|cut| OFFICIAL.is_char_boundary(*cut)) {
        checks::kle::check(&OFFICIAL.as_bytes()[..cut]);
    }
}

#[test]
fn where_the_file_stops_being_xml_reading_stops() {
    let number = "<EmneNr>00.01.10</EmneNr>";
    let told = |broken: &str| {
        let read = read_well(&OFFICIAL.replace(number, broken));
        assert!(read.plan.title("00.01.00".parse().expect("KLE")).is_some(), "what comes before counts");
        let told: Vec<_> = read.skipped.iter().map(|skipped| skipped.what.to_string()).collect();
        (told, read.plan.title("28.06.00".parse().expect("KLE")).is_some())
    };
    let broken_off = "the file is broken from there on; what comes before counts";
    assert_eq!(told("<!-- <EmneNr>"), (vec![broken_off.to_owned()], false));
    // What is only a strange tag costs its own number.
    assert_eq!(told("<EmneNr <<!>\n"), (vec!["no number stands there".to_owned()], true));
}

#[test]
fn a_title_that_is_no_utf_8_is_left_out_alone() {
    let mut file = Vec::new();
    let titled = whole(&format!("{}{}", main_group("27", "Handicap", ""), main_group("28", "B?rn", "")));
    file.extend(titled.bytes().map(|byte| if byte == b'?' { 0xF8 } else { byte }));
    let read = read_kle_plan(&file, &Progress::default()).expect("it is a plan");
    assert_eq!(listed(&read.plan), ["27 Handicap"]);
    assert_eq!(read.skipped[0].to_string(), "line 3: the title of 28 cannot be read: the file is not UTF-8 there");
}

#[test]
fn of_much_that_is_broken_the_rest_is_counted() {
    let broken: String = (0..1_000).map(|_| subject("28.6", "Skæv")).collect();
    let read = read_well(&whole(&main_group("28", "Dagtilbud", &broken)));
    assert_eq!((read.skipped.len(), read.more_skipped), (200, 800));
}

#[test]
fn another_file_is_refused() {
    let others = [
        "",
        "   ",
        "{\"format\": \"postfordeler-konfiguration\"}",
        "PK\u{3}\u{4}\u{0}\u{0}",
        "<html><body><p>404</p></body></html>",
        "<KLE-Handlingsfacetter><HandlingsfacetKategori/></KLE-Handlingsfacetter>",
        "<KLE-Emneplan><UdgivelsesDato>2025-05-01</UdgivelsesDato></KLE-Emneplan>",
    ];
    for other in others {
        assert_eq!(read(other), Err(KlePlanError::NotAPlan), "{other}");
    }
    assert_eq!(read(&whole("<Hovedgruppe/>")), Err(KlePlanError::NoNumbers));
}
