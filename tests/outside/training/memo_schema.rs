//! What MeMo's schemas say of the elements that are written here: Digitaliseringsstyrelsen's MeMo_core.xsd, 1.1 and 1.2, and those
//! that it imports. An element that is not in the table is not valid.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use postfordeler::memo::Version;
use quick_xml::NsReader;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use regex_lite::Regex;

const MEMO: &str = "https://DigitalPost.dk/MeMo-1";
const KLE: &str = "http://kle-online.dk/";
const FORM: &str = "http://www.form-online.dk/";
const VEHICLES: &str = "https://motorregister.skat.dk/";

/// What an element may hold.
enum Holds {
    /// These elements in this order: name, least and most.
    Elements(&'static [(&'static str, usize, usize)]),
    /// Text of at most so many characters.
    Text(usize),
    Matching(&'static str),
    Base64,
}

const MANY: usize = usize::MAX;

/// The content of an element of that name, as the version has it.
#[rustfmt::skip]
fn content(name: &str, version: Version) -> Option<Holds> {
    use Holds::{Base64, Elements, Matching, Text};
    const UUID: &str = "^[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-4[a-fA-F0-9]{3}-[aAbB89][a-fA-F0-9]{3}-[a-fA-F0-9]{12}$";
    const TIME: &str = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$";
    let is_new = version == Version::V1_2;
    Some(match name {
        "Message" => Elements(&[("MessageHeader", 1, 1), ("MessageBody", 0, 1)]),
        "MessageHeader" if is_new => Elements(&[("messageType", 1, 1), ("messageUUID", 1, 1), ("label", 1, 1),
            ("mandatory", 0, 1), ("legalNotification", 0, 1), ("postType", 0, 1), ("Sender", 1, 1), ("Recipient", 1, 1),
            ("ContentData", 0, 1), ("ForwardData", 0, 1), ("ReplyData", 0, MANY)]),
        "MessageHeader" => Elements(&[("messageType", 1, 1), ("messageUUID", 1, 1), ("label", 1, 1),
            ("mandatory", 1, 1), ("legalNotification", 1, 1), ("postType", 0, 1), ("Sender", 1, 1), ("Recipient", 1, 1),
            ("ContentData", 0, 1), ("ForwardData", 0, 1), ("ReplyData", 0, MANY)]),
        "Sender" if is_new => Elements(&[("senderID", 1, 1), ("idType", 1, 1), ("label", 1, 1), ("AttentionData", 0, 1),
            ("ContactPoint", 0, 1), ("Representative", 0, 1)]),
        "Sender" => Elements(&[("senderID", 1, 1), ("idType", 1, 1), ("label", 1, 1), ("AttentionData", 0, 1),
            ("ContactPoint", 0, 1)]),
        "Recipient" => Elements(&[("recipientID", 1, 1), ("idType", 1, 1), ("label", 0, 1), ("ContactPoint", 0, 1)]),
        "AttentionData" => Elements(&[("AttentionPerson", 0, 1)]),
        "AttentionPerson" => Elements(&[("personID", 0, 1), ("label", 0, 1)]),
        "Representative" => Elements(&[("representativeID", 0, 1), ("idType", 0, 1), ("label", 0, 1)]),
        "ContactPoint" => Elements(&[("contactGroup", 0, 1), ("contactPointID", 1, 1), ("label", 0, 1),
            ("ContactInfo", 0, 2)]),
        "ContactInfo" => Elements(&[("label", 1, 1), ("value", 1, 1)]),
        "ContentData" => Elements(&[("dmv:MotorVehicle", 0, 1), ("CaseID", 0, 1), ("kle:KLEdata", 0, 1),
            ("form:FORMdata", 0, 1)]),
        "dmv:MotorVehicle" => Elements(&[("dmv:licenseNumber", 1, 1)]),
        "CaseID" => Elements(&[("caseID", 1, 1), ("caseSystem", 1, 1)]),
        "kle:KLEdata" => Elements(&[("kle:subjectKey", 1, 1), ("kle:version", 1, 1), ("kle:label", 1, 1)]),
        "form:FORMdata" => Elements(&[("form:taskKey", 1, 1), ("form:version", 1, 1), ("form:label", 1, 1)]),
        "ForwardData" => Elements(&[("messageUUID", 1, 1), ("originalMessageDateTime", 1, 1), ("originalSender", 1, 1),
            ("contactPointID", 0, 1), ("comment", 0, 1)]),
        "ReplyData" => Elements(&[("messageUUID", 1, 1), ("contactPointID", 0, 1), ("comment", 0, 1)]),
        "MessageBody" => Elements(&[("createdDateTime", 1, 1), ("MainDocument", 1, 1), ("AdditionalDocument", 0, MANY)]),
        "MainDocument" | "AdditionalDocument" => Elements(&[("label", 0, 1), ("File", 1, MANY)]),
        "File" => Elements(&[("encodingFormat", 1, 1), ("filename", 1, 1), ("language", 1, 1), ("content", 1, 1)]),
        "messageType" => Matching("^(DIGITALPOST|NEMSMS)$"),
        "messageUUID" => Matching(UUID),
        "mandatory" | "legalNotification" => Matching("^(true|false)$"),
        "createdDateTime" | "originalMessageDateTime" => Matching(TIME),
        "language" => Matching("^[a-zA-Z]{2}$"),
        "content" => Base64,
        "comment" => Text(512),
        "dmv:licenseNumber" => Text(7),
        "label" | "postType" | "senderID" | "recipientID" | "representativeID" | "personID" | "idType" | "contactGroup"
        | "contactPointID" | "value" | "caseID" | "caseSystem" | "originalSender" | "encodingFormat" | "filename"
        | "kle:subjectKey" | "kle:version" | "kle:label" | "form:taskKey" | "form:version" | "form:label" => Text(256),
        _ => return None,
    })
}

/// An element, and what stands in it.
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
    text: String,
}

/// Where and why a message is not valid by the schemas of that version.
pub fn check(message: &[u8], version: Version) -> Result<(), String> {
    let root = parse(message)?;
    let given: Vec<_> = root.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let wanted: &[(&str, &str)] = match version {
        Version::V1_1 => &[("memoVersion", "1.1"), ("memoSchVersion", "1.1.0")],
        Version::V1_2 => &[("memoVersion", "1.2")],
    };
    if root.name != "Message" || given != wanted {
        return Err(format!("{} with {given:?}", root.name));
    }
    valid(&root, version)
}

fn valid(node: &Node, version: Version) -> Result<(), String> {
    let fault = |what: &str| Err(format!("{}: {what}", node.name));
    let length = node.text.chars().count();
    match content(&node.name, version) {
        None => return fault("is not in the schema"),
        Some(Holds::Elements(allowed)) => {
            let mut left = node.children.as_slice();
            for (name, least, most) in allowed {
                let count = left.iter().take_while(|child| child.name == *name).count();
                if count < *least || count > *most {
                    return fault(&format!("has {name} {count} times"));
                }
                left = &left[count..];
            }
            if let Some(next) = left.first() {
                return fault(&format!("has {} in the wrong place", next.name));
            }
            if !node.text.trim().is_empty() {
                return fault("has text");
            }
        }
        Some(_) if !node.children.is_empty() => return fault("has elements"),
        Some(Holds::Text(most)) if length > most => return fault(&format!("has {length} characters")),
        Some(Holds::Matching(pattern)) if !Regex::new(pattern).unwrap().is_match(&node.text) => {
            return fault(&node.text);
        }
        Some(Holds::Base64) if BASE64.decode(&node.text).is_err() => return fault("is not base64"),
        Some(_) => {}
    }
    node.children.iter().try_for_each(|child| valid(child, version))
}

fn parse(message: &[u8]) -> Result<Node, String> {
    let text = std::str::from_utf8(message).map_err(|error| error.to_string())?;
    let mut reader = NsReader::from_str(text);
    let mut open: Vec<Node> = vec![node("", Vec::new())];
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(start) => {
                let prefix = match namespace {
                    ResolveResult::Bound(space) if space.as_ref() == MEMO => "",
                    ResolveResult::Bound(space) if space.as_ref() == KLE => "kle:",
                    ResolveResult::Bound(space) if space.as_ref() == FORM => "form:",
                    ResolveResult::Bound(space) if space.as_ref() == VEHICLES => "dmv:",
                    _ => "?",
                };
                let name = format!("{prefix}{}", start.local_name().as_ref());
                let attributes = start.attributes().map(|it| it.expect("an attribute"));
                let attributes = attributes.filter(|it| !it.key.as_ref().starts_with("xmlns"));
                let attributes = attributes.map(|it| (it.key.as_ref().to_owned(), it.value.clone().into_owned()));
                open.push(node(&name, attributes.collect()));
            }
            Event::End(_) => {
                let done = open.pop().expect("it was opened");
                open.last_mut().ok_or("an end too many")?.children.push(done);
            }
            Event::Text(said) => open.last_mut().expect("there is one").text += &said,
            // Each stands for one character.
            Event::GeneralRef(_) => open.last_mut().expect("there is one").text.push('&'),
            Event::Eof => break,
            _ => {}
        }
    }
    let mut outermost = open.pop().filter(|_| open.is_empty()).ok_or("something is left open")?;
    outermost.children.pop().filter(|_| outermost.children.is_empty()).ok_or_else(|| "not one element".to_owned())
}

fn node(name: &str, attributes: Vec<(String, String)>) -> Node {
    Node { name: name.to_owned(), attributes, children: Vec::new(), text: String::new() }
}
