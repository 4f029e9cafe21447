use super::element_kind::{ElementKind, Field};
use super::error::MemoError;
use super::format::NAMESPACE;
use super::header::{Header, MessageUuid};
use super::xml::Listener;
use crate::rules::{AddressedContactPoint, Caseless, Facts, PostType, Sender, without_space_around};

/// The most bytes of text in one element of the header; the schemas allow 512 characters.
const MAX_HEADER_TEXT: usize = 16 * 1024;

/// Collects the header of a message while it is scanned.
///
/// Fagsystems read the same bytes with other parsers. So whatever some reader could understand otherwise is refused where it
/// decides the way of a message: a second element, one of another namespace, a text in pieces, a text that is said to be nil.
#[derive(Debug, Default)]
pub(super) struct HeaderListener {
    /// The kinds of the open elements as far as routing distinguishes them, the innermost last.
    open: Vec<ElementKind>,
    /// The number of open elements within them, all of which are [`ElementKind::Other`]: what is in one is one itself.
    others: usize,
    fields: [Option<String>; Field::COUNT],
    /// The text of the innermost element, if it is a field.
    text: Vec<u8>,
    /// The length of the text of the innermost element, whatever its kind.
    text_bytes: usize,
    section: Section,
    /// The name of the innermost element if it is said to be nil.
    nil: Option<&'static str>,
    seen: Vec<ElementKind>,
    /// The kinds of which there was an element by name, but of another namespace.
    decoys: Vec<ElementKind>,
    pub message_uuid: Option<MessageUuid>,
    pub header: Option<Header>,
}

/// Whether the text of the innermost element is in a CDATA section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    #[default]
    None,
    Open,
    Closed,
}

impl Listener for HeaderListener {
    type Error = MemoError;

    #[inline]
    fn start(&mut self, uri: &[u8], local: &[u8], is_nil: bool) -> Result<(), MemoError> {
        if self.others == 0 {
            return self.start_below_known(uri, local, is_nil);
        }
        self.others += 1;
        self.text_bytes = 0;
        self.section = Section::None;
        Ok(())
    }

    #[inline]
    fn end(&mut self) -> Result<(), MemoError> {
        self.text_bytes = 0;
        if self.others == 0 {
            return self.end_known();
        }
        self.others -= 1;
        Ok(())
    }

    #[inline]
    fn text(&mut self, text: &[u8]) -> Result<(), MemoError> {
        if self.header.is_some() {
            return Ok(());
        }
        self.text_bytes += text.len();
        if self.text_bytes > MAX_HEADER_TEXT {
            return Err(MemoError::HeaderTooLong);
        }
        if let Some(field) = self.innermost_field() {
            if self.section == Section::Closed && !text.is_empty() {
                return Err(MemoError::SectionInText(field.name()));
            }
            self.text.extend_from_slice(text);
        }
        Ok(())
    }

    fn comment_or_instruction(&mut self) -> Result<(), MemoError> {
        self.innermost_field().map_or(Ok(()), |field| Err(MemoError::AsideInText(field.name())))
    }

    fn section_start(&mut self) -> Result<(), MemoError> {
        match self.innermost_field() {
            Some(field) if self.text_bytes > 0 || self.section != Section::None => {
                Err(MemoError::SectionInText(field.name()))
            }
            _ => {
                self.section = Section::Open;
                Ok(())
            }
        }
    }

    fn section_end(&mut self) {
        self.section = Section::Closed;
    }
}

impl HeaderListener {
    /// The field whose text is read.
    #[inline]
    fn innermost_field(&self) -> Option<Field> {
        match self.open.last() {
            Some(ElementKind::Field(field)) if self.others == 0 => Some(*field),
            _ => None,
        }
    }

    /// An element begins in one that routing distinguishes, or outside all.
    fn start_below_known(&mut self, uri: &[u8], local: &[u8], is_nil: bool) -> Result<(), MemoError> {
        let kind = self.kind(uri, local)?;
        if let Some(ElementKind::Field(field)) = self.open.last() {
            return Err(MemoError::ElementsInText(field.name()));
        }
        if let Some(name) = self.nil {
            return Err(MemoError::Nil(name));
        }
        if self.open.len() == 1 && (self.header.is_none() != (kind == ElementKind::Header)) {
            return Err(MemoError::NotAMemo);
        }
        self.require_single(kind)?;
        self.nil = kind.name().filter(|_| is_nil);
        match kind {
            ElementKind::Other => self.others = 1,
            known => self.open.push(known),
        }
        self.text.clear();
        self.text_bytes = 0;
        self.section = Section::None;
        Ok(())
    }

    /// An element that routing distinguishes ends.
    fn end_known(&mut self) -> Result<(), MemoError> {
        match self.open.pop() {
            Some(ElementKind::Field(field)) => self.end_field(field)?,
            Some(ElementKind::Header) => {
                self.header = Some(self.read_header()?);
                self.seen = Vec::new();
            }
            _ => {}
        }
        self.nil = None;
        Ok(())
    }

    /// The kind of the element that begins.
    fn kind(&mut self, uri: &[u8], local: &[u8]) -> Result<ElementKind, MemoError> {
        let Some(parent) = self.open.last() else {
            let is_message = uri == NAMESPACE.as_bytes() && local == b"Message";
            return if is_message { Ok(ElementKind::Message) } else { Err(MemoError::NotAMemo) };
        };
        match parent.child(local) {
            Some((kind, namespace)) if uri == namespace => Ok(kind),
            Some((kind, _)) => self.decoy(kind).map(|()| ElementKind::Other),
            None => Ok(ElementKind::Other),
        }
    }

    /// Records an element that has the name of that kind, but another namespace. A decoy of a classification is refused only
    /// together with the real one; alone it counts as no classification.
    fn decoy(&mut self, kind: ElementKind) -> Result<(), MemoError> {
        let Some(name) = kind.name() else { return Ok(()) };
        // Whatever comes before the header is refused for another reason.
        let is_early = kind == ElementKind::Header && self.header.is_none();
        let is_harmless = kind.classifies() && !self.seen.contains(&kind);
        if !is_early && !is_harmless {
            return Err(MemoError::Decoy(name));
        }
        if !self.decoys.contains(&kind) {
            self.decoys.push(kind);
        }
        Ok(())
    }

    /// Refuses a second element of a kind that routing needs: it could send the message another way.
    fn require_single(&mut self, kind: ElementKind) -> Result<(), MemoError> {
        let Some(name) = kind.name().filter(|_| kind != ElementKind::Header) else { return Ok(()) };
        if self.seen.contains(&kind) {
            return Err(MemoError::Twice(name));
        }
        if self.decoys.contains(&kind) {
            return Err(MemoError::Decoy(name));
        }
        self.seen.push(kind);
        Ok(())
    }

    fn end_field(&mut self, field: Field) -> Result<(), MemoError> {
        let text = String::from_utf8_lossy(&self.text);
        let text = without_space_around(&text).to_owned();
        if let Some(name) = self.nil.filter(|_| !text.is_empty()) {
            return Err(MemoError::Nil(name));
        }
        if field == Field::MessageUuid {
            self.message_uuid = text.parse().ok();
        }
        self.fields[field as usize] = Some(text);
        Ok(())
    }

    /// The text of a field, unless it is missing or empty.
    fn field(&mut self, field: Field) -> Option<String> {
        self.fields[field as usize].take().filter(|text| !text.is_empty())
    }

    fn read_header(&mut self) -> Result<Header, MemoError> {
        if self.field(Field::MessageType).is_some_and(|it| it.eq_ignore_ascii_case("NEMSMS")) {
            return Err(MemoError::NemSms);
        }
        let message_uuid = self.message_uuid.ok_or(MemoError::NoMessageUuid)?;
        let sender = self.field(Field::SenderId).zip(self.field(Field::SenderIdType)).ok_or(MemoError::NoSender)?;
        let recipient = self.field(Field::RecipientId).zip(self.field(Field::RecipientIdType));
        let recipient = recipient.ok_or(MemoError::NoRecipient)?;
        let is_cvr = |id_type: &str| id_type.eq_ignore_ascii_case("CVR");
        // A contact point without an id does not count, and so is not in a group either.
        let contact_point = self.field(Field::ContactPointId).map(|id| AddressedContactPoint {
            id: Some(Caseless::new(&id)),
            group: self.field(Field::ContactGroup).map(|group| Caseless::new(&group)),
        });
        let facts = Facts {
            sender: match sender {
                (id, id_type) if is_cvr(&id_type) => Sender::Organisation(id.parse().ok()),
                (_, id_type) if id_type.eq_ignore_ascii_case("CPR") => Sender::Person,
                _ => Sender::Other,
            },
            sender_has_contact_point: self.field(Field::SenderContactPointId).is_some(),
            recipient: recipient.0.parse().ok().filter(|_| is_cvr(&recipient.1)),
            contact_point,
            kle: self.field(Field::Kle).and_then(|it| it.parse().ok()),
            form: self.field(Field::Form).and_then(|it| it.parse().ok()),
            post_type: match self.field(Field::PostType) {
                None => Some(PostType::Unspecified),
                Some(it) if it.eq_ignore_ascii_case("MYNDIGHEDSPOST") => Some(PostType::Authority),
                Some(it) if it.eq_ignore_ascii_case("VIRKSOMHEDSPOST") => Some(PostType::Company),
                Some(_) => None,
            },
        };
        Ok(Header { message_uuid, facts })
    }
}
