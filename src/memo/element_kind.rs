use super::format::NAMESPACE;

const KLE_NAMESPACE: &[u8] = b"http://kle-online.dk/";
const FORM_NAMESPACE: &[u8] = b"http://www.form-online.dk/";

/// The kinds of elements that routing distinguishes. What kind an element is follows from its name, its namespace and the kind
/// of its parent.
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
    /// An element whose text routing needs.
    Field(Field),
    /// Any other element, and everything within it.
    Other,
}

/// A text that routing needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
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

impl Field {
    pub const COUNT: usize = Self::Form as usize + 1;

    /// Its name in error messages.
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
    /// Its name in error messages; `None` where a second one, or one of another namespace, makes no difference to routing.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Field(field) => field.name(),
            Self::Header => "MessageHeader",
            Self::Sender => "Sender",
            Self::Recipient => "Recipient",
            Self::SenderContactPoint => "the sender's ContactPoint",
            Self::RecipientContactPoint => "the recipient's ContactPoint",
            Self::ContentData => "ContentData",
            Self::KleData => "KLEdata",
            Self::FormData => "FORMdata",
            Self::Message | Self::Other => return None,
        })
    }

    /// Whether it belongs to a KLE or FORM number. Something else in its place counts as no number, since mail must flow.
    pub fn classifies(self) -> bool {
        matches!(self, Self::ContentData | Self::KleData | Self::FormData | Self::Field(Field::Kle | Field::Form))
    }

    /// The kind of a child by its name, and the namespace that it must have; `None` for all others. Names alone are not
    /// enough: `contactPointID` also occurs under `ReplyData` and `ForwardData`, and `label` everywhere.
    pub fn child(self, local: &[u8]) -> Option<(Self, &'static [u8])> {
        let memo = |kind| Some((kind, NAMESPACE.as_bytes()));
        let field = |field| memo(Self::Field(field));
        match (self, local) {
            (Self::Message, b"MessageHeader") => memo(Self::Header),
            (Self::Header, b"messageType") => field(Field::MessageType),
            (Self::Header, b"messageUUID") => field(Field::MessageUuid),
            (Self::Header, b"postType") => field(Field::PostType),
            (Self::Header, b"Sender") => memo(Self::Sender),
            (Self::Header, b"Recipient") => memo(Self::Recipient),
            (Self::Header, b"ContentData") => memo(Self::ContentData),
            (Self::Sender, b"senderID") => field(Field::SenderId),
            (Self::Sender, b"idType") => field(Field::SenderIdType),
            (Self::Sender, b"ContactPoint") => memo(Self::SenderContactPoint),
            (Self::SenderContactPoint, b"contactPointID") => field(Field::SenderContactPointId),
            (Self::Recipient, b"recipientID") => field(Field::RecipientId),
            (Self::Recipient, b"idType") => field(Field::RecipientIdType),
            (Self::Recipient, b"ContactPoint") => memo(Self::RecipientContactPoint),
            (Self::RecipientContactPoint, b"contactPointID") => field(Field::ContactPointId),
            (Self::RecipientContactPoint, b"contactGroup") => field(Field::ContactGroup),
            (Self::ContentData, b"KLEdata") => Some((Self::KleData, KLE_NAMESPACE)),
            (Self::ContentData, b"FORMdata") => Some((Self::FormData, FORM_NAMESPACE)),
            (Self::KleData, b"subjectKey") => Some((Self::Field(Field::Kle), KLE_NAMESPACE)),
            (Self::FormData, b"taskKey") => Some((Self::Field(Field::Form), FORM_NAMESPACE)),
            _ => None,
        }
    }
}
