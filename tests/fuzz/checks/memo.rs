//! Any bytes as a MeMo message.

use std::collections::HashMap;

use postfordeler::memo::{Header, MemoError, MessageUuid, Reader};
use postfordeler::rules::{AddressedContactPoint, Caseless, Facts, PostType, Sender, without_space_around};
use quick_xml::NsReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::cuts;

pub fn check(document: &[u8]) {
    let [whole, bytewise, own] = cuts(document).map(read);
    assert_eq!(bytewise, whole, "byte by byte");
    assert_eq!(own, whole, "in pieces");
    let Ok(header) = &whole.end else { return };
    assert_eq!(whole.header.as_ref(), Some(header));
    assert_eq!(whole.message_uuid, Some(header.message_uuid));
    assert_eq!(read([document, b" \t\r\n"]).end.as_ref(), Ok(header), "with space after it");
    let texts = Texts::of(document);
    assert_eq!(header.message_uuid.as_str(), texts.get("messageUUID").expect("there is a UUID"));
    assert_eq!(header.facts, texts.facts());
}

/// All that is to be had of a message: also when it is refused, its header may have closed before what is wrong.
#[derive(Debug, PartialEq)]
struct Read {
    end: Result<Header, MemoError>,
    header: Option<Header>,
    message_uuid: Option<MessageUuid>,
}

fn read<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Read {
    let mut reader = Reader::new();
    let fed = pieces.into_iter().try_for_each(|piece| reader.feed(piece));
    let (header, message_uuid) = (reader.header().cloned(), reader.message_uuid());
    Read { end: fed.and_then(|()| reader.finish()), header, message_uuid }
}

/// The texts of a document by their position, as another reader finds them.
struct Texts(HashMap<String, String>);

impl Texts {
    /// Reads a document to its end, as strictly as that reader can.
    fn of(document: &[u8]) -> Self {
        let mut reader = NsReader::from_reader(document);
        reader.config_mut().enable_all_checks(true);
        reader.config_mut().expand_empty_elements = true;
        reader.resolver_mut().set_max_namespace_bindings(256);
        let (mut open, mut texts) = (Vec::new(), HashMap::<String, String>::new());
        loop {
            let (namespace, event) = reader.read_resolved_event().expect("another reader finds it well-formed, too");
            let text = match event {
                Event::Start(start) => {
                    open.push(name(&namespace, &start));
                    String::new()
                }
                Event::End(_) => {
                    open.pop();
                    continue;
                }
                Event::Text(text) => text.into_inner().into_owned(),
                Event::CData(text) => text.into_inner().into_owned(),
                Event::GeneralRef(reference) => resolved(&format!("&{};", &*reference)),
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
                Event::Empty(_) | Event::DocType(_) => panic!("{event:?} in a message that was taken"),
            };
            texts.entry(open.join("/")).or_default().push_str(&text);
        }
        assert!(open.is_empty(), "every element is closed");
        Self(texts)
    }

    /// The text at that place in the header, unless it is missing or empty.
    fn get(&self, place: &str) -> Option<&str> {
        let path = format!("m:Message/m:MessageHeader/{}", spelled_out(place));
        self.0.get(&path).map(|text| without_space_around(text)).filter(|text| !text.is_empty())
    }

    fn facts(&self) -> Facts {
        let is = |place: &str, word: &str| self.get(place).is_some_and(|it| it.eq_ignore_ascii_case(word));
        Facts {
            sender: if is("Sender/idType", "CPR") {
                Sender::Person
            } else if is("Sender/idType", "CVR") {
                Sender::Organisation(self.get("Sender/senderID").and_then(|it| it.parse().ok()))
            } else {
                Sender::Other
            },
            sender_has_contact_point: self.get("Sender/ContactPoint/contactPointID").is_some(),
            recipient: self
                .get("Recipient/recipientID")
                .filter(|_| is("Recipient/idType", "CVR"))
                .and_then(|it| it.parse().ok()),
            contact_point: self.get("Recipient/ContactPoint/contactPointID").map(|id| AddressedContactPoint {
                id: Some(Caseless::new(id)),
                group: self.get("Recipient/ContactPoint/contactGroup").map(Caseless::new),
            }),
            kle: self.get("ContentData/k:KLEdata/k:subjectKey").and_then(|it| it.parse().ok()),
            form: self.get("ContentData/f:FORMdata/f:taskKey").and_then(|it| it.parse().ok()),
            post_type: match self.get("postType") {
                None => Some(PostType::Unspecified),
                Some(_) if is("postType", "MYNDIGHEDSPOST") => Some(PostType::Authority),
                Some(_) if is("postType", "VIRKSOMHEDSPOST") => Some(PostType::Company),
                Some(_) => None,
            },
        }
    }
}

/// What has no letter before it is MeMo's.
fn spelled_out(place: &str) -> String {
    let names = place.split('/').map(|name| if name.contains(':') { name.to_owned() } else { format!("m:{name}") });
    names.collect::<Vec<_>>().join("/")
}

/// An element's name with a letter for its namespace; its attributes are read on the way.
fn name(namespace: &ResolveResult<'_>, element: &BytesStart<'_>) -> String {
    for attribute in element.attributes() {
        let value = attribute.expect("an attribute").value;
        assert!(!value.contains('<'), "{value:?} in an attribute");
        resolved(&value);
    }
    let letter = match namespace {
        ResolveResult::Bound(namespace) => match resolved(namespace.as_ref()).as_str() {
            "https://DigitalPost.dk/MeMo-1" => "m",
            "http://kle-online.dk/" => "k",
            "http://www.form-online.dk/" => "f",
            _ => "?",
        },
        ResolveResult::Unbound => "-",
        ResolveResult::Unknown(prefix) => panic!("the prefix {prefix:?} stands for nothing"),
    };
    format!("{letter}:{}", element.local_name().as_ref())
}

/// The text with its references resolved.
fn resolved(text: &str) -> String {
    unescape(text).expect("references to characters and to XML's five entities").into_owned()
}
