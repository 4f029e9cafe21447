//! What XML 1.0 and *Namespaces in XML 1.0* call well-formed, and what not, down to the bytes.

use postfordeler::memo::{MemoError, NotWellFormed};

use super::{BYTE_ORDER_MARK, MINIMUM, PLAIN, plain_with, read, read_text};

/// What a message's body may have.
pub const WELL_FORMED: &[&str] = &[
    "<a/>",
    "<a />",
    "<a\n/>",
    "<a></a >",
    "<a b=\"\" c=''/>",
    "<a b = \"1\"\tc\n=\n'2'/>",
    "<a b='>' c=\"'\" d='\"'/>",
    "<a b=\"&lt;&gt;&amp;&apos;&quot;&#9;&#x1F3EB;\"/>",
    "<a b=\"]]>\"/>",
    "<æ ø='å'/>",
    "<_a.-9·/>",
    "<x:a xmlns:x='urn:x' x:b='1' b='1'/>",
    "<x:a xmlns:x='urn:x'><x:a xmlns:x='urn:y'/></x:a>",
    "<a x:b='' xmlns:x='urn:x'/>",
    "<a xmlns=''/>",
    "<a xmlns='urn:a'><a xmlns=''/></a>",
    "<a xml:lang='da' xml:space='preserve'/>",
    "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
    "<a xmlns:x='urn:a&amp;b' xmlns:y='urn:b' x:c='' y:c=''/>",
    "<!-- en kommentar -->",
    "<!---->",
    "<!--->-->",
    "<!-- - -->",
    "<!-- <a> & ]]> <!DOCTYPE> -->",
    "<?mål data?>",
    "<?mål?>",
    "<?mål a?b > ?>",
    "<?mål ??>",
    "<?xml-stylesheet href='a'?>",
    "<![CDATA[]]>",
    "<![CDATA[<a> & --> ]] > ]>]]>",
    "<![CDATA[]]]]>",
    "<![CDATA[]]]]]]>",
    "<![CDATA[<![CDATA[]]>",
    "&#x10FFFF;&#xFFFD;&#32;&#10;",
    "]]",
    "]] >",
    "]>",
    "]]&gt;",
    "]]<!---->>",
    "]<![CDATA[]]]>>",
    "a > b \" ' ]",
    "\u{FFFD}\u{10000}\u{10FFFF}\u{85}\u{7F}\u{FEFF}",
    "\t\r\n",
];

/// What may not, and why.
pub const ILL_FORMED: &[(&str, NotWellFormed)] = {
    use NotWellFormed::{Attribute, Doctype, Entity, ForbiddenCharacter, Name, Namespace, Nesting, Section};
    &[
        ("<a>", Nesting),
        ("</a>", Nesting),
        ("<a></b>", Nesting),
        ("<a></A>", Nesting),
        ("<a><b></a></b>", Nesting),
        ("<x:a xmlns:x='urn:x' xmlns:y='urn:x'></y:a>", Nesting),
        ("<a></ a>", Nesting),
        ("<a></a b=''>", Nesting),
        ("<a></a/>", Nesting),
        ("<>", Name),
        ("< a/>", Name),
        ("<9/>", Name),
        ("<-a/>", Name),
        ("<a%/>", Name),
        ("<a\u{D7}/>", Name),
        ("<a<b/>", Name),
        ("<:a/>", Name),
        ("<a:/>", Name),
        ("<x:y:a xmlns:x='urn:x'/>", Name),
        ("<a/b/>", Name),
        ("<a 9='1'/>", Name),
        ("<a :b='1'/>", Name),
        ("<a b/>", Attribute),
        ("<a b=1/>", Attribute),
        ("<a b=/>", Attribute),
        ("<a ='1'/>", Name),
        ("<a b='1'c='2'/>", Attribute),
        ("<a b='1' b='2'/>", Attribute),
        ("<a b='<'/>", Attribute),
        ("<a / >", Attribute),
        ("<a x:c='' y:c='' xmlns:x='urn:x' xmlns:y='urn:x'/>", Attribute),
        ("<a xmlns='urn:a' xmlns='urn:a'/>", Attribute),
        ("<a xmlns:x='urn:a' xmlns:x='urn:b'/>", Attribute),
        ("<a b='&'/>", Entity),
        ("<a b='&lt'/>", Entity),
        ("<a b='&aring;'/>", Entity),
        ("<a b='&#0;'/>", Entity),
        ("<x:a/>", Namespace),
        ("<a x:b=''/>", Namespace),
        ("<b><x:a xmlns:x='urn:x'/><x:a/></b>", Namespace),
        ("<a xmlns:x=''/>", Namespace),
        ("<a xmlns:xmlns='urn:x'/>", Namespace),
        ("<a xmlns:xml='urn:x'/>", Namespace),
        ("<a xmlns:x='http://www.w3.org/XML/1998/namespace'/>", Namespace),
        ("<a xmlns='http://www.w3.org/XML/1998/namespace'/>", Namespace),
        ("<a xmlns:x='http://www.w3.org/2000/xmlns/'/>", Namespace),
        ("<xmlns:a/>", Namespace),
        ("&aring;", Entity),
        ("&;", Entity),
        ("& ;", Entity),
        ("&lt ;", Entity),
        ("&LT;", Entity),
        ("&#;", Entity),
        ("&#x;", Entity),
        ("&#xG;", Entity),
        ("&#X41;", Entity),
        ("&#+65;", Entity),
        ("&#-65;", Entity),
        ("&#0;", Entity),
        ("&#8;", Entity),
        ("&#xD800;", Entity),
        ("&#xFFFE;", Entity),
        ("&#x110000;", Entity),
        ("&#99999999999;", Entity),
        ("]]>", Section),
        ("a]]]>", Section),
        ("<a/>]]>", Section),
        ("<!-- a -- b -->", Section),
        ("<!-- a --->", Section),
        ("<! -- a -->", Section),
        ("<!- a -->", Section),
        ("<!ELEMENT a ANY>", Section),
        ("<![cdata[]]>", Section),
        ("<![INCLUDE[]]>", Section),
        ("<??>", Section),
        ("<? a?>", Section),
        ("<?9?>", Section),
        ("<?xml version='1.0'?>", Section),
        ("<?XmL?>", Section),
        ("<!DOCTYPE a>", Doctype),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]>", Doctype),
        ("\0", ForbiddenCharacter),
        ("\u{B}", ForbiddenCharacter),
        ("\u{C}", ForbiddenCharacter),
        ("\u{1F}", ForbiddenCharacter),
        ("\u{FFFE}", ForbiddenCharacter),
        ("\u{FFFF}", ForbiddenCharacter),
        ("<a b='\u{1}'/>", ForbiddenCharacter),
        ("<a\u{C}/>", ForbiddenCharacter),
        ("<!--\u{8}-->", ForbiddenCharacter),
        ("<![CDATA[\u{1B}]]>", ForbiddenCharacter),
        ("<?a \u{FFFF}?>", ForbiddenCharacter),
    ]
};

pub fn in_body(piece: &str) -> String {
    plain_with("message", &format!("<MessageBody>{piece}</MessageBody>"))
}

#[test]
fn what_is_well_formed_is_taken() {
    for piece in WELL_FORMED {
        assert!(read_text(&in_body(piece)).is_ok(), "{:?} for {piece:?}", read_text(&in_body(piece)));
    }
}

#[test]
fn what_is_not_well_formed_is_refused_with_the_reason() {
    for (piece, reason) in ILL_FORMED {
        let expected = Err(MemoError::NotWellFormed(*reason));
        assert_eq!(read_text(&in_body(piece)), expected, "{piece:?}");
    }
}

#[test]
fn nothing_but_comments_instructions_and_space_stands_beside_the_outermost_element() {
    for beside in ["", " \t\r\n", "<!-- x -->", "<?x?>", "<!----><?x y?>\n<!-- -->"] {
        assert!(read_text(&format!("{PLAIN}{beside}")).is_ok(), "{beside:?} after");
        assert!(read_text(&format!("{beside}{PLAIN}")).is_ok(), "{beside:?} before");
    }
    let outside = Err(MemoError::NotWellFormed(NotWellFormed::OutsideRoot));
    for beside in ["x", "&amp;", "<![CDATA[]]>", "\u{A0}", "\u{FEFF}\u{FEFF}", "]]>", ">"] {
        assert_eq!(read_text(&format!("{PLAIN}{beside}")), outside, "{beside:?} after");
        assert_eq!(read_text(&format!("{beside}{PLAIN}")), outside, "{beside:?} before");
    }
    for second in ["<a/>", PLAIN, "<a>"] {
        assert_eq!(read_text(&format!("{PLAIN}{second}")), outside, "{second:?}");
    }
    assert_eq!(read_text(&format!("{PLAIN}</Message>")), Err(NotWellFormed::Nesting.into()));
    assert_eq!(read_text(&format!("{PLAIN}<?xml version='1.0'?>")), Err(NotWellFormed::Section.into()));
    for doctype in ["<!DOCTYPE Message>", "<!DOCTYPE m [<!ENTITY a 'b'>]>", "<!DOCTYPE m SYSTEM 'file:///etc/hosts'>"] {
        for document in [format!("{doctype}{PLAIN}"), format!("{PLAIN}{doctype}"), format!("<!---->\n{doctype}{PLAIN}")]
        {
            assert_eq!(read_text(&document), Err(NotWellFormed::Doctype.into()), "{document}");
        }
    }
}

#[test]
fn an_xml_declaration_stands_first_and_names_an_encoding_that_is_utf_8() {
    use NotWellFormed::Section;
    let cases = [
        ("<?xml version=\"1.0\"?>", Ok(())),
        ("<?xml version='1.0' encoding='UTF-8'?>", Ok(())),
        ("<?xml version = '1.0' encoding = 'utf-8' ?>", Ok(())),
        ("<?xml version='1.0' encoding='US-ASCII' standalone='yes'?>", Ok(())),
        ("<?xml version='1.0'\n\tstandalone='no'?>\n<!-- -->", Ok(())),
        ("<?xml version='1.1'?>", Ok(())),
        ("<?xml version='1.0' encoding='utf8'?>", Ok(())),
        ("<?xml version='1.0' encoding=\"UTF8\"?>", Ok(())),
        ("<?xml version='1.0' encoding='Utf-8'?>", Ok(())),
        ("<?xml?>", Err(Section)),
        ("<?xml version='1.'?>", Err(Section)),
        ("<?xml version='2.0'?>", Err(Section)),
        ("<?xml version='1.0x'?>", Err(Section)),
        ("<?xml encoding='UTF-8'?>", Err(Section)),
        ("<?xml encoding='UTF-8' version='1.0'?>", Err(Section)),
        ("<?xml version='1.0' standalone='yes' encoding='UTF-8'?>", Err(Section)),
        ("<?xml version='1.0' standalone='maybe'?>", Err(Section)),
        ("<?xml version='1.0' version='1.0'?>", Err(Section)),
        ("<?xml version='1.0'encoding='UTF-8'?>", Err(Section)),
        ("<?xml version=1.0?>", Err(Section)),
        ("<?xml version='1.0' extra='1'?>", Err(Section)),
        ("<?XML version='1.0'?>", Err(Section)),
        (" <?xml version='1.0'?>", Err(Section)),
        ("<!----><?xml version='1.0'?>", Err(Section)),
        ("<?a?><?xml version='1.0'?>", Err(Section)),
        ("<?xml version='1.0'?><?xml version='1.0'?>", Err(Section)),
    ];
    for (declaration, expected) in cases {
        let message = format!("{declaration}{PLAIN}");
        let expected = expected.map_err(MemoError::from);
        assert_eq!(read_text(&message).map(|_| ()), expected, "{declaration}");
        assert_eq!(read_text(&format!("\u{FEFF}{message}")).map(|_| ()), expected, "{declaration} after a mark");
    }
}

#[test]
fn another_encoding_is_refused_in_words_that_name_it() {
    let declared = |name: &str| {
        let read = read_text(&format!("<?xml version='1.0' encoding='{name}'?>{PLAIN}"));
        let Err(error @ MemoError::NotWellFormed(NotWellFormed::Encoding(_))) = read else { panic!("{read:?}") };
        error.to_string()
    };
    for name in ["ISO-8859-1", "utf-16", "UTF-16LE", "windows-1252", "ISO-10646-UCS-4", "UTF-7", "utf_8", "cp1252"] {
        let words = declared(name);
        assert!(words.contains(&format!("'{name}'")) && words.contains("UTF-8"), "{words}");
    }
    for name in ["", "UTF 8", "010170-1234", "a0101701234", "Emilie Hansen", "æ", &"a".repeat(25), "UTF-8\u{1b}"] {
        let Err(error) = read_text(&format!("<?xml version='1.0' encoding='{name}'?>{PLAIN}")) else {
            panic!("{name}")
        };
        assert!(name.is_empty() || !error.to_string().contains(name), "{error}");
    }
}

#[test]
fn what_is_declared_as_ascii_is_ascii() {
    let declared = |rest: &str| read_text(&format!("<?xml version='1.0' encoding='us-ascii'?>{rest}"));
    assert!(declared(&in_body("&#230;")).is_ok());
    let beyond = Err(NotWellFormed::NotAscii.into());
    for place in ["æ", "<!--æ-->", "<a b='\u{1F3EB}'/>", "<![CDATA[æ]]>"] {
        assert_eq!(declared(&in_body(place)), beyond, "{place}");
        assert_eq!(declared(&format!("{}</b>", in_body(place))), beyond, "{place}");
    }
    assert_eq!(declared(&format!("{PLAIN}æ")), beyond);
    assert_eq!(declared(&in_body("</a>æ")), Err(NotWellFormed::Nesting.into()), "the first fault is told");
}

/// What is a line end in XML 1.1 is a character in XML 1.0, and readers know either.
#[test]
fn line_ends_of_xml_1_1_are_refused_where_it_may_be_read_so() {
    for end in ["\u{85}", "\u{2028}"] {
        let point = format!("<ContactPoint><contactPointID>KP-1{end}</contactPointID></ContactPoint>");
        let message = plain_with("recipient", &point);
        assert!(read_text(&message).is_ok());
        assert!(read_text(&format!("<?xml version='1.0'?>{message}")).is_ok());
        for version in ["1.1", "1.00", "1.2"] {
            let read = read_text(&format!("<?xml version='{version}'?>{message}"));
            assert_eq!(read, Err(NotWellFormed::LineEnd.into()), "{version}");
        }
    }
}

#[test]
fn bytes_that_are_no_utf_8_are_refused_wherever_they_stand() {
    let sequences: [&[u8]; 9] = [
        b"\xE6",
        b"\x80",
        b"\xC0\x80",
        b"\xC3(",
        b"\xE2\x82",
        b"\xED\xA0\x80",
        b"\xF0\x9F\x8F",
        b"\xF4\x90\x80\x80",
        b"\xFF",
    ];
    let places = ["<MessageBody>@</MessageBody>", "<!--@-->", "<![CDATA[@]]>", "<a b='@'/>", "<a@/>", "<?a @?>"];
    let mut documents = places.map(|place| plain_with("message", place)).to_vec();
    documents.push(format!("{PLAIN}@"));
    for sequence in sequences {
        for place in &documents {
            let at = place.find('@').expect("a place");
            let message = [&place.as_bytes()[..at], sequence, &place.as_bytes()[at + 1..]].concat();
            assert_eq!(read(&message), Err(NotWellFormed::NotUtf8.into()), "{sequence:x?} in {place}");
        }
    }
}

#[test]
fn utf_16_is_refused() {
    let document = format!("<?xml version='1.0' encoding='UTF-16'?>{PLAIN}");
    for mark in ["", "\u{FEFF}"] {
        let units: Vec<u16> = format!("{mark}{document}").encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let wide =
            |bytes: fn(u32) -> [u8; 4]| format!("{mark}{document}").chars().flat_map(|it| bytes(it.into())).collect();
        let wide: [Vec<u8>; 2] = [wide(u32::to_le_bytes), wide(u32::to_be_bytes)];
        for bytes in [little, big].into_iter().chain(wide) {
            let read = read(&bytes);
            assert_eq!(read, Err(NotWellFormed::Utf16.into()));
            assert!(read.expect_err("UTF-16").to_string().contains("must be in UTF-8"));
        }
    }
}

#[test]
fn a_byte_order_mark_stands_once_and_whole() {
    let marked = [BYTE_ORDER_MARK, PLAIN.as_bytes()].concat();
    assert!(read(&marked).is_ok());
    assert!(read(&[BYTE_ORDER_MARK, &marked].concat()).is_err());
    for part in [&BYTE_ORDER_MARK[..1], &BYTE_ORDER_MARK[..2], &BYTE_ORDER_MARK[1..]] {
        assert!(read(&[part, PLAIN.as_bytes()].concat()).is_err(), "{part:x?}");
    }
    assert!(read(BYTE_ORDER_MARK).is_err());
    assert!(read(b"").is_err());
}

#[test]
fn a_message_that_is_cut_off_anywhere_is_not_whole() {
    let end = MINIMUM.iter().rposition(|byte| *byte == b'>').expect("a tag") + 1;
    assert!(read(&MINIMUM[..end]).is_ok());
    for length in 0..end {
        let unfinished = Err(NotWellFormed::Unfinished.into());
        assert_eq!(read(&MINIMUM[..length]), unfinished, "after {length} bytes");
    }
}
