//! Pages of a contact structure, as they come from Digital Post's API.

use std::net::{Ipv4Addr, SocketAddr};

use postfordeler::exchange::{
    ContactStructure, FoundInstead, Progress, StructureError, StructureNotice, read_contact_structure,
};
use postfordeler::rules::{Audience, Caseless, ContactPoint, Cvr, RuleBook, Subject};

use crate::support::small_town;

const PAGE: &str = include_str!("../data/kontaktstruktur/contact-points.json");

fn try_read(files: &[(&str, &str)]) -> Result<ContactStructure, StructureError> {
    let files: Vec<_> = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    read_contact_structure(&files, &Progress::default())
}

#[track_caller]
fn read(files: &[(&str, &str)]) -> ContactStructure {
    try_read(files).expect("a contact structure")
}

/// The only contact point of a page that holds this one.
#[track_caller]
fn only(point: &str) -> ContactPoint {
    let structure = read(&[("side.json", &format!("{{\"contactPoints\": [{point}]}}"))]);
    assert_eq!(structure.points.len(), 1);
    structure.points.into_iter().next().expect("one")
}

/// A page with these contact points, each by its id and name.
fn page(number: u64, pages: u64, all: u64, points: &[(&str, &str)]) -> String {
    let points: Vec<_> =
        points.iter().map(|(id, name)| format!("{{\"id\": \"{id}\", \"name\": \"{name}\"}}")).collect();
    let points = points.join(",");
    format!(
        "{{\"currentPage\": {number}, \"totalPages\": {pages}, \"elementsOnPage\": 2, \"totalElements\": {all},
           \"contactPoints\": [{points}]}}"
    )
}

fn book() -> RuleBook {
    small_town(SocketAddr::from((Ipv4Addr::LOCALHOST, 1)))
}

fn municipality() -> Cvr {
    book().authorities[0].cvr
}

fn titles(structure: &ContactStructure) -> Vec<&str> {
    structure.points.iter().map(|point| point.title.as_str()).collect()
}

#[test]
fn a_real_page_is_read_whole() {
    let structure = read(&[("contact-points.json", PAGE)]);
    let [point] = structure.points.as_slice() else { panic!("one contact point") };
    assert_eq!(point.id.as_str(), "163710ae-5078-350c-0000-000000000440");
    assert_eq!(point.title, "Kontanthjælp og sygedagpenge");
    assert_eq!(point.details.description, "Change me");
    assert_eq!(point.details.audiences, [Audience::Citizen, Audience::Company, Audience::Authority]);
    assert_eq!(point.details.largest.map(|it| it.get().to_string()).as_deref(), Some("10"));
    assert_eq!(point.details.most_attachments, Some(99));
    assert!(!point.details.is_active);
    assert!(point.details.is_visible);
    let groups: Vec<_> = point.groups.iter().map(ToString::to_string).collect();
    assert_eq!(groups, ["Albertslund Kommune › Borger"]);
    assert!(point.details.codes.is_empty() && point.details.search_terms.is_empty() && point.details.fields.is_empty());
    let [organisation] = structure.organisations.as_slice() else { panic!("one organisation") };
    assert_eq!(organisation.name, "Albertslund Kommune");
    assert_eq!(organisation.cvr.map(|cvr| cvr.to_string()).as_deref(), Some("66137112"));
    assert_eq!((structure.pages.have, structure.pages.of, structure.missing), (1, Some(1), 0));
    assert!(structure.is_whole() && structure.notices.is_empty());
}

#[test]
fn the_same_page_twice_adds_nothing() {
    let once = read(&[("en.json", PAGE)]);
    let twice = read(&[("en.json", PAGE), ("to.json", PAGE)]);
    assert_eq!(once, twice);
    let draft = book();
    let first = once.into_book(&draft, municipality(), false);
    let second = twice.into_book(&first, municipality(), false);
    assert!(first.compare(&second).is_empty());
    assert_eq!(first, second);
}

#[test]
fn a_changed_copy_shows_each_change_once() {
    let before = r#"{"contactPoints": [
        {"id": "a", "name": "Alfa"}, {"id": "b", "name": "Beta"}, {"id": "c", "name": "Ceta"}, {"id": "d", "name": "Delta"}
    ]}"#;
    let after = r#"{"contactPoints": [
        {"id": "d", "name": "Delta"}, {"id": "B", "name": "Beta", "active": false}, {"id": "e", "name": "Epsilon"},
        {"id": "a", "name": "Alfa"}
    ]}"#;
    let mut draft = book();
    draft.authorities[0].contact_points.clear();
    let draft = read(&[("før.json", before)]).into_book(&draft, municipality(), true);
    let structure = read(&[("efter.json", after)]);
    let ids = |book: &RuleBook| -> Vec<String> {
        book.authorities[0].contact_points.iter().map(|point| point.id.to_string()).collect()
    };
    let kept = structure.into_book(&draft, municipality(), false);
    assert_eq!(ids(&kept), ["a", "b", "c", "d", "e"]);
    let removed = structure.into_book(&draft, municipality(), true);
    assert_eq!(ids(&removed), ["a", "b", "d", "e"]);
    let differences = draft.compare(&removed);
    let said: Vec<_> = differences
        .iter()
        .map(|difference| match &difference.subject {
            Subject::ContactPoint(swap) => {
                let id = |point: &Option<ContactPoint>| point.as_ref().map(|point| point.id.to_string());
                (id(&swap.before), id(&swap.after))
            }
            other => panic!("something else: {other:?}"),
        })
        .collect();
    let some = |id: &str| Some(id.to_owned());
    assert_eq!(said, [(some("b"), some("b")), (None, some("e")), (some("c"), None)]);
}

/// "A › B" at the top of the tree is not B under A.
#[test]
fn a_group_that_is_only_written_like_another_is_a_change() {
    let at_the_top = r#"[{"id": "a", "contactGroups": [{"name": "A › B"}]}]"#;
    let below = r#"[{"id": "a", "contactGroups": [{"name": "B", "parent": {"name": "A"}}]}]"#;
    let draft = read(&[("før.json", at_the_top)]).into_book(&book(), municipality(), true);
    let after = read(&[("efter.json", below)]).into_book(&draft, municipality(), true);
    assert_eq!(after.authorities[0].contact_points[0].groups[0].above, [Caseless::new("A")]);
    assert_eq!(draft.compare(&after).len(), 1);
}

#[test]
fn nothing_happens_where_there_is_no_such_authority() {
    let draft = book();
    let nobody = "66137112".parse().expect("a CVR number");
    assert_eq!(read(&[("side.json", PAGE)]).into_book(&draft, nobody, true), draft);
}

#[test]
fn whose_contact_points_they_are_is_told() {
    let mut book = book();
    let structure = read(&[("side.json", PAGE)]);
    assert!(!structure.belongs_to(&book.authorities[0]));
    book.authorities[0].more_cvrs.push("66137112".parse().expect("a CVR number"));
    assert!(structure.belongs_to(&book.authorities[0]));
    let nobodys = read(&[("side.json", r#"{"contactPoints": [{"id": "a"}]}"#)]);
    assert!(!nobodys.belongs_to(&book.authorities[0]) && nobodys.organisations.is_empty());
}

#[test]
fn pages_are_put_together_in_the_order_of_their_numbers() {
    let (first, second) = (page(0, 2, 4, &[("a", "A"), ("b", "B")]), page(1, 2, 4, &[("c", "C"), ("d", "D")]));
    let structure = read(&[("side-2.json", &second), ("side-1.json", &first)]);
    assert_eq!(titles(&structure), ["A", "B", "C", "D"]);
    assert_eq!((structure.pages.have, structure.pages.of, structure.missing), (2, Some(2), 0));
    assert!(structure.is_whole() && structure.notices.is_empty());
}

#[test]
fn a_page_that_is_missing_is_told() {
    let first = page(0, 3, 5, &[("a", "A"), ("b", "B")]);
    let structure = read(&[("side-1.json", &first), ("igen.json", &first)]);
    assert_eq!((structure.pages.have, structure.pages.of, structure.missing), (1, Some(3), 3));
    assert!(!structure.is_whole());
}

/// A contact point that somebody saved alone says nothing of the others.
#[test]
fn what_does_not_tell_how_much_there_is_is_not_whole() {
    let alone = r#"{"id": "a", "name": "A", "contactGroups": []}"#;
    for text in [alone, &format!("[{alone}]"), &format!("{{\"contactPoints\": [{alone}]}}")] {
        let structure = read(&[("side.json", text)]);
        assert_eq!((structure.all, structure.missing, structure.is_whole()), (None, 0, false), "{text}");
    }
    for (total, is_whole) in [("\"totalElements\": 1", true), ("\"totalPages\": 1", true), ("\"totalPages\": 2", false)]
    {
        let text = format!("{{{total}, \"contactPoints\": [{alone}]}}");
        assert_eq!(read(&[("side.json", &text)]).is_whole(), is_whole, "{text}");
    }
}

/// Two bytes of a file would be a whole value in memory.
#[test]
fn what_is_too_much_for_memory_is_refused() {
    let many = format!("[{}0]", "0,".repeat(4_000_000));
    assert_eq!(try_read(&[("mange.json", &many)]), Err(StructureError::TooLarge));
    let half = format!("[{}0]", "0,".repeat(2_000_000));
    let two = [("en.json", PAGE), ("halv.json", &half), ("halv.json", &half)];
    assert_eq!(try_read(&two), Err(StructureError::TooLarge));
    let large = format!("[\"{}\"]", "x".repeat(64 << 20));
    assert_eq!(try_read(&[("stor.json", &large)]), Err(StructureError::TooLarge));
}

#[test]
fn a_contact_point_that_shifted_to_the_next_page_counts_once() {
    let first = page(0, 2, 3, &[("a", "A"), ("b", "B")]);
    let alike = page(1, 2, 3, &[("B", "B"), ("c", "C")]);
    let structure = read(&[("1.json", &first), ("2.json", &alike)]);
    assert_eq!(titles(&structure), ["A", "B", "C"]);
    assert_eq!(structure.points[1].id.as_str(), "b");
    assert!(structure.notices.is_empty());
    let other = page(1, 2, 3, &[("b", "B, nyt navn"), ("c", "C")]);
    let structure = read(&[("2.json", &other), ("1.json", &first)]);
    assert_eq!(titles(&structure), ["A", "B, nyt navn", "C"]);
    let [StructureNotice::Differs { id, first, taken, .. }] = structure.notices.as_slice() else {
        panic!("one notice, not {:?}", structure.notices)
    };
    assert_eq!(*id, Caseless::new("b"));
    assert_eq!(first.to_string(), "1.json: contactPoints[1]");
    assert_eq!(taken.to_string(), "2.json: contactPoints[0]");
}

/// Shapes that other clients and other versions save, each with what becomes of it.
#[test]
fn odd_shapes_are_fine() {
    let ids = |files: &[(&str, &str)]| -> Vec<String> {
        read(files).points.iter().map(|point| point.id.to_string()).collect()
    };
    let cases: &[(&str, &[&str])] = &[
        (r#"[{"id": "a", "name": "A"}, null, {"id": 7, "name": "B"}]"#, &["a", "7"]),
        (r#"[{"contactPoints": [{"id": "a"}]}, {"contactPoints": [{"id": "b"}]}]"#, &["a", "b"]),
        (r#"{"id": "a", "name": "A", "contactGroups": []}"#, &["a"]),
        (r#"{"ContactPoints": [{"Id": "a", "Name": "A"}], "TotalElements": "1"}"#, &["a"]),
        (r#"{"contactPoints": null, "totalElements": 0, "currentPage": 0}"#, &[]),
        (r#"{"totalElements": 0, "currentPage": 0}"#, &[]),
        (r#"{"contactPoints": [null, {"id": " a ", "somethingNew": {"deep": [1, 2]}}], "links": []}"#, &["a"]),
        ("\u{feff}{\"contactPoints\": [{\"id\": \"a\"}]}", &["a"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(ids(&[("side.json", text)]), *wanted, "{text}");
    }
    let wide: Vec<u8> =
        "\u{feff}{\"contactPoints\": [{\"id\": \"æ\"}]}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let structure = read_contact_structure(&[("side.json".to_owned(), wide)], &Progress::default()).expect("readable");
    assert_eq!(structure.points[0].id.as_str(), "æ");
}

#[test]
fn odd_values_are_understood() {
    let point = only(
        r#"{"id": "a", "name": null, "description": 5, "targets": "citizen", "memoSizeThresholdMb": "10,5",
            "allowedNumberOfAttachments": 3.0, "active": "FALSE", "visible": 0,
            "contactPointCodes": [
                {"name": "Dagtilbud", "type": "kle", "code": "28.06.00", "codeVersion": null},
                {"codeType": "GLN", "value": 5798000000001},
                {"code": "X1", "contactPointCodeTypeName": "Afdeling"}, "Y2",
                {"type": "KLE", "code": "28.06.00", "name": "Dagtilbud"}
            ],
            "recommendedAttributes": [{"id": "1", "version": 2, "name": "Adresse"}, "Telefon", {"name": "Adresse"}],
            "searchTems": ["dagpleje", {"term": "vuggestue"}, "dagpleje"]}"#,
    );
    assert_eq!((point.title.as_str(), point.details.description.as_str()), ("", "5"));
    assert_eq!(point.details.audiences, [Audience::Citizen]);
    assert_eq!(point.details.largest.map(|it| it.get().to_string()).as_deref(), Some("10.5"));
    assert_eq!(point.details.most_attachments, Some(3));
    assert!(!point.details.is_active && !point.details.is_visible);
    let codes: Vec<_> =
        point.details.codes.iter().map(|it| (it.kind.as_str(), it.code.as_str(), it.name.as_str())).collect();
    assert_eq!(
        codes,
        [
            ("KLE", "28.06.00", "Dagtilbud"),
            ("GLN", "5798000000001", ""),
            ("CUSTOM", "X1", "Afdeling"),
            ("CUSTOM", "Y2", "")
        ]
    );
    assert_eq!(point.details.fields, ["Adresse", "Telefon"]);
    assert_eq!(point.details.search_terms, ["dagpleje", "vuggestue"]);
}

#[test]
fn groups_are_a_tree_of_any_depth_and_count_once() {
    let mut deep = "null".to_owned();
    for level in 0..30 {
        deep = format!("{{\"name\": \"{level}\", \"parent\": {deep}}}");
    }
    let known = "fd8ca657-157c-3ffe-0000-000000001745";
    let structure = read(&[(
        "side.json",
        &format!(
            r#"[{{"id": "a", "contactGroups": [
                    {{"id": "{known}", "name": "Borger", "parent": {{"name": "Kommunen"}}}},
                    {{"name": "BORGER", "parent": {{"name": "kommunen", "parent": null}}}}, {{"name": "Borger"}}, {deep}
                ]}},
                {{"id": "b", "contactGroups": ["{known}", "Byg", "00000000-0000-0000-0000-000000000001", {{"id": "x"}}]}}]"#
        ),
    )]);
    let groups = |at: usize| -> Vec<String> { structure.points[at].groups.iter().map(ToString::to_string).collect() };
    let numbers: Vec<_> = (0..30).rev().map(|level| level.to_string()).rev().collect();
    let path = numbers.join(" › ");
    assert_eq!(groups(0), ["Kommunen › Borger", "Borger", path.as_str()]);
    assert_eq!(groups(1), ["Kommunen › Borger", "Byg"]);
    let [StructureNotice::LeftOut { key: "contactGroups", count: 2, first }] = structure.notices.as_slice() else {
        panic!("one notice, not {:?}", structure.notices)
    };
    assert_eq!(first.to_string(), "side.json: [1].contactGroups[2]");
}

#[test]
fn what_cannot_be_understood_is_left_out_and_told() {
    let structure = read(&[(
        "side.json",
        r#"{"contactPoints": [{"id": "a", "targets": ["CITIZEN", "ROBOT"], "memoSizeThresholdMB": 0, "active": "måske"},
                              {"id": "b", "targets": ["ROBOT"]}]}"#,
    )]);
    assert!(structure.points[0].details.is_active && structure.points[0].details.largest.is_none());
    let told: Vec<_> = structure.notices.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("targets could not be understood in 2 place(s)"), "{told:?}");
}

#[test]
fn a_contact_point_without_an_id_is_refused_with_its_place() {
    let first = page(0, 1, 1, &[("a", "A")]);
    let bad = r#"{"contactPoints": [{"id": "b"}, {"name": "uden"}, {"id": ""}, 4]}"#;
    let error = try_read(&[("1.json", &first), ("2.json", bad)]).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "2.json: contactPoints[1].id: this is missing\n2.json: contactPoints[2].id: this is missing\n\
         2.json: contactPoints[3]: here belongs a contact point"
    );
}

#[test]
fn broken_json_is_told_with_file_line_and_column() {
    let good = page(0, 1, 1, &[("a", "A")]);
    let broken = "{\n  \"contactPoints\": [\n    {\"id\": \"a\",}\n  ]\n}";
    let error = try_read(&[("god.json", &good), ("brudt 0101700123.json", broken)]).expect_err("refused");
    let StructureError::NotJson { line: 3, column, .. } = &error else { panic!("{error:?}") };
    assert!(*column > 1);
    let words = error.to_string();
    assert!(words.contains("line 3") && !words.contains("0101700123"), "{words}");
    let cut_off = &PAGE[..PAGE.len() / 2];
    assert!(matches!(try_read(&[("halv.json", cut_off)]), Err(StructureError::NotJson { .. })));
    let endless = "[".repeat(100_000);
    assert!(matches!(try_read(&[("dyb.json", &endless)]), Err(StructureError::NotJson { .. })));
}

#[test]
fn something_else_is_refused() {
    let cases = [
        ("", FoundInstead::Nothing),
        (" \n", FoundInstead::Nothing),
        ("<!DOCTYPE html><title>Log ind</title>", FoundInstead::Markup),
        ("PK\u{3}\u{4}xl/workbook.xml", FoundInstead::Other),
        (include_str!("../data/example_configuration.json"), FoundInstead::Configuration),
        ("{}", FoundInstead::Other),
        ("[]", FoundInstead::Other),
        ("[1, 2]", FoundInstead::Other),
        ("\"contactPoints\"", FoundInstead::Other),
        (r#"[{"id": "a", "name": "Albertslund Kommune", "cvrNumber": "66137112"}]"#, FoundInstead::Other),
        (r#"{"error": "invalid_token"}"#, FoundInstead::Other),
    ];
    for (text, wanted) in cases {
        match try_read(&[("fil", text)]) {
            Err(StructureError::SomethingElse { found, .. }) => assert_eq!(found, wanted, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert_eq!(try_read(&[]), Err(StructureError::NoFile));
}

#[test]
fn reading_can_be_stopped_and_tells_how_far_it_is() {
    let progress = Progress::default();
    let files = [("side.json".to_owned(), PAGE.as_bytes().to_vec())];
    read_contact_structure(&files, &progress).expect("readable");
    assert_eq!((progress.done(), progress.all()), (PAGE.len() as u64, Some(PAGE.len() as u64)));
    progress.stop();
    assert!(matches!(read_contact_structure(&files, &progress), Err(StructureError::Stopped(_))));
}
