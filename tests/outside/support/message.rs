use std::fmt::Write;

use super::AUTHORITY;

/// A MeMo message as a sender might write it, made without the program's own writer.
#[derive(Debug, Clone)]
pub struct Memo {
    pub uuid: String,
    pub message_type: &'static str,
    pub label: &'static str,
    /// Id and type of id; `None` leaves the element out.
    pub sender: Option<(&'static str, &'static str)>,
    pub recipient: Option<(&'static str, &'static str)>,
    pub contact_point: Option<String>,
    /// With its colon; empty for the default namespace.
    pub prefix: &'static str,
    pub has_byte_order_mark: bool,
    /// The base64 of the file.
    pub content: String,
}

impl Memo {
    /// A citizen's letter to the authority.
    pub fn new() -> Self {
        Self {
            uuid: uuid::Uuid::new_v4().to_string(),
            message_type: "DIGITALPOST",
            label: "Ansøgning om plads",
            sender: Some(("2211771212", "CPR")),
            recipient: Some((AUTHORITY, "CVR")),
            contact_point: None,
            prefix: "memo:",
            has_byte_order_mark: false,
            content: "SGVqIHZlcmRlbg==".to_owned(),
        }
    }

    pub fn xml(&self) -> Vec<u8> {
        let [mut beginning, end] = self.around_content();
        beginning.extend_from_slice(self.content.as_bytes());
        beginning.extend_from_slice(&end);
        beginning
    }

    /// The message, padded to exactly `length` bytes.
    pub fn xml_of_length(&self, length: usize) -> Vec<u8> {
        let [beginning, end] = self.around_content();
        let mut xml = beginning;
        xml.resize(length - end.len(), b'A');
        xml.extend_from_slice(&end);
        xml
    }

    /// What comes before and after the content.
    pub fn around_content(&self) -> [Vec<u8>; 2] {
        let p = self.prefix;
        let declaration = if p.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", p.trim_end_matches(':')) };
        let mut xml = String::new();
        if self.has_byte_order_mark {
            xml.push('\u{FEFF}');
        }
        let _ = writeln!(xml, r#"<?xml version="1.0" encoding="UTF-8"?>"#);
        let _ = writeln!(xml, r#"<{p}Message {declaration}="https://DigitalPost.dk/MeMo-1" memoVersion="1.2">"#);
        let _ = writeln!(xml, "<{p}MessageHeader><{p}messageType>{}</{p}messageType>", self.message_type);
        if !self.uuid.is_empty() {
            let _ = writeln!(xml, "<{p}messageUUID>{}</{p}messageUUID>", self.uuid);
        }
        let _ = writeln!(xml, "<{p}label>{}</{p}label>", self.label);
        if let Some((id, id_type)) = self.sender {
            let id = format!("<{p}senderID>{id}</{p}senderID><{p}idType>{id_type}</{p}idType>");
            let _ = writeln!(xml, "<{p}Sender>{id}<{p}label>Emilie Afsender</{p}label></{p}Sender>");
        }
        if let Some((id, id_type)) = self.recipient {
            let _ = write!(xml, "<{p}Recipient><{p}recipientID>{id}</{p}recipientID><{p}idType>{id_type}</{p}idType>");
            if let Some(id) = &self.contact_point {
                let id = format!("<{p}contactPointID>{id}</{p}contactPointID>");
                let _ = write!(xml, "<{p}ContactPoint>{id}</{p}ContactPoint>");
            }
            let _ = writeln!(xml, "</{p}Recipient>");
        }
        let _ = writeln!(xml, "</{p}MessageHeader>");
        let _ = writeln!(xml, "<{p}MessageBody><{p}createdDateTime>2024-05-03T12:00:00Z</{p}createdDateTime>");
        let _ = writeln!(xml, "<{p}MainDocument><{p}File><{p}encodingFormat>text/plain</{p}encodingFormat>");
        let _ = write!(xml, "<{p}filename>brev.txt</{p}filename><{p}language>da</{p}language><{p}content>");
        let end = format!("</{p}content></{p}File></{p}MainDocument></{p}MessageBody></{p}Message>");
        [xml.into_bytes(), end.into_bytes()]
    }
}
