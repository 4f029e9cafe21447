//! Which messages are wanted, as it is filled in.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::memo::Version;
use crate::rules::{Authority, Caseless, PostType};
use crate::training::{MessageMaker, Shape, Subject, Traffic, Wish, WishedAddress, WishedNumber, Writer};

/// The most digits of a number that somebody could mean.
const MAX_TEXT: usize = 32;

/// Which number is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumberKind {
    #[default]
    Any,
    Missing,
    Kle,
    Form,
}

/// How large messages are to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SizeChoice {
    #[default]
    AsMade,
    Bytes(u64),
    /// As typed.
    Other,
}

impl SizeChoice {
    pub(super) const ALL: [Self; 7] = [
        Self::AsMade,
        Self::Bytes(100_000),
        Self::Bytes(1_000_000),
        Self::Bytes(10_000_000),
        Self::Bytes(50_000_000),
        Self::Bytes(MessageMaker::MAX_SIZE),
        Self::Other,
    ];
}

/// A field with text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WishField {
    Number,
    Size,
    Count,
    Seed,
}

impl WishField {
    pub const fn id(self) -> &'static str {
        match self {
            Self::Number => "traffic-number-value",
            Self::Size => "traffic-size-value",
            Self::Count => "traffic-count",
            Self::Seed => "traffic-seed",
        }
    }
}

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WishForm {
    /// Nothing is wished for but a version and a size.
    pub is_free: bool,
    pub writer: Option<Writer>,
    pub subject: Option<Subject>,
    pub address: Option<WishedAddress>,
    pub number: NumberKind,
    pub number_text: String,
    pub post_type: Option<PostType>,
    pub shape: Option<Shape>,
    pub version: Option<Version>,
    pub size: SizeChoice,
    pub size_text: String,
    pub count: String,
    pub seed: String,
}

/// What is typed is no value of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotReadable;

/// One choice or one text of the form.
#[derive(Debug, Clone)]
pub enum WishMessage {
    Free(bool),
    Writer(Option<Writer>),
    Subject(Option<Subject>),
    Address(Option<WishedAddress>),
    Number(NumberKind),
    PostType(Option<PostType>),
    Shape(Option<Shape>),
    Version(Option<Version>),
    Size(SizeChoice),
    Write(WishField, String),
}

impl Default for WishForm {
    fn default() -> Self {
        Self {
            is_free: true,
            writer: None,
            subject: None,
            address: None,
            number: NumberKind::Any,
            number_text: String::new(),
            post_type: None,
            shape: None,
            version: None,
            size: SizeChoice::AsMade,
            size_text: String::new(),
            count: "5".to_owned(),
            seed: "1".to_owned(),
        }
    }
}

impl WishForm {
    pub fn update(&mut self, message: WishMessage) {
        match message {
            WishMessage::Free(is_free) => self.is_free = is_free,
            WishMessage::Writer(writer) => self.writer = writer,
            WishMessage::Subject(subject) => self.subject = subject,
            WishMessage::Address(address) => self.address = address,
            WishMessage::Number(kind) => {
                if kind != self.number {
                    self.number_text.clear();
                }
                self.number = kind;
            }
            WishMessage::PostType(post_type) => self.post_type = post_type,
            WishMessage::Shape(shape) => self.shape = shape,
            WishMessage::Version(version) => self.version = version,
            WishMessage::Size(size) => self.size = size,
            WishMessage::Write(field, text) => {
                let text: String = text.chars().take(MAX_TEXT).collect();
                match field {
                    WishField::Number => self.number_text = text,
                    WishField::Size => self.size_text = text,
                    WishField::Count => self.count = text,
                    WishField::Seed => self.seed = text,
                }
            }
        }
    }

    /// Another authority has other contact points.
    pub fn leave_authority(&mut self) {
        self.address = None;
    }

    /// How many; `None` while that is no valid number.
    pub fn count(&self) -> Option<u32> {
        self.count.trim().parse().ok().filter(|count| (1..=Traffic::MAX_WANTED).contains(count))
    }

    pub fn seed(&self) -> Option<u64> {
        self.seed.trim().parse().ok()
    }

    /// The wished size; `None` for as many bytes as it takes.
    pub fn size(&self) -> Result<Option<u64>, NotReadable> {
        const POSSIBLE: RangeInclusive<u64> = MessageMaker::MIN_SIZE..=MessageMaker::MAX_SIZE;
        match self.size {
            SizeChoice::AsMade => Ok(None),
            SizeChoice::Bytes(bytes) => Ok(Some(bytes)),
            SizeChoice::Other => {
                // Thousands may be apart.
                let digits: String = self.size_text.chars().filter(|it| !matches!(it, '.' | ',' | ' ')).collect();
                let bytes = digits.parse().ok().filter(|bytes| POSSIBLE.contains(bytes));
                bytes.map(Some).ok_or(NotReadable)
            }
        }
    }

    /// The wished number; `None` where none is wished for.
    pub fn number(&self) -> Result<Option<WishedNumber>, NotReadable> {
        let text = self.number_text.trim();
        match self.number {
            _ if self.is_free => Ok(None),
            NumberKind::Any => Ok(None),
            NumberKind::Missing => Ok(Some(WishedNumber::Missing)),
            NumberKind::Kle => text.parse().map(|kle| Some(WishedNumber::Kle(kle))).map_err(|_| NotReadable),
            NumberKind::Form => text.parse().map(|form| Some(WishedNumber::Form(form))).map_err(|_| NotReadable),
        }
    }

    /// What is wished for; `None` while a field is invalid. Where the number of messages is invalid it is one, as it does
    /// not matter to those that are sent one by one.
    pub fn wish(&self) -> Option<Wish> {
        let number = self.number().ok()?;
        let free = Wish { version: self.version, ..Wish::any(self.count().unwrap_or(1)) };
        if self.is_free {
            return Some(free);
        }
        Some(Wish {
            writer: self.writer,
            subject: self.subject,
            address: self.address.clone(),
            number,
            post_type: self.post_type,
            shape: self.shape,
            ..free
        })
    }
}

/// The names of the groups of an authority's contact points, each once, in the order of the points.
pub(super) fn groups(authority: &Authority) -> Vec<&Caseless> {
    let mut groups: Vec<&Caseless> = Vec::new();
    let mut seen = HashSet::new();
    for group in authority.contact_points.iter().flat_map(|point| &point.groups) {
        if seen.insert(&group.name) {
            groups.push(&group.name);
        }
    }
    groups
}
