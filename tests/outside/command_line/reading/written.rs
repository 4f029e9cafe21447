//! What is written in files, read as people mean it: headings, values, letters and words.

use std::fs;

use encoding_rs::WINDOWS_1252;
use serde_json::{Value, json};

use super::{HEAD, case, rule_values, rules_csv, sound, texts, told, town};

const PLACE_ALLOCATION: &str = "5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10";
const SCHOOL: &str = "a7d1f6f2-2c0b-4b0e-8a53-6b0f1f6d2e21";
const BUILDING_PERMITS: &str = "c3b9e4d8-71a6-4f5e-bb0a-90d2c5e8f732";

#[test]
fn headings_count_whatever_their_spaces_and_what_cannot_be_seen_in_them() {
    let workplace = town();
    let told = sound(&workplace, &case("heading-with-no-break-space.xlsx"));
    assert_eq!(told["myndigheder"][0]["regler"][0]["gyldigFra"], "2020-10-25");
    for heading in
        ["Gyldig\u{a0}fra", "Gyldig\u{202f}fra", "\u{feff}Gyldig fra", "Gyl\u{ad}dig fra\u{200b}", "GYLDIG   FRA"]
    {
        let head = HEAD.replace("Gyldig fra", heading);
        let file = workplace.file("regler.csv", format!("{head}\r\n1;alle;KLE;27.36;esdh;01-02-2024;;;\r\n"));
        let told = sound(&workplace, &file);
        assert_eq!(told["myndigheder"][0]["regler"][0]["gyldigFra"], "2024-02-01", "{heading:?}");
    }
}

#[test]
fn values_count_without_what_cannot_be_seen_in_them() {
    let workplace = town();
    let told = sound(&workplace, &case("values-with-invisible-signs.xlsx"));
    let expected = [
        PLACE_ALLOCATION,
        SCHOOL,
        PLACE_ALLOCATION,
        PLACE_ALLOCATION,
        "Byg og bolig",
        "Byg og bolig",
        "Borger",
        BUILDING_PERMITS,
        "B\u{f8}rn p\u{e5} \u{e5}rstid",
    ];
    let values: Vec<_> = rule_values(&told).iter().map(|value| value.to_lowercase()).collect();
    assert_eq!(values, expected.map(str::to_lowercase));
    let odd: Vec<_> =
        texts(&told["bemaerkninger"]).into_iter().filter(|it| it.contains("står ikke på listen")).collect();
    assert_eq!(odd.len(), 1, "only the one that really is on no list: {odd:?}");

    for sign in ['\u{200b}', '\u{feff}', '\u{ad}', '\u{2060}', '\u{200e}', '\u{202a}', '\u{2066}', '\u{61c}'] {
        let csv = rules_csv(
            &workplace,
            &[
                ("Kontaktpunkt", &format!("{PLACE_ALLOCATION}{sign}")),
                ("Kontaktgruppe", &format!("{sign}Byg{sign} og\u{a0}bolig")),
                ("Afsender CVR-nr.", &format!("01203045{sign}")),
                ("KLE", &format!("{sign}27.36")),
                (&format!("K{sign}LE"), "27.36"),
            ],
        );
        let csv =
            workplace.file("regler.csv", fs::read_to_string(csv).unwrap().replacen("esdh", &format!("esdh{sign}"), 2));
        let told = sound(&workplace, &csv);
        assert_eq!(rule_values(&told), [PLACE_ALLOCATION, "Byg og bolig", "01203045", "27.36", "27.36"], "{sign:?}");
    }
}

#[test]
fn configurations_and_contact_structures_lose_invisible_signs_too() {
    let workplace = town();
    let told = told(&workplace, &case("endpoint-ends-with-zero-width-space.json"));
    assert_eq!(told["fejl"][0]["sted"], "myndigheder[0].fagsystemer[0].endpoint", "{told}");
    let mut configuration: Value =
        serde_json::from_slice(&fs::read(workplace.path("eksempelby.json")).unwrap()).unwrap();
    let own = &mut configuration["myndigheder"][0];
    own["regler"][0]["regelvaerdi"] = format!("{{{PLACE_ALLOCATION}}}\u{200b}").into();
    own["regler"][1]["regelvaerdi"] = "Byg og\u{a0}bolig\u{feff}".into();
    own["regler"][3]["regelvaerdi"] = "\u{feff}01203045".into();
    own["kontaktpunkter"][0]["kontaktgrupper"][0]["navn"] = "B\u{f8}rn og familie\u{200b}".into();
    let told = sound(&workplace, &workplace.file("med.json", configuration.to_string()));
    let own = &told["myndigheder"][0];
    let values: Vec<_> = [0, 1, 3].map(|at| own["regler"][at]["regelvaerdi"].as_str().unwrap()).to_vec();
    assert_eq!(values, [PLACE_ALLOCATION, "Byg og bolig", "01203045"]);
    assert_eq!(own["kontaktpunkter"][0]["kontaktgrupper"][0]["navn"], "B\u{f8}rn og familie");

    let page = json!({"contactPoints": [
        {"id": format!("{{{PLACE_ALLOCATION}}}"), "name": "Plads", "contactGroups": [{"name": "\u{feff}Borger"}]},
        {"id": "b\u{200b}", "name": "Byg"},
    ]});
    let told = sound(&workplace, &workplace.file("side.json", page.to_string()));
    let points = &told["myndigheder"][0]["kontaktpunkter"];
    assert_eq!((&points[0]["id"], &points[1]["id"]), (&json!(PLACE_ALLOCATION), &json!("b")));
    assert_eq!(points[0]["kontaktgrupper"], json!(["Borger"]));
    assert!(texts(&told["bemaerkninger"]).iter().any(|it| it.contains("ikke kan ses")), "{told:#}");
}

#[test]
fn a_kle_plan_is_read_in_the_encoding_that_it_declares() {
    let workplace = town();
    let told_case = sound(&workplace, &case("kle-plan-iso-8859-1.xml"));
    assert!(texts(&told_case["bemaerkninger"]).iter().all(|it| !it.contains("kan ikke læses")), "{told_case:#}");
    let title = "Skovrejsning på årets løv";
    let plan = |declaration: &str| {
        format!(
            "{declaration}<KLE-Emneplan><Hovedgruppe><HovedgruppeNr>27</HovedgruppeNr><HovedgruppeTitel>{title}\
             </HovedgruppeTitel></Hovedgruppe></KLE-Emneplan>"
        )
    };
    let latin = |text: &str| WINDOWS_1252.encode(text).0.into_owned();
    let wide = |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = |text: &str| format!("\u{feff}{text}");
    let utf_16 = plan("<?xml version=\"1.0\" encoding=\"UTF-16\"?>");
    let cases = [
        ("ISO-8859-1", latin(&plan("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"))),
        ("in single quotes", latin(&plan("<?xml version='1.0' encoding='iso-8859-1' standalone='yes'?>\n"))),
        ("windows-1252", latin(&plan("<?xml version=\"1.0\" encoding = \"Windows-1252\" ?>"))),
        ("UTF-16 with a mark", wide(&marked(&utf_16), u16::to_le_bytes)),
        ("UTF-16, the other way round", wide(&marked(&utf_16), u16::to_be_bytes)),
        ("UTF-16 without a mark", wide(&utf_16, u16::to_le_bytes)),
        ("UTF-16 without a mark, the other way round", wide(&utf_16, u16::to_be_bytes)),
        ("UTF-8", plan("<?xml version=\"1.0\" encoding=\"utf-8\"?>").into_bytes()),
        ("UTF-8 that calls itself UTF-16", utf_16.clone().into_bytes()),
        ("undeclared", plan("").into_bytes()),
    ];
    for (name, bytes) in cases {
        let path = workplace.file("plan.xml", bytes);
        let told = sound(&workplace, &path);
        assert_eq!(texts(&told["bemaerkninger"]), [""; 0], "{name}");
        assert_eq!(told["filer"][0]["antal"]["kleNumre"], 1, "{name}");
    }
    let unknown = workplace.file("plan.xml", latin(&plan("<?xml version=\"1.0\" encoding=\"KLE-7\"?>")));
    assert!(texts(&told(&workplace, &unknown)["fejl"])[0].contains("tegnkodning"));
}

#[test]
fn an_interval_has_whatever_dash_a_word_processor_made_of_the_hyphen() {
    let workplace = town();
    let told_case = sound(&workplace, &case("kle-values-with-other-hyphens.xlsx"));
    assert_eq!(rule_values(&told_case), ["31.01.01 - 35.89.25"; 3]);
    for dash in [
        "\u{2010}",
        "\u{2011}",
        " \u{2012} ",
        "\u{2013}",
        " \u{2014}",
        "\u{2015}",
        "\u{2212}",
        "\u{ad}",
        "\u{ff0d}",
        "-",
    ] {
        let value = format!("31.01.01{dash}35.89.25");
        let told = sound(&workplace, &rules_csv(&workplace, &[("KLE", &value), ("FORM", "26\u{2011}27.05")]));
        assert_eq!(rule_values(&told), ["31.01.01 - 35.89.25", "26 - 27.05"], "{dash:?}");
    }
}

#[test]
fn a_fault_in_an_interval_shows_it_but_never_a_persons_number() {
    let workplace = town();
    let shown = ["31.12.25 - 01.02.03", "31.01.01 til 35.89.25", "31.01.01 / 35.89.25"];
    let hidden =
        ["010170-1234", "01.01.70.12.34", "0101701234", "01.01.70-1234", "01 01 70 12 34", "31.01.01 - 010170-1234"];
    let values: Vec<_> = shown.iter().chain(&hidden).map(|value| ("KLE", *value)).collect();
    let told = told(&workplace, &rules_csv(&workplace, &values));
    let faults = texts(&told["fejl"]);
    assert_eq!(faults.len(), values.len(), "{faults:#?}");
    for (value, fault) in shown.iter().zip(&faults) {
        assert!(fault.contains(&format!("»{value}«")), "{value}: {fault}");
    }
    for (value, fault) in hidden.iter().zip(&faults[shown.len()..]) {
        assert!(fault.contains("(udeladt)") && !fault.contains(value), "{value}: {fault}");
    }
    let mut configuration: Value =
        serde_json::from_slice(&fs::read(workplace.path("eksempelby.json")).unwrap()).unwrap();
    configuration["myndigheder"][0]["regler"][5]["regelvaerdi"] = "31.12.25 - 01.02.03".into();
    let faults = &super::told(&workplace, &workplace.file("k.json", configuration.to_string()))["fejl"];
    assert!(texts(faults)[0].contains("»31.12.25 - 01.02.03«"), "{faults}");
}

#[test]
fn a_size_that_can_be_read_in_two_ways_asks_which_is_meant() {
    let workplace = town();
    let csv = |size: &str| workplace.file("punkter.csv", format!("Id;Titel;Maks. MB\r\np1;Plads;\"{size}\"\r\n"));
    let fault = &texts(&told(&workplace, &csv("1.024"))["fejl"])[0];
    assert!(fault.starts_with("C2: ") && fault.contains("1024") && fault.contains("1,024"), "{fault}");
    for (written, size) in [
        ("10", 10.0),
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("1,024", 1.024),
        ("1024", 1024.0),
        ("1.024,5", 1024.5),
        ("1\u{a0}024", 1024.0),
        ("0.125", 0.125),
    ] {
        let told = sound(&workplace, &csv(written));
        let found = told["myndigheder"][0]["kontaktpunkter"][0]["maksMB"].as_f64();
        assert_eq!(found, Some(size), "{written}");
    }
    for wrong in ["1.02.3", "a", "1.024.000"] {
        assert_eq!(told(&workplace, &csv(wrong))["fejl"].as_array().map(Vec::len), Some(1), "{wrong}");
    }
}

#[test]
fn the_words_of_the_window_are_taken_in_a_sheet() {
    let workplace = town();
    let elements = [
        ("Kontaktpunkt", "kontaktpunkt"),
        ("Contact point", "kontaktpunkt"),
        ("Kontaktgruppe", "kontaktgruppe"),
        ("Contact group", "kontaktgruppe"),
        ("Afsenders CVR-nr.", "afsenderCvr"),
        ("Sender's CVR no.", "afsenderCvr"),
        ("Modtagers CVR-nr.", "modtagerCvr"),
        ("Recipient's CVR no.", "modtagerCvr"),
        ("KLE", "kle"),
        ("FORM", "form"),
        ("Uden kontaktpunkt", "udenKontaktpunkt"),
        ("No contact point", "udenKontaktpunkt"),
    ];
    for (word, meant) in elements {
        let value = match meant {
            "kle" | "form" => "27.36",
            "afsenderCvr" | "modtagerCvr" => "01203045",
            "udenKontaktpunkt" => "Posttype ikke angivet",
            _ => "Borger",
        };
        let told = sound(&workplace, &rules_csv(&workplace, &[(word, value)]));
        assert_eq!(told["myndigheder"][0]["regler"][0]["regelelement"], meant, "{word}");
    }
    let rule = |segment: &str, value: &str, active: &str| {
        let row = format!("1;{segment};Uden kontaktpunkt;{value};esdh;01-01-2024;;{active};");
        sound(&workplace, &workplace.file("regler.csv", format!("{HEAD}\r\n{row}\r\n")))["myndigheder"][0]["regler"][0]
            .clone()
    };
    for (word, meant) in [
        ("Alle", "alle"),
        ("Everyone", "alle"),
        ("Person", "person"),
        ("Virksomhed", "virksomhed"),
        ("Company", "virksomhed"),
        ("Myndighed", "myndighed"),
        ("Authority", "myndighed"),
    ] {
        assert_eq!(rule(word, "Virksomhedspost", "ja")["segment"], meant, "{word}");
    }
    for (word, meant) in [
        ("Myndighedspost", "myndighedspost"),
        ("Authority post", "myndighedspost"),
        ("Virksomhedspost", "virksomhedspost"),
        ("Company post", "virksomhedspost"),
        ("Posttype ikke angivet", "ikkeAngivet"),
        ("Post type not given", "ikkeAngivet"),
        ("Mail type not given", "ikkeAngivet"),
    ] {
        assert_eq!(rule("alle", word, "ja")["regelvaerdi"], meant, "{word}");
    }
    for (word, meant) in [
        ("Aktiv", true),
        ("Kommende", true),
        ("Udløber snart", true),
        ("Udløbet", true),
        ("Skygget", true),
        ("Slået fra", false),
        ("Slået til", true),
        ("På pause", false),
        ("Active", true),
        ("Coming", true),
        ("Expires soon", true),
        ("Expired", true),
        ("Shadowed", true),
        ("Umulig", true),
        ("Impossible", true),
        ("Off", false),
        ("Paused", false),
    ] {
        assert_eq!(rule("alle", "Virksomhedspost", word)["aktiv"], meant, "{word}");
    }
}

#[test]
fn a_word_that_is_one_letter_off_gets_what_may_have_been_meant() {
    let workplace = town();
    let faults =
        |row: &str| texts(&told(&workplace, &workplace.file("regler.csv", format!("{HEAD}\r\n{row}\r\n")))["fejl"]);
    for (row, place, meant) in [
        ("1;alle;KLE;27.36;Bygesag;01-01-2024;;;", "E2", "Byggesag"),
        ("1;alle;KLE;27.36;Byggesags;01-01-2024;;;", "E2", "Byggesag"),
        ("1;alle;KLE;27.36;Jobcetner;01-01-2024;;;", "E2", "Jobcenter"),
        ("1;alle;KLE;27.36;ydelser;01-01-2024;;;", "E2", "ydelse"),
        ("1;persom;KLE;27.36;esdh;01-01-2024;;;", "B2", "person"),
        ("1;alle;Kontaktgrupp;Borger;esdh;01-01-2024;;;", "C2", "Kontaktgruppe"),
        ("1;alle;Uden kontaktpunkt;Myndighedpost;esdh;01-01-2024;;;", "D2", "Myndighedspost"),
    ] {
        let faults = faults(row);
        assert_eq!(faults.len(), 1, "{row}: {faults:?}");
        assert!(faults[0].starts_with(&format!("{place}: ")), "{faults:?}");
        assert!(faults[0].ends_with(&format!("Mente du »{meant}«?")), "{faults:?}");
    }
    let heading = workplace
        .file("regler.csv", format!("{}\r\n1;alle;KLE;27.36;esdh;01-01-2024;;;\r\n", HEAD.replace("Note", "Noter")));
    assert!(texts(&told(&workplace, &heading)["fejl"])[0].ends_with("Mente du »Note«?"));
    assert!(!faults("1;alle;KLE;27.36;Noget helt andet;01-01-2024;;;")[0].contains("Mente du"));

    let unlisted = rules_csv(
        &workplace,
        &[
            ("Kontaktpunkt", "Pladsanvisnngen"),
            ("Kontaktgruppe", "Byg og boligg"),
            ("Kontaktgruppe", "Kultur og fritid"),
        ],
    );
    let told = sound(&workplace, &unlisted);
    let notices = texts(&told["bemaerkninger"]);
    assert!(
        notices.iter().any(|it| it.starts_with("D2: ") && it.ends_with("Mente du »Pladsanvisningen«?")),
        "{notices:#?}"
    );
    assert!(
        notices.iter().any(|it| it.starts_with("D3: ") && it.ends_with("Mente du »Byg og bolig«?")),
        "{notices:#?}"
    );
    assert_eq!(notices.iter().filter(|it| it.contains("Mente du")).count(), 2, "{notices:#?}");
}

#[test]
fn a_sheet_that_is_one_letter_off_is_told_by_the_name_it_may_mean() {
    let workplace = town();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, head) in [("Kendte myndigheder", ["CVR", "Navn"]), ("Fagsytemer", ["Id", "Navn"])] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write_row(0, 0, head).unwrap();
    }
    let told = sound(&workplace, &workplace.file("bog.xlsx", book.save_to_buffer().unwrap()));
    let notices = texts(&told["bemaerkninger"]);
    assert!(notices.iter().any(|it| it.ends_with("Mente du »Fagsystemer«?")), "{notices:?}");
}

#[test]
fn an_id_of_a_configuration_that_is_one_letter_off_gets_what_may_have_been_meant() {
    let workplace = town();
    let mut configuration: Value =
        serde_json::from_slice(&fs::read(workplace.path("eksempelby.json")).unwrap()).unwrap();
    configuration["myndigheder"][0]["regler"][1]["fagsystem"] = "bygesag".into();
    configuration["myndigheder"][0]["regler"][2]["segment"] = "Person".into();
    configuration["myndigheder"][0]["regler"][3]["aktivt"] = true.into();
    let told = told(&workplace, &workplace.file("k.json", configuration.to_string()));
    let faults = texts(&told["fejl"]);
    for (place, meant) in
        [("regler[1].fagsystem", "byggesag"), ("regler[2].segment", "person"), ("regler[3].aktivt", "aktiv")]
    {
        let expected = |fault: &&String| fault.contains(place) && fault.ends_with(&format!("Mente du »{meant}«?"));
        assert_eq!(faults.iter().filter(expected).count(), 1, "{place}: {faults:#?}");
    }
}

#[test]
fn what_things_are_called_has_nothing_in_it_that_cannot_be_seen() {
    let workplace = town();
    let csv = "Id;Titel;Kontaktgrupper\r\n\u{feff}p1\u{200b};Pl\u{ad}ads\u{200b};\u{2060}Byg\u{a0}og bolig\r\n";
    let told = sound(&workplace, &workplace.file("punkter.csv", csv));
    let point = &told["myndigheder"][0]["kontaktpunkter"][0];
    assert_eq!((&point["id"], &point["titel"]), (&json!("p1"), &json!("Plads")));
    assert_eq!(point["kontaktgrupper"], json!(["Byg og bolig"]));
}

/// Workbooks with those sheets, each with its rows.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (at, row) in (0..).zip(*rows) {
            sheet.write_row(at, 0, row.iter().copied()).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn what_a_sheet_may_be_is_told_by_its_name_or_its_headings() {
    let workplace = town();
    let head: Vec<&str> = HEAD.split(';').collect();
    let rule = ["10", "alle", "KLE", "27.36", "esdh", "25-10-2020", "", "", ""];
    let systems: &[&[&str]] = &[&["Id", "Navn", "Endpoint"], &["x", "X", "http://127.0.0.1:9"]];
    for (name, meant) in [
        ("Fagsystem", "Fagsystemer"),
        ("Fagsystemer 2027", "Fagsystemer"),
        ("Systemer", "Fagsystemer"),
        ("Ark2", "Fagsystemer"),
    ] {
        let file = workbook(&[("Regler", &[&head, &rule]), (name, systems)]);
        let notices = texts(&sound(&workplace, &workplace.file("bog.xlsx", file))["bemaerkninger"]);
        let expected = format!("Arket »{name}« kendes ikke og er ikke læst. Mente du »{meant}«?");
        assert!(notices.iter().any(|it| it.ends_with(&expected)), "{name}: {notices:?}");
    }
    let none = workbook(&[("Ark1", &[&head, &rule]), ("Husk", &[&["Ring til kommunen"]])]);
    let faults = texts(&told(&workplace, &workplace.file("bog.xlsx", none))["fejl"]);
    assert!(faults[0].ends_with(". Mente du »Regler« med »Ark1«?"), "{faults:?}");
}

#[test]
fn a_misspelt_heading_is_one_fault_and_not_two() {
    let workplace = town();
    for (written, meant) in [
        ("Prioritett", "Prioritet"),
        ("Prio", "Prioritet"),
        ("Gyldigfra", "Gyldig fra"),
        ("Regelvaerdi", "Regelværdi"),
        ("Fagsystemer", "Fagsystem"),
        ("Noter", "Note"),
    ] {
        let head: Vec<_> = HEAD.split(';').map(|it| if it == meant { written } else { it }).collect();
        let rows = "1;alle;KLE;27.36;esdh;01-01-2024;;;\r\n2;alle;KLE;27.37;esdh;01-01-2024;;;\r\n";
        let file = workplace.file("regler.csv", format!("{}\r\n{rows}", head.join(";")));
        let told = told(&workplace, &file);
        let faults = texts(&told["fejl"]);
        let expected = format!("Kolonnen »{written}« kendes ikke her. Mente du »{meant}«?");
        assert!(faults.len() == 1 && faults[0].ends_with(&expected), "{written}: {faults:?}");
        let notices = texts(&told["bemaerkninger"]);
        assert!(!notices.iter().any(|it| it.contains(&format!("»{meant}«"))), "{notices:?}");
    }
}

#[test]
fn what_stands_in_no_list_is_told_once_and_with_its_cell() {
    let workplace = town();
    let values = [("Kontaktpunkt", "Pladsanvisnngen"), ("Kontaktpunkt", "Havnen"), ("Kontaktgruppe", "Havn")];
    let told_rules = sound(&workplace, &rules_csv(&workplace, &values));
    let notices = texts(&told_rules["bemaerkninger"]);
    let unlisted: Vec<_> = notices.iter().filter(|it| it.contains("står ikke på listen")).collect();
    assert_eq!(unlisted.len(), 3, "{notices:#?}");
    for (place, end) in [
        ("D2", "Mente du »Pladsanvisningen«?"),
        ("D3", "En regel for det tager kun post, hvis kontaktpunktet findes i Digital Post."),
        ("D4", "En regel for den tager kun post, hvis gruppen findes i Digital Post."),
    ] {
        let is_it = |it: &&&String| it.starts_with(&format!("{place}: ")) && it.ends_with(end);
        assert_eq!(unlisted.iter().filter(is_it).count(), 1, "{place}: {unlisted:#?}");
    }
    let head: Vec<&str> = HEAD.split(';').collect();
    let rule = ["10", "alle", "Kontaktpunkt", "Havnen", "esdh", "25-10-2020", "31-12-2020", "", ""];
    let file = workplace.file("bog.xlsx", workbook(&[("Regler", &[&head, &rule])]));
    let notices = texts(&sound(&workplace, &file)["bemaerkninger"]);
    for place in ["Regler!D2: Kontaktpunktet Havnen", "Regler!G2: Regel 10 udløb"] {
        assert_eq!(notices.iter().filter(|it| it.starts_with(place)).count(), 1, "{place}: {notices:#?}");
    }

    let many: Vec<_> = (0..40).map(|at| format!("havn {at} ved havet")).collect();
    let many: Vec<_> = many.iter().map(|value| ("Kontaktpunkt", value.as_str())).collect();
    let notices = texts(&sound(&workplace, &rules_csv(&workplace, &many))["bemaerkninger"]);
    let unlisted: Vec<_> = notices.iter().filter(|it| it.contains("står ikke på listen")).collect();
    assert_eq!(unlisted.len(), 1, "{unlisted:#?}");
    assert!(unlisted[0].starts_with("D2:D41: ") && unlisted[0].contains("den første af 40"), "{unlisted:?}");
}

#[test]
fn ids_and_groups_are_known_whatever_dash_a_word_processor_made_of_the_hyphen() {
    let workplace = town();
    for dash in ['\u{2010}', '\u{2011}', '\u{2212}', '\u{2013}'] {
        let id = PLACE_ALLOCATION.replace('-', &dash.to_string());
        let told = sound(&workplace, &rules_csv(&workplace, &[("Kontaktpunkt", &id)]));
        assert_eq!(rule_values(&told)[0].to_lowercase(), PLACE_ALLOCATION, "{dash:?}");
    }
}
