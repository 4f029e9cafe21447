//! A CPR number is one however it is written, and a text without one stays what it is.

use std::fs;

use postfordeler::rules::without_cpr;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::support::{Expected, Fagsystem, Memo, Router, assert_receipt, configuration, fagsystem_entry, rule};

const LEFT_OUT: &str = "(udeladt)";

/// The notations that got through once, and those that never did.
fn notations() -> Vec<(String, String)> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/cases/security/personal-data/cpr-notations.json");
    let file: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let groups = file.as_object().unwrap().values().flat_map(|group| group.as_object().unwrap());
    groups.map(|(name, notation)| (name.clone(), notation.as_str().unwrap().to_owned())).collect()
}

/// What the journal keeps of a message's contact point and of the fagsystem's code.
fn kept(router: &Router) -> Vec<[String; 3]> {
    let database = router.database();
    let columns = "contact_point_id, contact_group, answer_code";
    let mut rows = database.prepare(&format!("SELECT {columns} FROM journal ORDER BY number")).unwrap();
    let rows = rows.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]));
    rows.unwrap().map(Result::unwrap).collect()
}

fn letter(point: &str, group: &str) -> String {
    let element = format!(
        "<memo:ContactPoint><memo:contactGroup>{group}</memo:contactGroup><memo:contactPointID>{point}\
         </memo:contactPointID></memo:ContactPoint></memo:Recipient>"
    );
    String::from_utf8(Memo::new().xml()).unwrap().replace("</memo:Recipient>", &element)
}

/// Whether there is nothing but a mark by which the same text is known again.
fn is_left_out(kept: &str) -> bool {
    let mark = kept.strip_prefix("(udeladt ").and_then(|rest| rest.strip_suffix(')'));
    mark.is_some_and(|mark| mark.len() == 8 && mark.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[test]
fn no_notation_of_a_cpr_number_reaches_journal_or_receipt() {
    let notations = notations();
    assert_eq!(notations.len(), 34);
    for (name, notation) in notations {
        let answers = [
            json!({"errorCode": notation, "errorMessage": notation}),
            json!({"errorCode": "borger", "errorMessage": format!("Borgeren {notation} findes ikke")}),
        ];
        for answer in answers {
            let fagsystem = Fagsystem::answering(422, answer.to_string().leak());
            let mut router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
            let answer = router.deliver(letter(&notation, &format!("Gruppe {notation}")).as_bytes());
            let receipt = assert_receipt(&name, &answer, Expected::REJECTED, answer.json()["messageUUID"].as_str());
            let words = receipt["errorMessage"].as_str().unwrap();
            assert!(words.contains(LEFT_OUT), "{name}: {words}");
            assert!(!words.contains(&notation) && !words.chars().any(char::is_numeric), "{name}: {words}");
            let rows = kept(&router);
            let [point, group, code] = &rows[0];
            assert!(is_left_out(point) && is_left_out(group), "{name}: {point}, {group}");
            assert!([LEFT_OUT, "borger"].contains(&code.as_str()), "{name}: {code}");
            router.running.terminate();
            assert_eq!(router.running.exit_status(), Some(0), "{name}");
            assert!(!router.running.log().contains(&notation), "{name}");
        }
    }
}

/// Names of the authority's own stay, for messages are decided anew by them; so do names that tell of nobody.
#[test]
fn the_journal_keeps_names_that_are_known_to_be_harmless() {
    let fagsystem = Fagsystem::answering(422, r#"{"errorCode":"sag.lukket","errorMessage":"Nej"}"#);
    let own = "KP-2026-0000123456";
    let rules =
        [rule(1, "esdh", "kontaktpunkt", own), rule(2, "esdh", "kontaktgruppe", "Hold 2025/26, 2026/27, 2027/28")];
    let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &rules));
    let uuid = "163710ae-5078-350c-0000-000000000440";
    let stay = [
        (own, "hold 2025/26, 2026/27, 2027/28"),
        (uuid, "Børn, Unge & Ældre (Å)"),
        ("241D39F6-998E-4929-B198-CCACBBF4B330", "22.33.44.55"),
    ];
    let left_out = [
        ("KP-2026-0000123457", "Hold 2025/26, 2026/27, 2028/29"),
        ("kp-2026-0000123457", "Hold 2025/26, 2026/27, 2028/29"),
        ("KP-2026-0000123458", "Gruppe ②"),
        ("Bøde\u{301}r", "Børn\u{200B}"),
    ];
    for (point, group) in stay.into_iter().chain(left_out) {
        assert_eq!(router.deliver(letter(point, &group.replace('&', "&amp;")).as_bytes()).status(), 422);
    }
    let kept = kept(&router);
    let expected = stay.map(|(point, group)| [point.to_owned(), group.to_owned(), "sag.lukket".to_owned()]);
    assert_eq!(kept[..stay.len()], expected);
    let others = &kept[stay.len()..];
    assert!(others.iter().all(|[point, group, _]| is_left_out(point) && is_left_out(group)), "{others:?}");
    assert_eq!(others[0], others[1], "the same names have the same mark, whatever their case");
    assert_ne!(others[1][0], others[2][0]);
}

/// What fagsystems say without naming anybody comes through as they said it.
#[test]
fn harmless_words_reach_the_receipt() {
    let harmless = [
        "Sag 26-123456, 2026-11-26T10:00:00Z",
        "Sag 26-120456 (2026-11-05 10:11:12.123+01:00)",
        "Modtaget 26-11-2026 kl. 10.15, afvist 05.11.2026 10:00:00",
        "Journalnummer 12.04.05-P22-1234-26 er lukket",
        "28.07.01 hører ikke til i 28.06",
        "Besked 5f0c6ab1-58b0-4f3d-a9a0-010170123400 findes",
        "Ring til +45 33 92 52 00",
        "trace 4bf92f3577b34da6a3ce929d0e0e4736 fejlede",
        "Fejl 404 i linje 12, kolonne 7",
    ];
    for words in harmless {
        let body = json!({"errorCode": "nej", "errorMessage": words}).to_string();
        let fagsystem = Fagsystem::answering(422, body.leak());
        let router = Router::start(&configuration(&[fagsystem_entry("esdh", &fagsystem.endpoint())], &[]));
        let receipt = router.deliver(&Memo::new().xml()).json();
        assert_eq!(receipt["errorMessage"], format!("nej: {words}"));
    }
}

/// Ten digits in a row, the first of them a 0, of scripts and kinds of many sorts.
const SCRIPTS: [&str; 16] = [
    "0123456789",
    "０１２３４５６７８９",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "०१२३४५६७८९",
    "๐๑๒๓๔๕๖๗๘๙",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "₀₁₂₃₄₅₆₇₈₉",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⓿❶❷❸❹❺❻❼❽❾",
    "🄋➀➁➂➃➄➅➆➇➈",
    "🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐",
    "〇一二三四五六七八九",
    "🯰🯱🯲🯳🯴🯵🯶🯷🯸🯹",
];

/// What may come between digits: signs that are seen and such that are not, marks, and short words.
const BETWEEN: [&str; 48] = [
    "-",
    "–",
    "—",
    "‑",
    "−",
    "－",
    "﹣",
    "⁃",
    ".",
    "·",
    "•",
    "…",
    ",",
    ":",
    ";",
    "/",
    "\\",
    "|",
    "_",
    "+",
    "*",
    "~",
    "=",
    "'",
    "\"",
    "`",
    "^",
    "#",
    "&",
    "%",
    "@",
    "€",
    "→",
    "🙂",
    " ",
    "\u{A0}",
    "\u{3000}",
    "\t",
    "\u{AD}",
    "\u{200B}",
    "\u{200E}",
    "\u{2060}",
    "\u{FE0F}",
    "\u{20E3}",
    "\u{301}",
    "\u{E0020}",
    "og",
    "CPR",
];

/// Before the last four digits more may be said.
const WORDS: [&str; 6] =
    [" - CPR ", ", løbenummer ", " (sidste fire: ", "&nbsp;", " født, nummer ", "\nCPR-nr. slutter på "];

fn any_cpr() -> impl Strategy<Value = [usize; 10]> {
    (1..=31_usize, any::<bool>(), 1..=12_usize, 0..100_usize, 0..10_000_usize).prop_map(
        |(day, is_replacement, month, year, serial)| {
            let day = if is_replacement { day + 60 } else { day };
            let digits = format!("{day:02}{month:02}{year:02}{serial:04}");
            let digits: Vec<usize> = digits.bytes().map(|byte| usize::from(byte - b'0')).collect();
            digits.try_into().unwrap()
        },
    )
}

/// A number, its digits of that script, with something before some of them.
fn written(digits: &[usize], script: &str, between: &[Option<String>]) -> String {
    let figures: Vec<char> = script.chars().collect();
    let mut text = String::new();
    for (at, digit) in digits.iter().enumerate() {
        if at > 0 {
            text.push_str(between[at - 1].as_deref().unwrap_or_default());
        }
        text.push(figures[*digit]);
    }
    text
}

fn any_between() -> impl Strategy<Value = Option<String>> {
    let signs = vec(select(&BETWEEN[..]), 1..3).prop_map(|signs| signs.concat());
    // Two short words are no short one.
    let short = signs.prop_filter("short", |signs| signs.chars().filter(|it| it.is_alphabetic()).count() <= 3);
    proptest::option::of(short)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_cpr_number_is_found_in_any_script_and_grouping(
        digits in any_cpr(),
        script in select(&SCRIPTS[..]),
        between in vec(any_between(), 9),
        around in select(&[("", ""), ("Borger ", " findes ikke"), ("Sag 26-123456: ", ", fejl 404"), ("(", ")")][..]),
    ) {
        let text = format!("{}{}{}", around.0, written(&digits, script, &between), around.1);
        prop_assert_eq!(without_cpr(&text), LEFT_OUT, "{:?}", text);
    }

    #[test]
    fn a_cpr_number_is_found_with_words_before_its_last_four_digits(
        digits in any_cpr(),
        script in select(&SCRIPTS[..]),
        between in vec(any_between(), 9),
        words in select(&WORDS[..]),
    ) {
        let mut between = between;
        between[5] = Some(words.to_owned());
        // Which is the number of a KLE group.
        prop_assume!(!(between[6].is_none() && between[7].as_deref() == Some(".") && between[8].is_none()));
        let text = written(&digits, script, &between);
        prop_assert_eq!(without_cpr(&text), LEFT_OUT, "{:?}", text);
    }

    #[test]
    fn a_cpr_number_is_found_beside_further_digits_and_behind_escapes(
        digits in any_cpr(),
        further in "[0-9]{1,2}",
        sign in select(&["", "-"][..]),
        escape in select(&["%2D", "%20", "&#45;", "&#x2d;", "\\u002d", "&nbsp;", "&shy;"][..]),
    ) {
        let [date, serial] = [&digits[..6], &digits[6..]].map(|part| part.iter().map(ToString::to_string).collect::<String>());
        for text in [format!("{further}{date}{sign}{serial}"), format!("{date}{sign}{serial}{further}"), format!("{date}{escape}{serial}")] {
            prop_assert_eq!(without_cpr(&text), LEFT_OUT, "{:?}", text);
        }
    }

    #[test]
    fn points_in_time_case_numbers_and_ids_stay(
        (year, month, day) in (1990..2060, 1..=12, 1..=31),
        (hour, minute, second, fraction) in (0..24, 0..60, 0..60, 0..1000),
        (kle, case) in (any::<[u8; 3]>(), 0..100_000),
        id in any::<[u8; 16]>(),
        phone in 0..100_000_000_u32,
        which in any::<Index>(),
    ) {
        let [a, b, c] = kle.map(|part| part % 100);
        let yy = year % 100;
        let id = uuid::Builder::from_random_bytes(id).into_uuid();
        let texts = [
            format!("Sag {yy:02}-{case:06}, {year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"),
            format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{fraction:03} +01:00"),
            format!("Modtaget {day:02}-{month:02}-{year} {hour:02}:{minute:02} i system 12"),
            format!("Modtaget {day}.{month}.{year} kl. {hour:02}.{minute:02}.{second:02}"),
            format!("tid={year}{month:02}{day:02}{hour:02}{minute:02}{second:02}, sag={case}"),
            format!("Sag {a:02}.{b:02}.{c:02}-P{yy:02}-{case}-{yy:02} er lukket"),
            format!("Meddelelse {id} findes {case:05} gange"),
            id.simple().to_string(),
            format!("Ring +45 {phone:08}"),
        ];
        let text = which.get(&texts);
        // Ten digits in a row are what they are, also in a name of another kind.
        prop_assume!(!text.split(|it: char| !it.is_ascii_digit()).any(|run| run.len() == 10 || (run.len() > 10 && !text.starts_with("tid"))));
        prop_assert_eq!(&without_cpr(text), text);
    }
}
