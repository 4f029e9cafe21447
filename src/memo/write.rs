use std::borrow::Cow;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use jiff::Timestamp;

use crate::rules::{Cvr, PostType};

use super::format::NAMESPACE;
use super::header::MessageUuid;

/// A message to be written, for training and tests: what routing can look at, and a short text.
///
/// What [`write()`] makes of it is valid against the schemas of its version, as long as its texts have the length that
/// these allow (256 characters) and no control characters.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What it will be known by.
    pub message_uuid: MessageUuid,
    /// Who writes.
    pub from: Party,
    /// The contact point that the sender writes with; only authorities have one.
    pub from_contact_point: Option<String>,
    /// The authority that it goes to.
    pub to: Cvr,
    /// Contact point id and perhaps its group.
    pub contact_point: Option<(String, Option<String>)>,
    /// KLE or FORM number.
    pub classified_as: Option<ClassifiedAs>,
    /// The post type.
    pub post_type: PostType,
    /// The subject line, at most 256 characters.
    pub label: String,
    /// When it was written.
    pub created: Timestamp,
    /// The attached text.
    pub text: String,
    /// The version of the format.
    pub version: Version,
    /// What the message answers or forwards, if anything.
    pub about: Option<About>,
    /// Whether there is a body at all; the schemas do not demand one.
    pub has_body: bool,
}

/// A version of MeMo. Both are in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 1.1, which demands `memoSchVersion`, `mandatory` and `legalNotification`.
    V1_1,
    /// 1.2.
    V1_2,
}

/// The earlier message that a message is about.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// It is a reply to that message.
    ReplyTo(MessageUuid),
    /// It forwards that message, which was written then.
    Forwards(MessageUuid, Timestamp),
}

/// How a message is written: the same content for a reader that goes by namespaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The prefix of MeMo's namespace; empty: the default namespace is MeMo's.
    pub prefix: &'static str,
    /// Whether a byte order mark stands before it.
    pub has_byte_order_mark: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { prefix: "memo", has_byte_order_mark: false }
    }
}

/// Who writes a training message.
#[derive(Debug, Clone, Copy)]
pub enum Party {
    /// A made-up citizen, whose number no person can have.
    Citizen,
    /// A company or an authority.
    Organisation(Cvr),
}

/// A classification number as it is written.
#[derive(Debug, Clone)]
pub enum ClassifiedAs {
    /// A KLE number.
    Kle(String),
    /// A FORM number.
    Form(String),
}

impl Letter {
    /// A short letter without address or classification, with a new UUID.
    #[must_use]
    pub fn new(from: Party, to: Cvr) -> Self {
        Self {
            message_uuid: MessageUuid::random(),
            from,
            from_contact_point: None,
            to,
            contact_point: None,
            classified_as: None,
            post_type: PostType::Unspecified,
            label: "Øvelsesmeddelelse".to_owned(),
            created: Timestamp::UNIX_EPOCH,
            text: "Dette er en øvelse.".to_owned(),
            version: Version::V1_2,
            about: None,
            has_body: true,
        }
    }
}

/// Writes a message.
#[must_use]
pub fn write(letter: &Letter) -> Vec<u8> {
    write_in(letter, Style::default())
}

/// Writes a message in that style.
#[must_use]
pub fn write_in(letter: &Letter, style: Style) -> Vec<u8> {
    let mut xml = Xml { text: String::new(), style };
    if style.has_byte_order_mark {
        xml.text.push('\u{FEFF}');
    }
    xml.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let declares = if style.prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", style.prefix) };
    let version = match letter.version {
        Version::V1_1 => "memoVersion=\"1.1\" memoSchVersion=\"1.1.0\"",
        Version::V1_2 => "memoVersion=\"1.2\"",
    };
    let root = xml.qualified("memo:Message").into_owned();
    let _ = write!(
        xml.text,
        "<{root} {declares}=\"{NAMESPACE}\" xmlns:kle=\"http://kle-online.dk/\" \
         xmlns:form=\"http://www.form-online.dk/\" {version}>"
    );
    xml.element("memo:MessageHeader", |xml| header(xml, letter));
    if letter.has_body {
        xml.element("memo:MessageBody", |xml| body(xml, letter));
    }
    let _ = writeln!(xml.text, "</{root}>");
    xml.text.into_bytes()
}

/// A message of exactly that many bytes, with an attachment as large as that takes. It is never in memory as a whole.
#[derive(Debug, Clone)]
pub struct SizedMessage {
    before: Vec<u8>,
    after: Vec<u8>,
    filling: u64,
}

/// What an attachment is filled with: the base64 of "øvelse, ", over and over.
const FILLING: &[u8] = b"w7h2ZWxzZSwg";

impl SizedMessage {
    /// Makes a letter that large; `None` when it is larger already, or has no body to grow in.
    #[must_use]
    pub fn new(letter: &Letter, bytes: u64) -> Option<Self> {
        const START: &[u8] = b"<memo:content>";
        let written = write(&Letter { text: String::new(), ..letter.clone() });
        let start = memchr::memmem::rfind(&written, START)? + START.len();
        let (before, after) = (written[..start].to_vec(), written[start..].to_vec());
        let filling = bytes.checked_sub(written.len() as u64)?;
        Some(Self { before, after, filling })
    }

    /// Its pieces in order, each of them up to 64 KiB.
    pub fn pieces(&self) -> impl Iterator<Item = Bytes> + use<> {
        // Base64 comes in groups of four; what is left over becomes white space at the message's end.
        let (mut left, blank) = (self.filling / 4 * 4, usize::try_from(self.filling % 4).unwrap_or_default());
        let piece = Bytes::from(FILLING.repeat(64 * 1024 / FILLING.len()));
        let content = std::iter::from_fn(move || {
            let size = usize::try_from(left).map_or(piece.len(), |left| left.min(piece.len()));
            left -= size as u64;
            (size > 0).then(|| piece.slice(..size))
        });
        let after = [self.after.clone(), vec![b'\n'; blank]].concat();
        std::iter::once(self.before.clone().into()).chain(content).chain(std::iter::once(after.into()))
    }
}

fn header(xml: &mut Xml, letter: &Letter) {
    xml.leaf("memo:messageType", "DIGITALPOST");
    xml.leaf("memo:messageUUID", letter.message_uuid.as_str());
    xml.leaf("memo:label", &letter.label);
    if letter.version == Version::V1_1 {
        xml.leaf("memo:mandatory", "false");
        xml.leaf("memo:legalNotification", "false");
    }
    match letter.post_type {
        PostType::Authority => xml.leaf("memo:postType", "MYNDIGHEDSPOST"),
        PostType::Company => xml.leaf("memo:postType", "VIRKSOMHEDSPOST"),
        PostType::Unspecified => {}
    }
    xml.element("memo:Sender", |xml| {
        let (id, id_type, label) = match letter.from {
            // No CPR number has month 00.
            Party::Citizen => ("0100000000".to_owned(), "CPR", "Øvelsesborger"),
            Party::Organisation(cvr) => (cvr.to_string(), "CVR", "Øvelsesafsender"),
        };
        xml.leaf("memo:senderID", &id);
        xml.leaf("memo:idType", id_type);
        xml.leaf("memo:label", label);
        if let Some(id) = &letter.from_contact_point {
            xml.element("memo:ContactPoint", |xml| xml.leaf("memo:contactPointID", id));
        }
    });
    xml.element("memo:Recipient", |xml| {
        xml.leaf("memo:recipientID", &letter.to.to_string());
        xml.leaf("memo:idType", "CVR");
        if let Some((id, group)) = &letter.contact_point {
            xml.element("memo:ContactPoint", |xml| {
                if let Some(group) = group {
                    xml.leaf("memo:contactGroup", group);
                }
                xml.leaf("memo:contactPointID", id);
            });
        }
    });
    if let Some(classified_as) = &letter.classified_as {
        xml.element("memo:ContentData", |xml| classification(xml, classified_as));
    }
    match letter.about {
        None => {}
        Some(About::Forwards(original, written)) => xml.element("memo:ForwardData", |xml| {
            xml.leaf("memo:messageUUID", original.as_str());
            xml.leaf("memo:originalMessageDateTime", &date_time(written));
            xml.leaf("memo:originalSender", "Øvelsesafsender");
            xml.leaf("memo:comment", "Videresendt som øvelse");
        }),
        Some(About::ReplyTo(original)) => xml.element("memo:ReplyData", |xml| {
            xml.leaf("memo:messageUUID", original.as_str());
            xml.leaf("memo:comment", "Svar som øvelse");
        }),
    }
}

fn date_time(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn classification(xml: &mut Xml, classified_as: &ClassifiedAs) {
    match classified_as {
        ClassifiedAs::Kle(number) => xml.element("kle:KLEdata", |xml| {
            xml.leaf("kle:subjectKey", number);
            xml.leaf("kle:version", "Maj 2025");
            xml.leaf("kle:label", "Øvelse");
        }),
        ClassifiedAs::Form(number) => xml.element("form:FORMdata", |xml| {
            xml.leaf("form:taskKey", number);
            xml.leaf("form:version", "Opgavenøglen v2.12");
            xml.leaf("form:label", "Øvelse");
        }),
    }
}

fn body(xml: &mut Xml, letter: &Letter) {
    xml.leaf("memo:createdDateTime", &date_time(letter.created));
    xml.element("memo:MainDocument", |xml| {
        xml.leaf("memo:label", &letter.label);
        xml.element("memo:File", |xml| {
            xml.leaf("memo:encodingFormat", "text/plain");
            xml.leaf("memo:filename", "brev.txt");
            xml.leaf("memo:language", "da");
            xml.leaf("memo:content", &BASE64.encode(&letter.text));
        });
    });
}

/// XML as it grows.
#[derive(Debug)]
struct Xml {
    text: String,
    style: Style,
}

impl Xml {
    /// The name with the style's prefix in the place of `memo`.
    fn qualified<'a>(&self, name: &'a str) -> Cow<'a, str> {
        match (name.strip_prefix("memo:"), self.style.prefix) {
            (Some(local), "") => local.into(),
            (Some(local), prefix) => format!("{prefix}:{local}").into(),
            (None, _) => name.into(),
        }
    }

    fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        let name = self.qualified(name);
        let _ = write!(self.text, "<{name}>");
        content(self);
        let _ = write!(self.text, "</{name}>");
    }

    fn leaf(&mut self, name: &str, text: &str) {
        self.element(name, |xml| {
            for character in text.chars() {
                match character {
                    '&' => xml.text.push_str("&amp;"),
                    '<' => xml.text.push_str("&lt;"),
                    '>' => xml.text.push_str("&gt;"),
                    other => xml.text.push(other),
                }
            }
        });
    }
}
