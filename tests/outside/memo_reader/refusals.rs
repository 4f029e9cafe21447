//! Documents that are well-formed but not acceptable messages, and messages beyond a limit.

use postfordeler::memo::{MAX_HEADER_BYTES, MAX_MESSAGE_BYTES, MemoError, NotWellFormed, Reader};

use super::{MINIMUM, PLAIN, example, plain_with, read, read_text};

const UUID: &str = "<messageUUID>8C2EA15D-61FB-4BA9-9366-42F8B194C114</messageUUID>";
const SENDER: &str = "<Sender><senderID>12345678</senderID><idType>CVR</idType><!--sender--></Sender>";
const RECIPIENT: &str =
    "<Recipient><recipientID>11223344</recipientID><idType>CVR</idType><!--recipient--></Recipient>";

#[test]
fn a_message_without_what_routing_needs_is_refused() {
    use MemoError::{NoMessageUuid, NoRecipient, NoSender};
    let cases = [
        (UUID, "", NoMessageUuid),
        (UUID, "<messageUUID/>", NoMessageUuid),
        (UUID, "<messageUUID>8C2EA15D</messageUUID>", NoMessageUuid),
        (UUID, "<messageUUID>8C2EA15D61FB4BA9936642F8B194C114</messageUUID>", NoMessageUuid),
        (UUID, "<messageUUID>{8C2EA15D-61FB-4BA9-9366-42F8B194C114}</messageUUID>", NoMessageUuid),
        (UUID, "<messageUUID>8C2EA15D-61FB-4BA9-9366-42F8B194C11G</messageUUID>", NoMessageUuid),
        (SENDER, "", NoSender),
        (SENDER, "<Sender/>", NoSender),
        (SENDER, "<Sender><senderID>12345678</senderID></Sender>", NoSender),
        (SENDER, "<Sender><senderID>12345678</senderID><idType> </idType></Sender>", NoSender),
        (SENDER, "<Sender><senderID/><idType>CVR</idType></Sender>", NoSender),
        (RECIPIENT, "", NoRecipient),
        (RECIPIENT, "<Recipient/>", NoRecipient),
        (RECIPIENT, "<Recipient><idType>CVR</idType></Recipient>", NoRecipient),
        (RECIPIENT, "<Recipient><recipientID>11223344</recipientID><idType></idType></Recipient>", NoRecipient),
        (RECIPIENT, "<recipientID>11223344</recipientID><idType>CVR</idType>", NoRecipient),
    ];
    for (part, replacement, error) in cases {
        assert!(PLAIN.contains(part));
        assert_eq!(read_text(&PLAIN.replace(part, replacement)), Err(error), "{replacement} for {part}");
    }
}

#[test]
fn a_document_that_is_no_memo_message_is_refused() {
    let header = &PLAIN[PLAIN.find("<MessageHeader>").expect("a header")..PLAIN.find("<!--message").expect("a mark")];
    let message = |content: &str| format!("<Message xmlns=\"https://DigitalPost.dk/MeMo-1\">{content}</Message>");
    assert!(read_text(&message(header)).is_ok(), "the pieces are right");
    let documents = [
        header.replacen("<MessageHeader>", "<MessageHeader xmlns=\"https://DigitalPost.dk/MeMo-1\">", 1),
        message(""),
        message("<MessageBody/>"),
        message(&format!("<MessageBody/>{header}")),
        message(&format!("<x xmlns=''/>{header}")),
        message(&format!("{header}{header}")),
        message(&format!("{header}<MessageBody/>{header}")),
        message(&format!("<Message>{header}</Message>")),
        message(header).replace("MeMo-1", "MeMo-2"),
        message(header).replace("MeMo-1", "memo-1"),
        message(header).replace(" xmlns=\"https://DigitalPost.dk/MeMo-1\"", ""),
        message(header).replace("xmlns=", "xmlns:memo="),
        message(header).replace("<Message ", "<message ").replace("</Message>", "</message>"),
        "<html/>".to_owned(),
        "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Body/></Envelope>".to_owned(),
    ];
    for document in documents {
        assert_eq!(read_text(&document), Err(MemoError::NotAMemo), "{document}");
    }
}

#[test]
fn a_nemsms_is_refused_as_such() {
    for message_type in ["NEMSMS", "NemSMS", " nemsms\n", "&#78;EMSMS"] {
        let message = PLAIN.replace("DIGITALPOST", message_type);
        assert_eq!(read_text(&message), Err(MemoError::NemSms), "{message_type}");
    }
    for message_type in ["DIGITALPOST", "digitalpost", "", "NEMSMS2"] {
        assert!(read_text(&PLAIN.replace("DIGITALPOST", message_type)).is_ok(), "{message_type}");
    }
}

#[test]
fn what_could_send_a_message_two_ways_is_refused() {
    let point = "<ContactPoint><contactPointID>a</contactPointID></ContactPoint>";
    let content = "<ContentData><KLEdata xmlns=\"http://kle-online.dk/\"><subjectKey>27</subjectKey></KLEdata>\
                   </ContentData>";
    let form = "<FORMdata xmlns=\"http://www.form-online.dk/\"><taskKey>27</taskKey></FORMdata>";
    let cases = [
        ("header", UUID.to_owned()),
        ("header", SENDER.to_owned()),
        ("header", RECIPIENT.to_owned()),
        ("header", "<messageType>DIGITALPOST</messageType>".to_owned()),
        ("header", "<postType>MYNDIGHEDSPOST</postType>".repeat(2)),
        ("header", content.repeat(2)),
        ("header", content.replace("</KLEdata>", "<subjectKey>28</subjectKey></KLEdata>")),
        (
            "header",
            content.replace(
                "<subjectKey>27</subjectKey></KLEdata>",
                "</KLEdata><KLEdata xmlns=\"http://kle-online.dk/\"/>",
            ),
        ),
        ("header", format!("<ContentData>{form}{form}</ContentData>")),
        ("sender", "<senderID>1</senderID>".to_owned()),
        ("sender", "<idType>CVR</idType>".to_owned()),
        ("recipient", "<recipientID>99999999</recipientID>".to_owned()),
        ("recipient", "<idType>CVR</idType>".to_owned()),
        ("recipient", point.repeat(2)),
        ("recipient", point.replace("</ContactPoint>", "<contactPointID>b</contactPointID></ContactPoint>")),
        ("recipient", "<ContactPoint><contactGroup/><contactGroup/></ContactPoint>".to_owned()),
        ("sender", "<ContactPoint><contactPointID/><contactPointID>a</contactPointID></ContactPoint>".to_owned()),
    ];
    for (mark, addition) in cases {
        let read = read_text(&plain_with(mark, &addition));
        assert!(matches!(read, Err(MemoError::Twice(_))), "{read:?} for {addition}");
    }
}

#[test]
fn elements_where_a_text_belongs_are_refused() {
    for (text, with_element) in [
        ("<recipientID>11223344", "<recipientID><b/>11223344"),
        ("<recipientID>11223344", "<recipientID>1122<b xmlns=''>33</b>44"),
        ("<messageUUID>8C2E", "<messageUUID><messageUUID>8C2E</messageUUID>8C2E"),
        ("<idType>CVR</idType><!--sender", "<idType>CV<x/>R</idType><!--sender"),
    ] {
        assert!(PLAIN.contains(text));
        let read = read_text(&PLAIN.replace(text, with_element));
        assert!(matches!(read, Err(MemoError::ElementsInText(_))), "{read:?} for {with_element}");
    }
}

/// A message that holds each text that decides, with the word itself in it.
fn message_with_all_texts() -> String {
    let point = "<ContactPoint><contactGroup>Gruppe</contactGroup><contactPointID>KP-1</contactPointID></ContactPoint>";
    let message = plain_with("recipient", point);
    let message =
        message.replace("<!--sender-->", "<ContactPoint><contactPointID>KP-2</contactPointID></ContactPoint>");
    let content = "<postType>MYNDIGHEDSPOST</postType><ContentData><k:KLEdata xmlns:k=\"http://kle-online.dk/\">\
                   <k:subjectKey>27.36.04</k:subjectKey></k:KLEdata><f:FORMdata \
                   xmlns:f=\"http://www.form-online.dk/\"><f:taskKey>10.05</f:taskKey></f:FORMdata></ContentData>";
    message.replace("<!--header-->", content)
}

/// Each text that decides: a part of it, and what replaces that part.
const TEXTS: [(&str, &str); 11] = [
    ("DIGITAL", "POST</messageType>"),
    ("8C2E", "A15D-61FB"),
    ("MYNDIGHEDS", "POST</postType>"),
    ("1234", "5678</senderID>"),
    ("CV", "R</idType><ContactPoint><contactPointID>"),
    ("KP-", "2</contactPointID>"),
    ("1122", "3344</recipientID>"),
    ("CV", "R</idType><ContactPoint><contactGroup>"),
    ("KP-", "1</contactPointID>"),
    ("Gru", "ppe</contactGroup>"),
    ("27.36", ".04</k:subjectKey>"),
];

/// With something in the middle of a text that decides.
fn with_in_text(text: (&str, &str), addition: &str) -> String {
    let (whole, message) = (format!("{}{}", text.0, text.1), message_with_all_texts());
    assert!(message.contains(&whole), "there is no {whole}");
    message.replacen(&whole, &format!("{}{addition}{}", text.0, text.1), 1)
}

/// Readers that use only the first piece of a text, as some libraries do, would read another text than the router.
#[test]
fn a_text_that_decides_is_in_one_piece() {
    assert!(read_text(&message_with_all_texts()).is_ok());
    for text in TEXTS {
        for aside in ["<!---->", "<!-- x -->", "<?x?>", "<?x y?>"] {
            let read = read_text(&with_in_text(text, aside));
            assert!(matches!(read, Err(MemoError::AsideInText(_))), "{read:?} for {aside} in {text:?}");
        }
        for section in ["<![CDATA[]]>", "<![CDATA[x]]>", "<![CDATA[<!-- -->]]>"] {
            let read = read_text(&with_in_text(text, section));
            assert!(matches!(read, Err(MemoError::SectionInText(_))), "{read:?} for {section} in {text:?}");
        }
    }
    let id = |content: &str| {
        read_text(&plain_with(
            "recipient",
            &format!("<ContactPoint><contactPointID>{content}</contactPointID></ContactPoint>"),
        ))
    };
    for content in ["<!---->KP", "KP<!---->", "<?x?>KP", "KP<?x?>", "<!---->", "<?x?>", "<![CDATA[KP]]><!---->"] {
        assert!(matches!(id(content), Err(MemoError::AsideInText(_))), "{content}");
    }
    for content in [
        "<![CDATA[K]]>P",
        " <![CDATA[KP]]>",
        "<![CDATA[KP]]> ",
        "<![CDATA[]]>KP",
        "<![CDATA[K]]><![CDATA[P]]>",
        "<![CDATA[KP]]>&#32;",
    ] {
        assert!(matches!(id(content), Err(MemoError::SectionInText(_))), "{content}");
    }
    let words = id("K<!---->P").expect_err("a comment").to_string();
    assert!(words.contains("comment") && words.contains("the recipient's contactPointID"), "{words}");
}

/// Readers that ignore namespaces would use the wrong element.
#[test]
fn elements_of_another_namespace_do_not_stand_where_something_decides() {
    let names = [
        ("sender", "senderID"),
        ("sender", "idType"),
        ("sender", "ContactPoint"),
        ("recipient", "recipientID"),
        ("recipient", "idType"),
        ("recipient", "ContactPoint"),
        ("header", "messageUUID"),
        ("header", "messageType"),
        ("header", "postType"),
        ("header", "Sender"),
        ("header", "Recipient"),
        ("message", "MessageHeader"),
    ];
    for (mark, name) in names {
        for decoy in [format!("<x:{name} xmlns:x='urn:x'>1</x:{name}>"), format!("<{name} xmlns=''/>")] {
            let read = read_text(&plain_with(mark, &decoy));
            assert!(matches!(read, Err(MemoError::Decoy(_))), "{read:?} for {decoy}");
            // Anywhere else such an element is like any other.
            assert!(read_text(&plain_with(mark, &format!("<andet>{decoy}</andet>"))).is_ok(), "{decoy}");
        }
    }
    let point = "<ContactPoint><x:contactPointID xmlns:x='urn:x'>1</x:contactPointID></ContactPoint>";
    assert!(matches!(read_text(&plain_with("recipient", point)), Err(MemoError::Decoy(_))));
    // What marks up a letter is another matter: what is no KLE or FORM number counts as none, unless it is beside one.
    let real = "<k:KLEdata xmlns:k='http://kle-online.dk/'><k:subjectKey>27</k:subjectKey></k:KLEdata>";
    let decoy = "<k:KLEdata xmlns:k='urn:k'><k:subjectKey>28</k:subjectKey></k:KLEdata>";
    let content = |content: &str| read_text(&plain_with("header", &format!("<ContentData>{content}</ContentData>")));
    assert_eq!(content(decoy).expect("a message").facts.kle, None);
    for both in [format!("{real}{decoy}"), format!("{decoy}{real}")] {
        assert!(matches!(content(&both), Err(MemoError::Decoy(_))), "{both}");
    }
}

/// Readers that follow the schema ignore the content of an element that is nil.
#[test]
fn what_is_said_to_be_nil_is_empty() {
    let nil = |element: &str, prefix: &str, value: &str| {
        let instance = "http://www.w3.org/2001/XMLSchema-instance";
        format!("<{element} xmlns:{prefix}='{instance}' {prefix}:nil='{value}'>")
    };
    let point = |value: &str, id: &str| {
        let start = nil("contactPointID", "xsi", value);
        plain_with("recipient", &format!("<ContactPoint>{start}{id}</contactPointID></ContactPoint>"))
    };
    for value in ["true", "1", " true "] {
        let refused = Err(MemoError::Nil("the recipient's contactPointID"));
        assert_eq!(read_text(&point(value, "KP-1")), refused, "{value}");
        assert_eq!(read_text(&point(value, " ")).expect("a message").facts.contact_point, None, "{value}");
    }
    assert!(read_text(&point("false", "KP-1")).is_ok());
    let recipient = PLAIN.replace("<Recipient>", &nil("Recipient", "i", "true"));
    assert_eq!(read_text(&recipient), Err(MemoError::Nil("Recipient")));
    assert!(
        read_text(&PLAIN.replace("<Recipient>", "<Recipient xmlns:xsi='urn:x' xsi:nil='true' nil='true'>")).is_ok()
    );
    assert!(read_text(&plain_with("recipient", &format!("{}a</label>", nil("label", "xsi", "true")))).is_ok());
}

#[test]
fn a_header_has_a_megabyte_and_no_more() {
    let most = usize::try_from(MAX_HEADER_BYTES).expect("a megabyte");
    let padded = |length: usize| {
        let rest = plain_with("header", "").find("</MessageHeader>").expect("a header") + "</MessageHeader>".len();
        plain_with("header", &format!("<!--{}-->", " ".repeat(length - rest - "<!---->".len())))
    };
    let message = padded(most);
    assert_eq!(message.find("</MessageHeader>").map(|at| at + 16), Some(most));
    assert!(read_text(&message).is_ok());
    assert_eq!(read_text(&padded(most + 1)), Err(MemoError::HeaderTooLong));
    // What comes after the header has no such bound.
    assert!(read_text(&plain_with("message", &format!("<!--{}-->", " ".repeat(most)))).is_ok());
}

#[test]
fn a_text_of_the_header_has_16_kib_and_no_more() {
    let most = 16 * 1024;
    let label = |text: &str| plain_with("header", &format!("<label>{text}</label>"));
    assert!(read_text(&label(&"x".repeat(most))).is_ok());
    assert_eq!(read_text(&label(&"x".repeat(most + 1))), Err(MemoError::HeaderTooLong));
    assert_eq!(read_text(&label(&format!("{}<![CDATA[{}]]>", "x".repeat(most), "x"))), Err(MemoError::HeaderTooLong));
    assert!(read_text(&plain_with("message", &format!("<MessageBody>{}</MessageBody>", "x".repeat(most + 1)))).is_ok());
}

#[test]
fn depth_names_and_tags_have_bounds() {
    let nested = |depth: usize| plain_with("message", &format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)));
    let named = |length: usize| plain_with("message", &format!("<{}/>", "a".repeat(length)));
    let attribute = |length: usize| plain_with("message", &format!("<a {}=''/>", "a".repeat(length)));
    let tag = |length: usize| plain_with("message", &format!("<a b='{}'>x</a>", "x".repeat(length - "a b=''".len())));
    let instruction = |length: usize| plain_with("message", &format!("<?{}?>", "x".repeat(length)));
    let too_large = Err(MemoError::NotWellFormed(NotWellFormed::TooLarge));
    assert!(read_text(&nested(63)).is_ok(), "the message is the 64th");
    assert_eq!(read_text(&nested(64)), too_large);
    assert!(read_text(&named(256)).is_ok());
    assert_eq!(read_text(&named(257)), too_large);
    assert!(read_text(&attribute(256)).is_ok());
    assert!(read_text(&attribute(257)).is_err());
    assert!(read_text(&tag(64 * 1024)).is_ok());
    assert_eq!(read_text(&tag(64 * 1024 + 1)), too_large);
    assert!(read_text(&instruction(1000)).is_ok());
    assert_eq!(read_text(&instruction(64 * 1024 + 1)), too_large);
    assert!(read_text(&plain_with("message", &"<a/>".repeat(10_000))).is_ok(), "how many there are is not bounded");
}

/// Without such bounds a message of a few megabytes could keep a processor busy for minutes.
#[test]
fn attributes_and_namespace_declarations_have_bounds() {
    let too_large = Err(MemoError::NotWellFormed(NotWellFormed::TooLarge));
    let tag = |attribute: &str, count: usize| {
        (0..count).fold(String::from("<a"), |tag, number| format!("{tag} {attribute}{number}='x'"))
    };
    let alone = |attribute, count| plain_with("message", &format!("{}/>", tag(attribute, count)));
    assert!(read_text(&alone("b", 256)).is_ok());
    assert_eq!(read_text(&alone("b", 257)), too_large);
    // The message itself declares one namespace.
    let nested = |count| {
        let (outer, inner) = (tag("xmlns:b", 200), tag("xmlns:c", count));
        plain_with("message", &format!("{outer}>{inner}/>{inner}/></a>"))
    };
    assert!(read_text(&nested(55)).is_ok(), "what has closed counts no more");
    assert_eq!(read_text(&nested(56)), too_large);
}

#[test]
fn a_message_has_99_5_mebibytes_and_no_more() {
    let piece = vec![b'A'; 1024 * 1024];
    let (before, after) = ("<MessageBody>", "</MessageBody></Message>");
    let start = PLAIN.replace("</Message>", before);
    let mut left = usize::try_from(MAX_MESSAGE_BYTES).expect("it fits") - start.len() - after.len();
    let mut reader = Reader::new();
    reader.feed(start.as_bytes()).expect("a message");
    while left > 0 {
        let length = left.min(piece.len());
        reader.feed(&piece[..length]).expect("a message");
        left -= length;
    }
    reader.feed(after.as_bytes()).expect("a message of just that size");
    assert_eq!(reader.bytes(), 104_333_312);
    assert_eq!(reader.check_end(), Ok(()));
    assert_eq!(reader.feed(b" "), Err(MemoError::TooLarge));
}

#[test]
fn an_error_says_nothing_of_what_the_message_holds() {
    let spoilt = [
        example(MINIMUM, &[("<memo:messageUUID>8C2E", "<memo:messageUUID>2211771212")]),
        example(MINIMUM, &[("</memo:recipientID>", "</memo:Pladsanvisning2211771212>")]),
        example(MINIMUM, &[("2211771212", "&Pladsanvisning2211771212;")]),
        example(MINIMUM, &[("2211771212", "<Pladsanvisning2211771212/>")]),
        example(MINIMUM, &[("<memo:recipientID>", "<Pladsanvisning2211771212:recipientID>")]),
    ];
    for message in spoilt {
        let error = read(&message).expect_err("it is spoilt").to_string();
        assert!(!error.contains("2211771212") && !error.contains("Pladsanvisning"), "{error}");
    }
}
