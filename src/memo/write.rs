use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;

use crate::rules::{Cvr, PostType};

use super::{MessageUuid, NAMESPACE};

/// A message to be written, for training and tests: what routing can look at, and a short text.
///
/// What [`write()`] makes of it is valid against the schemas of MeMo 1.2, as long as its texts have the length that
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
        }
    }
}

/// Writes a message in MeMo 1.2.
#[must_use]
pub fn write(letter: &Letter) -> Vec<u8> {
    let mut xml = Xml::default();
    xml.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(
        xml.text,
        "<memo:Message xmlns:memo=\"{NAMESPACE}\" xmlns:kle=\"http://kle-online.dk/\" \
         xmlns:form=\"http://www.form-online.dk/\" memoVersion=\"1.2\">"
    );
    xml.element("memo:MessageHeader", |xml| header(xml, letter));
    xml.element("memo:MessageBody", |xml| body(xml, letter));
    xml.text.push_str("</memo:Message>\n");
    xml.text.into_bytes()
}

fn header(xml: &mut Xml, letter: &Letter) {
    xml.leaf("memo:messageType", "DIGITALPOST");
    xml.leaf("memo:messageUUID", letter.message_uuid.as_str());
    xml.leaf("memo:label", &letter.label);
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
    xml.leaf("memo:createdDateTime", &letter.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
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
#[derive(Debug, Default)]
struct Xml {
    text: String,
}

impl Xml {
    fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
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
