use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

use super::planted::{Allowed, Planted};
use crate::support::AUTHORITY;

/// A letter that is full of personal data, wherever a letter can have any.
#[derive(Clone)]
pub struct Letter {
    pub id_type: &'static str,
    pub sender: String,
    pub message_type: &'static str,
    pub recipient: String,
    pub recipient_type: &'static str,
    pub contact_point: String,
    pub contact_group: String,
    pub label: String,
    pub sender_name: String,
    pub recipient_name: String,
    pub file_name: String,
    pub content: String,
}

impl Letter {
    pub fn new(planted: &Planted) -> Self {
        Self {
            id_type: "CPR",
            sender: planted.cpr("the sender"),
            message_type: "DIGITALPOST",
            recipient: AUTHORITY.to_owned(),
            recipient_type: "CVR",
            contact_point: "241d39f6-998e-4929-b198-ccacbbf4b330".to_owned(),
            contact_group: "Dagtilbud".to_owned(),
            label: format!("{} {}", planted.name("the label"), planted.cpr_with_dash("the label")),
            sender_name: planted.name("the sender's name"),
            recipient_name: planted.name("the recipient's name"),
            file_name: format!("{} {}.pdf", planted.name("a file name"), planted.cpr("a file name")),
            content: format!("{} {}", planted.name("the content"), planted.cpr_with_dash("the content")),
        }
    }

    pub fn xml(&self) -> String {
        let Self { id_type, sender, message_type, recipient, recipient_type, contact_point, contact_group, .. } = self;
        let Self { label, sender_name, recipient_name, file_name, content, .. } = self;
        let (uuid, content) = (Uuid::new_v4(), STANDARD.encode(content));
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<Message xmlns="https://DigitalPost.dk/MeMo-1" memoVersion="1.2"><!-- {label} --><MessageHeader>
<messageType>{message_type}</messageType><messageUUID>{uuid}</messageUUID><label>{label}</label>
<Sender><senderID>{sender}</senderID><idType>{id_type}</idType><idTypeLabel>{sender_name}</idTypeLabel>
<label>{sender_name}</label><Representative><representativeID>{sender}</representativeID><idType>CPR</idType>
<label>{sender_name}</label></Representative></Sender>
<Recipient><recipientID>{recipient}</recipientID><idType>{recipient_type}</idType><label>{recipient_name}</label>
<ContactPoint><contactGroup>{contact_group}</contactGroup><contactPointID>{contact_point}</contactPointID>
<label>{recipient_name}</label></ContactPoint></Recipient>
<AdditionalContentData><contentDataName>{sender_name}</contentDataName></AdditionalContentData></MessageHeader>
<MessageBody><createdDateTime>2024-05-03T12:00:00Z</createdDateTime><MainDocument documentID="{sender}">
<label>{label}</label><File><encodingFormat>application/pdf</encodingFormat><filename>{file_name}</filename>
<language>da</language><content>{content}</content></File></MainDocument></MessageBody></Message>"#
        )
    }
}

/// Letters that a router takes and hands on.
pub fn sound(letter: &Letter, planted: &Planted) -> Vec<String> {
    let from = |id_type, sender| Letter { id_type, sender, ..letter.clone() };
    let mut letters = vec![
        letter.clone(),
        from("cpr", planted.cpr("a sender, in small letters")),
        from("CPR", planted.cpr_with_dash("a sender, with a dash")),
        from("PASNUMMER", planted.cpr("a sender of another kind")),
        from("CVR", planted.cpr("a company's number")),
        from("CVR", "12345678".to_owned()),
    ];
    let groups = [
        planted.cpr("a contact group"),
        format!("Sag {}", planted.cpr_with_dash("a contact group's words")),
        format!("{}{}", "x".repeat(246), planted.cpr("a contact group that is cut off")) + "1",
        planted.name_allowed("a contact group", Allowed::Journal),
    ];
    letters.extend(groups.map(|contact_group| Letter { contact_group, ..letter.clone() }));
    let points = [
        planted.cpr("a contact point"),
        planted.cpr("a contact point between spaces") + " ",
        planted.cpr_with("\u{200B}-\u{AD}", "a contact point with signs that are not seen"),
        planted.name_allowed("a contact point", Allowed::Journal),
    ];
    letters.extend(points.map(|contact_point| Letter { contact_point, ..letter.clone() }));
    letters.iter().map(Letter::xml).collect()
}

/// Messages that a router refuses for what they hold, in all the ways there are; most of them at what must not get out.
pub fn refused(letter: &Letter, planted: &Planted) -> Vec<String> {
    let citizen = Letter { recipient: planted.cpr("a recipient"), recipient_type: "CPR", ..letter.clone() };
    let no_company = Letter { recipient: planted.cpr("a recipient's CVR number"), ..letter.clone() };
    let mut messages = vec![
        Letter { message_type: "NEMSMS", ..letter.clone() }.xml(),
        citizen.xml(),
        no_company.xml(),
        Letter { recipient: "87654321".to_owned(), ..letter.clone() }.xml(),
    ];
    let mut spoil = |origin: &str, from: &str, to: fn(&str) -> String| {
        let xml = letter.xml();
        assert!(xml.contains(from), "there is no {from}");
        messages.push(xml.replacen(from, &to(&planted.cpr(origin)), 1));
    };
    spoil("an end tag", "</idTypeLabel>", |cpr| format!("</cpr{cpr}>"));
    spoil("an element within a text", "<recipientID>", |cpr| format!("<recipientID><cpr{cpr}/>"));
    spoil("a name that is none", "<Recipient>", |cpr| format!("<{cpr}/><Recipient>"));
    spoil("a prefix", "<Recipient>", |cpr| format!("<cpr{cpr}:a/><Recipient>"));
    spoil("an attribute", "<Recipient>", |cpr| format!("<a b='{cpr}' b='{cpr}'/><Recipient>"));
    spoil("an attribute's name", "<Recipient>", |cpr| format!("<a b{cpr}=''  b{cpr}=''/><Recipient>"));
    spoil("an attribute that is not closed", "<Recipient>", |cpr| format!("<a b='{cpr}><Recipient>"));
    spoil("an entity", "<Recipient>", |cpr| format!("&cpr{cpr};<Recipient>"));
    spoil("a reference to a character", "<Recipient>", |cpr| format!("&#{cpr};<Recipient>"));
    spoil("before a forbidden character", "<Recipient>", |cpr| format!("{cpr}\u{1}<Recipient>"));
    spoil("a DOCTYPE", "<Message ", |cpr| format!("<!DOCTYPE cpr{cpr} [<!ENTITY a '{cpr}'>]><Message "));
    spoil("a processing instruction", "<Recipient>", |cpr| format!("<?cpr{cpr}:?><?xml {cpr}?><Recipient>"));
    spoil("a comment", "<Recipient>", |cpr| format!("<!-- {cpr} --{cpr} --><Recipient>"));
    spoil("the encoding", "UTF-8", str::to_owned);
    spoil("the namespace", "https://DigitalPost.dk/MeMo-1", |cpr| format!("urn:{cpr}"));
    spoil("the outermost element", "<Message ", |cpr| format!("<cpr{cpr}/><Message "));
    spoil("after the end", "</Message>", |cpr| format!("</Message>{cpr}"));
    spoil("the messageUUID", "<messageUUID>", |cpr| format!("<messageUUID>{cpr}"));
    spoil("the sender's kind", "<idType>", |cpr| format!("<idType>{cpr}</idType><idType>"));
    spoil("a second recipient", "<Recipient>", |cpr| {
        format!("<Recipient><recipientID>{cpr}</recipientID></Recipient><Recipient>")
    });
    spoil("a header that is too long", "<label>", |cpr| format!("<label>{}", cpr.repeat(2_000)));
    spoil("no message at all", "<?xml", |cpr| format!("{cpr}<?xml"));
    let cut_off = letter.xml();
    messages.push(cut_off[..cut_off.len() - 20].to_owned());
    messages
}
