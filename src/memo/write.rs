use std::borrow::Cow;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use jiff::Timestamp;

use crate::rules::{AddressedContactPoint, Caseless, Cvr, Facts, PostType, Sender, without_space_around};

use super::format::NAMESPACE;
use super::header::MessageUuid;
use super::letter_details::{Attachment, LetterDetails, Representative};

/// The content of a message for training and tests: what routing can look at, and a short text.
///
/// What [`write()`] makes of it is valid against the schemas of its version, provided that its texts are no longer than these
/// allow (256 characters) and have no control characters.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its UUID.
    pub message_uuid: MessageUuid,
    /// The sender.
    pub from: Party,
    /// The id of the sender's own contact point; only authorities have one.
    pub from_contact_point: Option<String>,
    /// The CVR number of the recipient.
    pub to: Cvr,
    /// The id of the recipient's contact point, and perhaps its group.
    pub contact_point: Option<(String, Option<String>)>,
    /// Its KLE or FORM number.
    pub classified_as: Option<ClassifiedAs>,
    /// The post type.
    pub post_type: PostType,
    /// The subject line, at most 256 characters.
    pub label: String,
    /// When it was written.
    pub created: Timestamp,
    /// The text of its attachment.
    pub text: String,
    /// The version of MeMo.
    pub version: Version,
    /// The message that it answers or forwards.
    pub about: Option<About>,
    /// Whether it has a body, which the schemas do not require.
    pub has_body: bool,
    /// What routing never looks at.
    pub details: LetterDetails,
}

/// A version of MeMo. Both are in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 1.1, which requires `memoSchVersion`, `mandatory` and `legalNotification`.
    V1_1,
    /// 1.2, which forbids `memoSchVersion`, and makes the other two optional.
    V1_2,
}

/// What a message does with an earlier one.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// It replies to the message.
    ReplyTo(MessageUuid),
    /// It forwards the message, which was written at that time.
    Forwards(MessageUuid, Timestamp),
}

/// How the same message is written; a reader that understands namespaces sees no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The prefix of MeMo's namespace. When it is empty, that is the default namespace.
    pub prefix: &'static str,
    /// Whether it begins with a byte order mark.
    pub has_byte_order_mark: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { prefix: "memo", has_byte_order_mark: false }
    }
}

/// The sender of a training message.
#[derive(Debug, Clone, Copy)]
pub enum Party {
    /// A made-up citizen, with a CPR number that no person can have.
    Citizen,
    /// A company or an authority.
    Organisation(Cvr),
}

/// A classification number as written, valid or not.
#[derive(Debug, Clone)]
pub enum ClassifiedAs {
    /// A KLE number.
    Kle(String),
    /// A FORM number.
    Form(String),
}

impl Letter {
    /// A short letter without contact point or classification, with a new UUID.
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
            details: LetterDetails::default(),
        }
    }

    /// What rules can look at in it, as a [`Reader`](super::Reader) finds it in what is written.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let caseless = |text: &String| Some(Caseless::new(text)).filter(|text| !text.is_empty());
        let number = |number: &str| without_space_around(number).to_owned();
        let (kle, form) = match &self.classified_as {
            Some(ClassifiedAs::Kle(kle)) => (number(kle).parse().ok(), None),
            Some(ClassifiedAs::Form(form)) => (None, number(form).parse().ok()),
            None => (None, None),
        };
        Facts {
            sender: match self.from {
                Party::Citizen => Sender::Person,
                Party::Organisation(cvr) => Sender::Organisation(Some(cvr)),
            },
            sender_has_contact_point: self.from_contact_point.as_ref().and_then(caseless).is_some(),
            recipient: Some(self.to),
            contact_point: self.contact_point.as_ref().and_then(|(id, group)| {
                let id = Some(caseless(id)?);
                Some(AddressedContactPoint { id, group: group.as_ref().and_then(caseless) })
            }),
            kle,
            form,
            post_type: Some(self.post_type),
        }
    }
}

/// Writes a message as XML, with the prefix `memo`, which some receivers insist on.
#[must_use]
pub fn write(letter: &Letter) -> Vec<u8> {
    write_in(letter, Style::default())
}

/// Writes a message as XML in that style.
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
    let vehicles =
        if letter.details.licence_plate.is_some() { " xmlns:dmv=\"https://motorregister.skat.dk/\"" } else { "" };
    let _ = write!(
        xml.text,
        "<{root} {declares}=\"{NAMESPACE}\" xmlns:kle=\"http://kle-online.dk/\" \
         xmlns:form=\"http://www.form-online.dk/\"{vehicles} {version}>"
    );
    xml.element("memo:MessageHeader", |xml| header(xml, letter));
    if letter.has_body {
        xml.element("memo:MessageBody", |xml| body(xml, letter));
    }
    let _ = writeln!(xml.text, "</{root}>");
    xml.text.into_bytes()
}

/// A message of an exact size, with an attachment that fills it up. It is never in memory as a whole.
#[derive(Debug, Clone)]
pub struct SizedMessage {
    before: Vec<u8>,
    after: Vec<u8>,
    filling: u64,
}

/// The attachment repeats the base64 of "øvelse, ".
const FILLING: &[u8] = b"w7h2ZWxzZSwg";

impl SizedMessage {
    /// The letter with that size; `None` when it is larger already, or has no body.
    #[must_use]
    pub fn new(letter: &Letter, bytes: u64) -> Option<Self> {
        const START: &[u8] = b"<memo:content>";
        let mut emptied = letter.clone();
        let last = emptied.details.attachments.last_mut().map_or(&mut emptied.text, |attachment| &mut attachment.text);
        last.clear();
        let written = write(&emptied);
        let start = memchr::memmem::rfind(&written, START)? + START.len();
        let (before, after) = (written[..start].to_vec(), written[start..].to_vec());
        let filling = bytes.checked_sub(written.len() as u64)?;
        Some(Self { before, after, filling })
    }

    /// How many bytes it has.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.before.len() as u64 + self.filling + self.after.len() as u64
    }

    /// Its pieces in order, each at most 64 KiB.
    pub fn pieces(&self) -> impl Iterator<Item = Bytes> + use<> {
        // Base64 has groups of four characters; white space at the end of the message makes up for the rest.
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
    xml.element("memo:Sender", |xml| sender(xml, letter));
    xml.element("memo:Recipient", |xml| recipient(xml, letter));
    content_data(xml, letter);
    about(xml, letter);
}

fn sender(xml: &mut Xml, letter: &Letter) {
    let details = &letter.details;
    let (id, id_type, label) = match letter.from {
        Party::Citizen => (details.citizen.to_string(), "CPR", "Øvelsesborger"),
        Party::Organisation(cvr) => (cvr.to_string(), "CVR", "Øvelsesafsender"),
    };
    xml.leaf("memo:senderID", &id);
    xml.leaf("memo:idType", id_type);
    xml.leaf("memo:label", details.sender_name.as_deref().unwrap_or(label));
    if let Some(person) = &details.attention {
        xml.element("memo:AttentionData", |xml| {
            xml.element("memo:AttentionPerson", |xml| xml.leaf("memo:label", person));
        });
    }
    if let Some(id) = &letter.from_contact_point {
        xml.element("memo:ContactPoint", |xml| {
            xml.leaf("memo:contactPointID", id);
            xml.optional("memo:label", details.own_point_name.as_ref());
        });
    }
    if let (Some(representative), Version::V1_2) = (&details.representative, letter.version) {
        let Representative { cvr, name } = representative;
        xml.element("memo:Representative", |xml| {
            xml.leaf("memo:representativeID", &cvr.to_string());
            xml.leaf("memo:idType", "CVR");
            xml.leaf("memo:label", name);
        });
    }
}

fn recipient(xml: &mut Xml, letter: &Letter) {
    let details = &letter.details;
    xml.leaf("memo:recipientID", &letter.to.to_string());
    xml.leaf("memo:idType", "CVR");
    xml.optional("memo:label", details.recipient_name.as_ref());
    if let Some((id, group)) = &letter.contact_point {
        xml.element("memo:ContactPoint", |xml| {
            xml.optional("memo:contactGroup", group.as_ref());
            xml.leaf("memo:contactPointID", id);
            xml.optional("memo:label", details.point_name.as_ref());
            for (field, value) in details.fields.iter().take(LetterDetails::MOST_FIELDS) {
                xml.element("memo:ContactInfo", |xml| {
                    xml.leaf("memo:label", field);
                    xml.leaf("memo:value", value);
                });
            }
        });
    }
}

fn content_data(xml: &mut Xml, letter: &Letter) {
    let details = &letter.details;
    if letter.classified_as.is_none() && details.licence_plate.is_none() && details.case.is_none() {
        return;
    }
    xml.element("memo:ContentData", |xml| {
        if let Some(plate) = &details.licence_plate {
            xml.element("dmv:MotorVehicle", |xml| xml.leaf("dmv:licenseNumber", plate));
        }
        if let Some(case) = &details.case {
            xml.element("memo:CaseID", |xml| {
                xml.leaf("memo:caseID", &case.number);
                xml.leaf("memo:caseSystem", &case.system);
            });
        }
        if let Some(classified_as) = &letter.classified_as {
            classification(xml, classified_as, details.classified_name.as_deref().unwrap_or("Øvelse"));
        }
    });
}

fn about(xml: &mut Xml, letter: &Letter) {
    let details = &letter.details;
    match letter.about {
        None => {}
        Some(About::Forwards(original, written)) => xml.element("memo:ForwardData", |xml| {
            xml.leaf("memo:messageUUID", original.as_str());
            xml.leaf("memo:originalMessageDateTime", &date_time(written));
            xml.leaf("memo:originalSender", details.original_sender.as_deref().unwrap_or("Øvelsesafsender"));
            xml.optional("memo:contactPointID", details.original_point.as_ref());
            xml.leaf("memo:comment", details.comment.as_deref().unwrap_or("Videresendt som øvelse"));
        }),
        Some(About::ReplyTo(original)) => xml.element("memo:ReplyData", |xml| {
            xml.leaf("memo:messageUUID", original.as_str());
            xml.optional("memo:contactPointID", details.original_point.as_ref());
            xml.leaf("memo:comment", details.comment.as_deref().unwrap_or("Svar som øvelse"));
        }),
    }
}

fn date_time(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn classification(xml: &mut Xml, classified_as: &ClassifiedAs, name: &str) {
    match classified_as {
        ClassifiedAs::Kle(number) => xml.element("kle:KLEdata", |xml| {
            xml.leaf("kle:subjectKey", number);
            xml.leaf("kle:version", "Maj 2025");
            xml.leaf("kle:label", name);
        }),
        ClassifiedAs::Form(number) => xml.element("form:FORMdata", |xml| {
            xml.leaf("form:taskKey", number);
            xml.leaf("form:version", "Opgavenøglen v2.12");
            xml.leaf("form:label", name);
        }),
    }
}

fn body(xml: &mut Xml, letter: &Letter) {
    xml.leaf("memo:createdDateTime", &date_time(letter.created));
    xml.element("memo:MainDocument", |xml| {
        xml.leaf("memo:label", &letter.label);
        file(xml, "brev.txt", &letter.text);
    });
    for Attachment { name, file_name, text } in &letter.details.attachments {
        xml.element("memo:AdditionalDocument", |xml| {
            xml.leaf("memo:label", name);
            file(xml, file_name, text);
        });
    }
}

fn file(xml: &mut Xml, name: &str, text: &str) {
    xml.element("memo:File", |xml| {
        xml.leaf("memo:encodingFormat", "text/plain");
        xml.leaf("memo:filename", name);
        xml.leaf("memo:language", "da");
        xml.leaf("memo:content", &BASE64.encode(text));
    });
}

/// XML that is being written.
#[derive(Debug)]
struct Xml {
    text: String,
    style: Style,
}

impl Xml {
    /// The name with the style's prefix instead of `memo`.
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

    fn optional(&mut self, name: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
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
