use super::format::NAMESPACE;

const KLE_NAMESPACE: &[u8] = b"http://kle-online.dk/";
const FORM_NAMESPACE: &[u8] = b"http://www.form-online.dk/";

/// Where in a message an element stands, as far as routing cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementKind {
    Message,
    Header,
    Sender,
    SenderContactPoint,
    Recipient,
    RecipientContactPoint,
    ContentData,
    KleData,
    FormData,
    Text(Text),
    /// Anything else, with all that is in it.
    Elsewhere,
}

/// A text that routing needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    MessageType,
    MessageUuid,
    PostType,
    SenderId,
    SenderIdType,
    SenderContactPointId,
    RecipientId,
    RecipientIdType,
    ContactPointId,
    ContactGroup,
    Kle,
    Form,
}

impl Text {
    pub const COUNT: usize = Self::Form as usize + 1;

    pub fn name(self) -> &'static str {
        match self {
            Self::MessageType => "messageType",
            Self::MessageUuid => "messageUUID",
            Self::PostType => "postType",
            Self::SenderId => "senderID",
            Self::SenderIdType => "the sender's idType",
            Self::SenderContactPointId => "the sender's contactPointID",
            Self::RecipientId => "recipientID",
            Self::RecipientIdType => "the recipient's idType",
            Self::ContactPointId => "the recipient's contactPointID",
            Self::ContactGroup => "the recipient's contactGroup",
            Self::Kle => "the KLE subjectKey",
            Self::Form => "the FORM taskKey",
        }
    }
}

impl ElementKind {
    /// What people know it by; `None` where it makes no difference to routing.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Text(text) => text.name(),
            Self::Header => "MessageHeader",
            Self::Sender => "Sender",
            Self::Recipient => "Recipient",
            Self::SenderContactPoint => "the sender's ContactPoint",
            Self::RecipientContactPoint => "the recipient's ContactPoint",
            Self::ContentData => "ContentData",
            Self::KleData => "KLEdata",
            Self::FormData => "FORMdata",
            Self::Message | Self::Elsewhere => return None,
        })
    }

    /// Whether it belongs to a KLE or FORM number. What is no such number counts as none, for mail must flow.
    pub fn classifies(self) -> bool {
        matches!(self, Self::ContentData | Self::KleData | Self::FormData | Self::Text(Text::Kle | Text::Form))
    }
}

/// The place of a child element by its name, and the namespace that makes it what it is. Others of that name stand
/// elsewhere: a `contactPointID` of what is replied to, labels.
pub(super) fn child(parent: ElementKind, local: &[u8]) -> Option<(ElementKind, &'static [u8])> {
    let memo = |place| Some((place, NAMESPACE.as_bytes()));
    match (parent, local) {
        (ElementKind::Message, b"MessageHeader") => memo(ElementKind::Header),
        (ElementKind::Header, b"messageType") => memo(ElementKind::Text(Text::MessageType)),
        (ElementKind::Header, b"messageUUID") => memo(ElementKind::Text(Text::MessageUuid)),
        (ElementKind::Header, b"postType") => memo(ElementKind::Text(Text::PostType)),
        (ElementKind::Header, b"Sender") => memo(ElementKind::Sender),
        (ElementKind::Header, b"Recipient") => memo(ElementKind::Recipient),
        (ElementKind::Header, b"ContentData") => memo(ElementKind::ContentData),
        (ElementKind::Sender, b"senderID") => memo(ElementKind::Text(Text::SenderId)),
        (ElementKind::Sender, b"idType") => memo(ElementKind::Text(Text::SenderIdType)),
        (ElementKind::Sender, b"ContactPoint") => memo(ElementKind::SenderContactPoint),
        (ElementKind::SenderContactPoint, b"contactPointID") => memo(ElementKind::Text(Text::SenderContactPointId)),
        (ElementKind::Recipient, b"recipientID") => memo(ElementKind::Text(Text::RecipientId)),
        (ElementKind::Recipient, b"idType") => memo(ElementKind::Text(Text::RecipientIdType)),
        (ElementKind::Recipient, b"ContactPoint") => memo(ElementKind::RecipientContactPoint),
        (ElementKind::RecipientContactPoint, b"contactPointID") => memo(ElementKind::Text(Text::ContactPointId)),
        (ElementKind::RecipientContactPoint, b"contactGroup") => memo(ElementKind::Text(Text::ContactGroup)),
        (ElementKind::ContentData, b"KLEdata") => Some((ElementKind::KleData, KLE_NAMESPACE)),
        (ElementKind::ContentData, b"FORMdata") => Some((ElementKind::FormData, FORM_NAMESPACE)),
        (ElementKind::KleData, b"subjectKey") => Some((ElementKind::Text(Text::Kle), KLE_NAMESPACE)),
        (ElementKind::FormData, b"taskKey") => Some((ElementKind::Text(Text::Form), FORM_NAMESPACE)),
        _ => None,
    }
}
