//! What a message says, however it is written.

use postfordeler::memo::{ClassifiedAs, Letter, MessageUuid, Party, Reader, write};
use postfordeler::rules::{AddressedContactPoint, Caseless, Cvr, Facts, PostType, Sender};
use proptest::option;
use proptest::prelude::*;

use super::{BYTE_ORDER_MARK, FULL, MINIMUM, PLAIN, TO_AUTHORITY, example, plain_with, read, read_text};

fn plain_facts() -> Facts {
    Facts {
        sender: Sender::Organisation("12345678".parse().ok()),
        sender_has_contact_point: false,
        recipient: "11223344".parse().ok(),
        contact_point: None,
        kle: None,
        form: None,
        post_type: Some(PostType::Unspecified),
    }
}

fn point(id: Option<&str>, group: Option<&str>) -> AddressedContactPoint {
    AddressedContactPoint { id: id.map(Caseless::new), group: group.map(Caseless::new) }
}

fn facts_of(message: &str) -> Facts {
    read_text(message).unwrap_or_else(|error| panic!("{error}: {message}")).facts
}

#[test]
fn the_published_examples_are_read() {
    let minimum = read(&example(MINIMUM, &[TO_AUTHORITY])).expect("the example is a message");
    assert_eq!(minimum.message_uuid.as_str(), "8C2EA15D-61FB-4BA9-9366-42F8B194C114");
    assert_eq!(minimum.facts, plain_facts());
    let replacements = [
        TO_AUTHORITY,
        ("<kle:subjectKey>00.00.00<", "<kle:subjectKey>27.36.04<"),
        ("<form:taskKey>00.00.00.00<", "<form:taskKey>10.05.10.05<"),
    ];
    let full = read(&example(FULL, &replacements)).expect("the example is a message");
    assert_eq!(full.message_uuid, minimum.message_uuid);
    let expected = Facts {
        sender_has_contact_point: true,
        contact_point: Some(point(Some("241d39f6-998e-4929-b198-ccacbbf4b330"), Some("22.33.44.55"))),
        kle: "27.36.04".parse().ok(),
        form: "10.05.10.05".parse().ok(),
        post_type: Some(PostType::Authority),
        ..plain_facts()
    };
    assert_eq!(full.facts, expected);
}

#[test]
fn a_citizen_as_recipient_is_no_authority() {
    for bytes in [MINIMUM, FULL] {
        assert_eq!(read(bytes).expect("the example is a message").facts.recipient, None);
    }
}

#[test]
fn both_versions_are_read_with_or_without_a_byte_order_mark() {
    let version_1_1 = [
        ("memoVersion=\"1.2\"", "memoVersion=\"1.1\" memoSchVersion=\"1.1.0\""),
        ("<memo:Representative>", "<!--"),
        ("</memo:Representative>", "-->"),
        ("<memo:originalRepresentative>Repræsentant Kommune</memo:originalRepresentative>", ""),
    ];
    let expected = read(FULL).expect("the example is a message");
    let older = example(FULL, &version_1_1);
    for message in [FULL, older.as_slice()] {
        let bare = message.strip_prefix(BYTE_ORDER_MARK).expect("the full example has a byte order mark");
        assert_eq!(read(message).as_ref(), Ok(&expected));
        assert_eq!(read(bare).as_ref(), Ok(&expected));
    }
}

/// The document with a prefix renamed in declaration and tags; an empty one makes it the default namespace.
fn renamed(text: &str, prefix: &str, other: &str) -> String {
    let (declaration, colon) = if other.is_empty() { (String::new(), "") } else { (format!(":{other}"), ":") };
    text.replace(&format!("xmlns:{prefix}="), &format!("xmlns{declaration}="))
        .replace(&format!("<{prefix}:"), &format!("<{other}{colon}"))
        .replace(&format!("</{prefix}:"), &format!("</{other}{colon}"))
}

#[test]
fn prefixes_are_the_senders_own_choice() {
    let expected = read(FULL).expect("the example is a message");
    let full = String::from_utf8(FULL.to_vec()).expect("the examples are UTF-8");
    let exchanged = renamed(&renamed(&renamed(&full, "kle", "temporary"), "form", "kle"), "temporary", "form");
    let documents = [
        renamed(&full, "memo", "ns0"),
        renamed(&full, "memo", "æ-._9"),
        renamed(&full, "memo", ""),
        renamed(&renamed(&full, "memo", "kl"), "kle", "memo"),
        exchanged,
    ];
    for document in documents {
        assert_ne!(document, full);
        assert_eq!(read_text(&document).as_ref(), Ok(&expected), "{}", &document[..900]);
    }
}

#[test]
fn only_the_namespace_makes_an_element_what_it_is() {
    let kle = "<ContentData><KLEdata xmlns=\"http://kle-online.dk/\"><subjectKey>27.36.04</subjectKey></KLEdata>\
               </ContentData>";
    assert_eq!(facts_of(&plain_with("header", kle)).kle, "27.36.04".parse().ok());
    let strangers = [
        kle.replace("http://kle-online.dk/", "http://kle-online.dk"),
        kle.replace("http://kle-online.dk/", "http://www.form-online.dk/"),
        kle.replace(" xmlns=\"http://kle-online.dk/\"", ""),
        kle.replace("<ContentData>", "<ContentData xmlns=\"urn:andet\">"),
        kle.replace("<subjectKey>", "<subjectKey xmlns=\"\">"),
    ];
    for stranger in strangers {
        assert_eq!(facts_of(&plain_with("header", &stranger)).kle, None, "{stranger}");
    }
}

#[test]
fn decoys_are_not_taken_for_facts() {
    let contact_point = "<ContactPoint><contactGroup>G</contactGroup><contactPointID>decoy</contactPointID>\
                         <label>11223344</label></ContactPoint>";
    let wrapped = |name: &str, content: &str| format!("<{name}>{content}</{name}>");
    let everything = format!(
        "<messageUUID>decoy</messageUUID><recipientID>99999999</recipientID><senderID>99999999</senderID>\
         <idType>CPR</idType><contactPointID>decoy</contactPointID><postType>MYNDIGHEDSPOST</postType>{contact_point}"
    );
    let with_point = Facts { sender_has_contact_point: true, ..plain_facts() };
    let cases = [
        ("sender", contact_point.to_owned(), with_point),
        ("sender", wrapped("Representative", &everything), plain_facts()),
        ("sender", wrapped("AttentionData", &everything), plain_facts()),
        ("recipient", wrapped("AttentionData", &everything), plain_facts()),
        ("recipient", wrapped("label", "11223344"), plain_facts()),
        ("recipient", "<contactPointID>decoy</contactPointID>".to_owned(), plain_facts()),
        ("header", wrapped("ForwardData", &everything), plain_facts()),
        ("header", wrapped("ReplyData", &everything).repeat(2), plain_facts()),
        ("header", contact_point.to_owned(), plain_facts()),
        ("header", wrapped("label", "NEMSMS"), plain_facts()),
        ("header", wrapped("ContentData", &everything), plain_facts()),
        ("header", wrapped("Recipients", &wrapped("Recipient", &everything)), plain_facts()),
        ("message", wrapped("MessageBody", &wrapped("Recipient", &everything)), plain_facts()),
        ("message", wrapped("MessageBody", &wrapped("MessageHeader", &everything)), plain_facts()),
    ];
    for (mark, decoy, expected) in cases {
        assert_eq!(facts_of(&plain_with(mark, &decoy)), expected, "{decoy} in {mark}");
    }
}

#[test]
fn a_contact_point_without_an_id_is_none() {
    let with_id = |id: &str| {
        format!("<ContactPoint><contactGroup>Børn</contactGroup><contactPointID>{id}</contactPointID></ContactPoint>")
    };
    let cases = [
        ("<ContactPoint/>".to_owned(), None),
        ("<ContactPoint><contactGroup>Børn</contactGroup></ContactPoint>".to_owned(), None),
        ("<ContactPoint><contactPointID/></ContactPoint>".to_owned(), None),
        (with_id(""), None),
        (with_id(" \t\r\n"), None),
        (with_id("&#32;&#9;"), None),
        (with_id("<![CDATA[ ]]>"), None),
        (with_id("\n kp-Å \t"), Some(point(Some("KP-å"), Some("BØRN")))),
        (with_id("\u{A0}"), Some(point(Some("\u{A0}"), Some("Børn")))),
    ];
    for (element, expected) in cases {
        let is_authority = expected.is_some();
        assert_eq!(facts_of(&plain_with("recipient", &element)).contact_point, expected, "{element}");
        assert_eq!(facts_of(&plain_with("sender", &element)).sender_has_contact_point, is_authority, "{element}");
    }
}

/// Space, tab, carriage return and line feed are white space to whoever reads XML, and nothing else is.
#[test]
fn no_white_space_but_that_of_xml_is_left_out() {
    let organisation = Sender::Organisation("12345678".parse().ok());
    for space in [" ", "\t", "\r", "\n", "&#32;", "&#xD;"] {
        let around = |text: &str| format!("{space}{text}{space}");
        let message = PLAIN.replace(">11223344<", &format!(">{}<", around("11223344")));
        let message = message.replace(">CVR<", &format!(">{}<", around("CVR")));
        let message = message.replace(">12345678<", &format!(">{}<", around("12345678")));
        let message = message.replace(">8C2EA15D", &format!(">{space}8C2EA15D"));
        assert_eq!(facts_of(&message), Facts { sender: organisation, ..plain_facts() }, "{space:?}");
    }
    let others = [
        "\u{85}", "\u{A0}", "\u{1680}", "\u{2000}", "\u{2003}", "\u{2009}", "\u{200B}", "\u{2028}", "\u{2029}",
        "\u{202F}", "\u{205F}", "\u{3000}", "\u{FEFF}", "&#x85;", "&#xA0;",
    ];
    for other in others {
        let before = |text: &str| PLAIN.replacen(text, &format!(">{other}{}", &text[1..]), 1);
        assert_eq!(facts_of(&before(">11223344")).recipient, None, "{other:?}");
        assert_eq!(facts_of(&before(">12345678")).sender, Sender::Organisation(None), "{other:?}");
        assert_eq!(facts_of(&before(">CVR")).sender, Sender::Other, "{other:?}");
        assert!(read_text(&before(">8C2EA15D")).is_err(), "{other:?}");
        let with_point = format!("<ContactPoint><contactPointID>KP-1{other}</contactPointID></ContactPoint>");
        let found = facts_of(&plain_with("recipient", &with_point)).contact_point;
        assert_ne!(found, Some(point(Some("KP-1"), None)), "{other:?}");
        let classified = format!(
            "<ContentData><KLEdata xmlns=\"http://kle-online.dk/\"><subjectKey>27.36.04{other}</subjectKey></KLEdata>\
             </ContentData><postType>{other}MYNDIGHEDSPOST</postType>"
        );
        let found = facts_of(&plain_with("header", &classified));
        assert_eq!((found.kle, found.post_type), (None, None), "{other:?}");
    }
    for digits in ["１１２２３３４４", "١١٢٢٣٣٤٤"] {
        assert_eq!(facts_of(&PLAIN.replace("11223344", digits)).recipient, None, "{digits}");
    }
}

#[test]
fn a_sender_is_known_by_the_type_of_its_id() {
    let organisation = Sender::Organisation("12345678".parse().ok());
    let cases = [
        ("12345678", "CVR", organisation),
        (" 12345678\n", " cvr ", organisation),
        ("12345678", "Cvr", organisation),
        ("1234567", "CVR", Sender::Organisation(None)),
        ("DK12345678", "CVR", Sender::Organisation(None)),
        ("0101010101", "CPR", Sender::Person),
        ("0101010101", "cpr", Sender::Person),
        ("12345678", "CPR", Sender::Person),
        ("12345678", "SE", Sender::Other),
        ("12345678", "CVRX", Sender::Other),
    ];
    for (id, id_type, sender) in cases {
        let message = PLAIN.replacen("<senderID>12345678<", &format!("<senderID>{id}<"), 1);
        let message = message.replacen("<idType>CVR<", &format!("<idType>{id_type}<"), 1);
        assert_eq!(facts_of(&message), Facts { sender, ..plain_facts() }, "{id_type} {id}");
    }
}

#[test]
fn a_recipient_is_an_authority_only_by_a_cvr_number() {
    let cases = [
        ("11223344", "CVR", true),
        (" 11223344 ", "cvr", true),
        ("11223344", "CPR", false),
        ("1122334", "CVR", false),
        ("11 22 33 44", "CVR", false),
        ("11223344", "EAN", false),
    ];
    for (id, id_type, known) in cases {
        let message = PLAIN.replace(
            "<recipientID>11223344</recipientID><idType>CVR<",
            &format!("<recipientID>{id}</recipientID><idType>{id_type}<"),
        );
        let recipient = if known { "11223344".parse().ok() } else { None };
        assert_eq!(facts_of(&message).recipient, recipient, "{id_type} {id}");
    }
}

#[test]
fn the_post_type_is_none_a_known_one_or_one_that_no_rule_names() {
    let cases = [
        ("", Some(PostType::Unspecified)),
        ("<postType/>", Some(PostType::Unspecified)),
        ("<postType> </postType>", Some(PostType::Unspecified)),
        ("<postType>MYNDIGHEDSPOST</postType>", Some(PostType::Authority)),
        ("<postType>\nVIRKSOMHEDSPOST\n</postType>", Some(PostType::Company)),
        ("<postType>BORGERPOST</postType>", None),
    ];
    for (element, expected) in cases {
        assert_eq!(facts_of(&plain_with("header", element)).post_type, expected, "{element}");
    }
}

#[test]
fn a_classification_that_is_no_number_counts_as_none() {
    let content = |name: &str, key: &str, uri: &str, number: &str| {
        let data = format!("<{name} xmlns=\"{uri}\"><{key}>{number}</{key}></{name}>");
        plain_with("header", &format!("<ContentData>{data}</ContentData>"))
    };
    let cases = [
        ("27.36.04", true, true),
        (" 27.36.04\n", true, true),
        ("27.36", true, true),
        ("27", true, true),
        ("27.36.04.01", false, true),
        ("", false, false),
        ("27.36.4", false, false),
        ("27.36.04 A00", false, false),
        ("27,36", false, false),
        ("XX.YY.ZZ", false, false),
        ("27.36.04.01.01", false, false),
    ];
    for (number, is_kle, is_form) in cases {
        let kle = facts_of(&content("KLEdata", "subjectKey", "http://kle-online.dk/", number)).kle;
        assert_eq!(kle.is_some(), is_kle, "KLE '{number}'");
        let form = facts_of(&content("FORMdata", "taskKey", "http://www.form-online.dk/", number)).form;
        assert_eq!(form.is_some(), is_form, "FORM '{number}'");
    }
}

#[test]
fn a_text_is_the_same_however_its_characters_are_written() {
    let ways = [
        "Å & <kp>]",
        "&#197; &amp; &lt;kp&gt;]",
        "&#xC5; &#38; &#x3c;kp&#62;&#x5D;",
        "<![CDATA[Å & <kp>]]]>",
        "<![CDATA[ Å & <kp>] ]]>",
        "&#00000000000197; &amp; &lt;kp>]",
    ];
    let expected = Caseless::new("Å & <kp>]");
    for way in &ways[1..] {
        let element = format!("<ContactPoint><contactPointID>{way}</contactPointID></ContactPoint>");
        let found = facts_of(&plain_with("recipient", &element)).contact_point.and_then(|it| it.id);
        assert_eq!(found.as_ref().map(Caseless::as_str), Some(expected.as_str()), "{way}");
    }
    let number = PLAIN.replace("11223344", "11&#50;2&#x33;344");
    assert_eq!(facts_of(&number), plain_facts());
}

/// Between elements, and within texts that do not decide, they make no difference.
#[test]
fn comments_instructions_and_sections_pass_where_they_change_nothing() {
    let asides = "<!-- 1 --><?to 2?>";
    let element = format!("<ContactPoint>{asides}<contactPointID>KP</contactPointID>{asides}</ContactPoint>");
    let message = plain_with("recipient", &format!("{asides}{element}<label>a{asides}b<![CDATA[c]]>d</label>"));
    let message = message.replace("<Sender>", &format!("{asides}<![CDATA[ ]]><Sender>{asides}"));
    let message = message.replace("</Message>", &format!("<MessageBody>a{asides}b</MessageBody></Message>"));
    assert_eq!(facts_of(&message).contact_point, Some(point(Some("kp"), None)));
}

#[test]
fn elements_and_attributes_that_are_unknown_pass_by() {
    let unknown = "<x:ny xmlns:x=\"urn:ny\" a='>' x:a=\"'/>\"><messageUUID/><y z=\"&lt;\"/>tekst &amp; mere</x:ny>";
    for mark in ["sender", "recipient", "header", "message"] {
        assert_eq!(facts_of(&plain_with(mark, unknown)), plain_facts(), "in {mark}");
    }
    assert_eq!(facts_of(&PLAIN.replace("<MessageHeader>", "<MessageHeader ny='1'\n\t>")), plain_facts());
    assert_eq!(facts_of(&PLAIN.replace("</MessageHeader>", "</MessageHeader\n>")), plain_facts());
}

#[test]
fn the_message_uuid_is_shown_as_written_and_compared_as_a_number() {
    let lower = PLAIN.replace("8C2EA15D-61FB-4BA9-9366-42F8B194C114", "8c2ea15d-61fb-4ba9-9366-42f8b194c114");
    let (upper, lower) = (read_text(PLAIN).expect("a message"), read_text(&lower).expect("a message"));
    assert_eq!(upper.message_uuid, lower.message_uuid);
    assert_eq!(lower.message_uuid.as_str(), "8c2ea15d-61fb-4ba9-9366-42f8b194c114");
    assert_eq!(upper.message_uuid.as_str(), "8C2EA15D-61FB-4BA9-9366-42F8B194C114");
}

#[test]
fn the_header_is_there_as_soon_as_it_has_closed() {
    for message in [MINIMUM, FULL] {
        let expected = read(message).expect("the example is a message");
        let text = std::str::from_utf8(message).expect("UTF-8");
        let closed = text.find("</memo:MessageHeader>").expect("a header") + "</memo:MessageHeader>".len();
        let mut reader = Reader::new();
        reader.feed(&message[..closed - 1]).expect("it begins as a message");
        assert_eq!(reader.header(), None);
        reader.feed(&message[closed - 1..closed]).expect("it begins as a message");
        assert_eq!(reader.header(), Some(&expected));
        assert_eq!(reader.bytes(), closed as u64);
        assert!(reader.check_end().is_err());
        reader.feed(&message[closed..]).expect("it is a message");
        assert_eq!(reader.check_end(), Ok(()));
        assert_eq!(reader.finish(), Ok(expected));
    }
}

fn any_letter() -> impl Strategy<Value = Letter> {
    let text = "[ -~æøåÆØÅ€🏫]{0,20}";
    let cvr = || "[0-9]{8}".prop_map(|digits| digits.parse::<Cvr>().expect("eight digits"));
    let from = prop_oneof![Just(Party::Citizen), cvr().prop_map(Party::Organisation)];
    let number = |parts: &'static str| proptest::string::string_regex(parts).expect("a pattern");
    let classified_as = prop_oneof![
        number("[0-9]{2}(\\.[0-9]{2}){0,2}").prop_map(ClassifiedAs::Kle),
        number("[0-9]{2}(\\.[0-9]{2}){0,3}").prop_map(ClassifiedAs::Form),
        text.prop_map(ClassifiedAs::Kle),
    ];
    let post_type = prop_oneof![Just(PostType::Authority), Just(PostType::Company), Just(PostType::Unspecified)];
    let addresses = (option::of(text), option::of((text, option::of(text))));
    (from, cvr(), addresses, option::of(classified_as), post_type, text, text).prop_map(
        |(from, to, (from_contact_point, contact_point), classified_as, post_type, label, text)| Letter {
            message_uuid: MessageUuid::random(),
            from_contact_point,
            contact_point,
            classified_as,
            post_type,
            label,
            text,
            ..Letter::new(from, to)
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(letter in any_letter()) {
        let header = read(&write(&letter)).expect("what is written is a message");
        let caseless = |text: &String| Some(Caseless::new(text)).filter(|it| !it.is_empty());
        let expected = Facts {
            sender: match letter.from {
                Party::Citizen => Sender::Person,
                Party::Organisation(cvr) => Sender::Organisation(Some(cvr)),
            },
            sender_has_contact_point: letter.from_contact_point.as_ref().and_then(caseless).is_some(),
            recipient: Some(letter.to),
            contact_point: letter.contact_point.as_ref().and_then(|(id, group)| {
                let id = Some(caseless(id)?);
                Some(AddressedContactPoint { id, group: group.as_ref().and_then(caseless) })
            }),
            kle: match &letter.classified_as {
                Some(ClassifiedAs::Kle(number)) => number.trim().parse().ok(),
                _ => None,
            },
            form: match &letter.classified_as {
                Some(ClassifiedAs::Form(number)) => number.parse().ok(),
                _ => None,
            },
            post_type: Some(letter.post_type),
        };
        prop_assert_eq!(header.facts, expected);
        prop_assert_eq!(header.message_uuid.as_str(), letter.message_uuid.as_str());
    }
}
