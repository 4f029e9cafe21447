use super::element_kind::{ElementKind, Text, child};
use super::error::MemoError;
use super::format::NAMESPACE;
use super::header::{Header, MessageUuid};
use super::xml::Listener;
use crate::rules::{AddressedContactPoint, Caseless, Facts, PostType, Sender, without_space_around};

/// The most bytes of text that one element of the header may hold; the schemas allow 512 characters.
const MAX_HEADER_TEXT: usize = 16 * 1024;

/// Picks out of a scanned document what routing needs.
#[derive(Debug, Default)]
pub(super) struct HeaderListener {
    /// The places of the open elements, the innermost last.
    places: Vec<ElementKind>,
    texts: [Option<String>; Text::COUNT],
    /// The text of the element that is open, as far as it is needed, and how long it is in any case.
    text: Vec<u8>,
    text_bytes: usize,
    section: Section,
    /// The name of the open element that is said to be nil, if any.
    nil: Option<&'static str>,
    seen: Vec<ElementKind>,
    /// The places for which there was an element of another namespace.
    decoys: Vec<ElementKind>,
    pub message_uuid: Option<MessageUuid>,
    pub header: Option<Header>,
}

/// Whether the text of the element that is open is in a CDATA section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Section {
    #[default]
    None,
    Open,
    Closed,
}

impl Listener for HeaderListener {
    type Error = MemoError;

    fn start(&mut self, uri: &[u8], local: &[u8], is_nil: bool) -> Result<(), MemoError> {
        let place = self.place(uri, local)?;
        if let Some(ElementKind::Text(text)) = self.places.last() {
            return Err(MemoError::ElementsInText(text.name()));
        }
        if let Some(name) = self.nil {
            return Err(MemoError::Nil(name));
        }
        if self.places.len() == 1 && (self.header.is_none() != (place == ElementKind::Header)) {
            return Err(MemoError::NotAMemo);
        }
        self.once_only(place)?;
        self.nil = place.name().filter(|_| is_nil);
        self.places.push(place);
        self.text.clear();
        self.text_bytes = 0;
        self.section = Section::None;
        Ok(())
    }

    fn end(&mut self) -> Result<(), MemoError> {
        match self.places.pop() {
            Some(ElementKind::Text(text)) => {
                let read = String::from_utf8_lossy(&self.text);
                let read = without_space_around(&read).to_owned();
                if let Some(name) = self.nil.filter(|_| !read.is_empty()) {
                    return Err(MemoError::Nil(name));
                }
                if text == Text::MessageUuid {
                    self.message_uuid = read.parse().ok();
                }
                self.texts[text as usize] = Some(read);
            }
            Some(ElementKind::Header) => {
                self.header = Some(self.take_header()?);
                self.seen = Vec::new();
            }
            _ => {}
        }
        self.text_bytes = 0;
        self.nil = None;
        Ok(())
    }

    fn text(&mut self, text: &[u8]) -> Result<(), MemoError> {
        if self.header.is_some() {
            return Ok(());
        }
        self.text_bytes += text.len();
        if self.text_bytes > MAX_HEADER_TEXT {
            return Err(MemoError::HeaderTooLong);
        }
        if let Some(ElementKind::Text(place)) = self.places.last() {
            if self.section == Section::Closed && !text.is_empty() {
                return Err(MemoError::SectionInText(place.name()));
            }
            self.text.extend_from_slice(text);
        }
        Ok(())
    }

    fn aside(&mut self) -> Result<(), MemoError> {
        match self.places.last() {
            Some(ElementKind::Text(text)) => Err(MemoError::AsideInText(text.name())),
            _ => Ok(()),
        }
    }

    fn section_start(&mut self) -> Result<(), MemoError> {
        match self.places.last() {
            Some(ElementKind::Text(text)) if self.text_bytes > 0 || self.section != Section::None => {
                Err(MemoError::SectionInText(text.name()))
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
    /// Where the element that begins stands.
    fn place(&mut self, uri: &[u8], local: &[u8]) -> Result<ElementKind, MemoError> {
        let Some(parent) = self.places.last() else {
            let is_message = uri == NAMESPACE.as_bytes() && local == b"Message";
            return if is_message { Ok(ElementKind::Message) } else { Err(MemoError::NotAMemo) };
        };
        match child(*parent, local) {
            Some((place, namespace)) if uri == namespace => Ok(place),
            Some((place, _)) => self.decoy(place).map(|()| ElementKind::Elsewhere),
            None => Ok(ElementKind::Elsewhere),
        }
    }

    /// Takes note of an element that has the name of one that belongs in that place, but not its namespace. Beside a
    /// classification such a one is refused; alone it is none.
    fn decoy(&mut self, place: ElementKind) -> Result<(), MemoError> {
        let Some(name) = place.name() else { return Ok(()) };
        // What comes before the header is told otherwise.
        let is_early = place == ElementKind::Header && self.header.is_none();
        let is_harmless = place.classifies() && !self.seen.contains(&place);
        if !is_early && !is_harmless {
            return Err(MemoError::Decoy(name));
        }
        if !self.decoys.contains(&place) {
            self.decoys.push(place);
        }
        Ok(())
    }

    /// What routing needs stands once: a second one could send the message another way.
    fn once_only(&mut self, place: ElementKind) -> Result<(), MemoError> {
        let Some(name) = place.name().filter(|_| place != ElementKind::Header) else { return Ok(()) };
        if self.seen.contains(&place) {
            return Err(MemoError::Twice(name));
        }
        if self.decoys.contains(&place) {
            return Err(MemoError::Decoy(name));
        }
        self.seen.push(place);
        Ok(())
    }

    /// The text, unless it is missing or empty.
    fn take(&mut self, text: Text) -> Option<String> {
        self.texts[text as usize].take().filter(|text| !text.is_empty())
    }

    fn take_header(&mut self) -> Result<Header, MemoError> {
        if self.take(Text::MessageType).is_some_and(|it| it.eq_ignore_ascii_case("NEMSMS")) {
            return Err(MemoError::NemSms);
        }
        let message_uuid = self.message_uuid.ok_or(MemoError::NoMessageUuid)?;
        let sender = self.take(Text::SenderId).zip(self.take(Text::SenderIdType)).ok_or(MemoError::NoSender)?;
        let recipient = self.take(Text::RecipientId).zip(self.take(Text::RecipientIdType));
        let recipient = recipient.ok_or(MemoError::NoRecipient)?;
        let is_cvr = |id_type: &str| id_type.eq_ignore_ascii_case("CVR");
        // One without an id is no contact point, and so in no group either.
        let contact_point = self.take(Text::ContactPointId).map(|id| AddressedContactPoint {
            id: Some(Caseless::new(&id)),
            group: self.take(Text::ContactGroup).map(|group| Caseless::new(&group)),
        });
        let facts = Facts {
            sender: match sender {
                (id, id_type) if is_cvr(&id_type) => Sender::Organisation(id.parse().ok()),
                (_, id_type) if id_type.eq_ignore_ascii_case("CPR") => Sender::Person,
                _ => Sender::Other,
            },
            sender_has_contact_point: self.take(Text::SenderContactPointId).is_some(),
            recipient: recipient.0.parse().ok().filter(|_| is_cvr(&recipient.1)),
            contact_point,
            kle: self.take(Text::Kle).and_then(|it| it.parse().ok()),
            form: self.take(Text::Form).and_then(|it| it.parse().ok()),
            post_type: match self.take(Text::PostType) {
                None => Some(PostType::Unspecified),
                Some(it) if it.eq_ignore_ascii_case("MYNDIGHEDSPOST") => Some(PostType::Authority),
                Some(it) if it.eq_ignore_ascii_case("VIRKSOMHEDSPOST") => Some(PostType::Company),
                Some(_) => None,
            },
        };
        Ok(Header { message_uuid, facts })
    }
}
