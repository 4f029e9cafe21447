//! The letters of each trial: made-up persons and authorities alone.

use std::time::Duration;
use std::{io, iter};

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};
use jiff::Timestamp;

use super::trial::Trial;
use crate::memo::{
    About, ClassifiedAs, Letter, MAX_MESSAGE_BYTES, MessageUuid, Party, SizedMessage, Style, Version, write, write_in,
};
use crate::router::TrialLetter;
use crate::rules::{Cvr, PostType};

/// The size of a letter that is sent in several pieces, in bytes: the router sends smaller ones whole.
const IN_PIECES_BYTES: u64 = 300_000;
/// The bytes that are sent before a letter is cut off.
const BYTES_BEFORE_CUT: u64 = 200_000;
/// How long the router waits before it cuts a letter off. The endpoint must not accept the letter in that time.
const WAIT_BEFORE_CUT: Duration = Duration::from_millis(300);
/// How many letters are sent at the same time.
const CONCURRENT_LETTERS: usize = 16;
/// 20 MB, in bytes.
const LARGE_BYTES: u64 = 20_000_000;

/// The made-up company and authority: CVR numbers that begin with 0, as no company's does.
const COMPANY: &str = "01304054";
const AUTHORITY: &str = "01203045";
const CONTACT_POINT: &str = "5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10";
const AUTHORITYS_CONTACT_POINT: &str = "c3b9e4d8-71a6-4f5e-bb0a-90d2c5e8f732";

/// A placeholder for a label that the writer would escape.
const LABEL: &str = "LABEL";
/// Letters beyond ASCII and beyond the first plane, one with a combining accent, entities by name and number, and CDATA.
const SPECIAL: &str = "Blåbærgrød på Ærø &amp; 🫐👩‍👧 cafe\u{301} &lt;b&gt; &#248; &#x1F4EE; <![CDATA[<æ> & ]] ]]>";

/// One call of a trial.
#[derive(Debug, Clone)]
pub(super) struct TestCall {
    pub uuid: MessageUuid,
    content: Content,
    /// Whether it has a `Content-Length`.
    has_length: bool,
    /// Whether it is cut off in the middle.
    pub is_cut: bool,
}

#[derive(Debug, Clone)]
enum Content {
    Whole(Bytes),
    Sized(SizedMessage, u64),
}

impl TestCall {
    fn of(letter: &Letter) -> Self {
        Self::written(letter.message_uuid, write(letter))
    }

    fn written(uuid: MessageUuid, bytes: Vec<u8>) -> Self {
        Self { uuid, content: Content::Whole(bytes.into()), has_length: true, is_cut: false }
    }

    fn sized(letter: &Letter, bytes: u64, has_length: bool) -> Self {
        let content = SizedMessage::new(letter, bytes).map(|message| Content::Sized(message, bytes));
        let content = content.unwrap_or_else(|| Content::Whole(write(letter).into()));
        Self { uuid: letter.message_uuid, content, has_length, is_cut: false }
    }

    fn cut(self) -> Self {
        Self { is_cut: true, ..self }
    }

    /// The size of the whole letter.
    pub fn bytes(&self) -> u64 {
        match &self.content {
            Content::Whole(bytes) => bytes.len() as u64,
            Content::Sized(_, bytes) => *bytes,
        }
    }

    /// The letter as the router receives it.
    pub fn letter(&self) -> TrialLetter {
        let pieces: BoxStream<'static, io::Result<Bytes>> = match &self.content {
            Content::Whole(bytes) => stream::iter([Ok(bytes.clone())]).boxed(),
            Content::Sized(message, _) => stream::iter(message.pieces().map(Ok)).boxed(),
        };
        let length = self.has_length.then(|| self.bytes());
        TrialLetter { pieces: if self.is_cut { cut_off(pieces) } else { pieces }, length }
    }
}

/// The first pieces, then a pause, then an error.
fn cut_off(pieces: BoxStream<'static, io::Result<Bytes>>) -> BoxStream<'static, io::Result<Bytes>> {
    let beginning = pieces.scan(0, |came, piece| {
        let has_enough = *came >= BYTES_BEFORE_CUT;
        *came += piece.as_ref().map_or(0, |piece| piece.len() as u64);
        std::future::ready((!has_enough).then_some(piece))
    });
    let end = stream::once(async {
        tokio::time::sleep(WAIT_BEFORE_CUT).await;
        Err(io::Error::other("broken off, to see what the endpoint makes of it"))
    });
    beginning.chain(end).boxed()
}

impl Trial {
    /// The calls of the trial, with letters to that authority.
    pub(super) fn calls(self, to: Cvr) -> Vec<TestCall> {
        let citizen = Letter {
            contact_point: Some((CONTACT_POINT.to_owned(), Some("Børn og familie".to_owned()))),
            created: Timestamp::now(),
            ..Letter::new(Party::Citizen, to)
        };
        let in_style = |style| vec![TestCall::written(citizen.message_uuid, write_in(&citizen, style))];
        let sized = |bytes, has_length| TestCall::sized(&citizen, bytes, has_length);
        match self {
            Self::Letter | Self::WrongKey | Self::NoKey => vec![TestCall::of(&citizen)],
            Self::OldVersion => vec![TestCall::of(&Letter { version: Version::V1_1, ..citizen })],
            Self::Company => vec![TestCall::of(&Letter {
                contact_point: None,
                post_type: PostType::Company,
                ..Letter { from: organisation(COMPANY), ..citizen }
            })],
            Self::Authority => vec![TestCall::of(&Letter {
                from_contact_point: Some(AUTHORITYS_CONTACT_POINT.to_owned()),
                contact_point: None,
                classified_as: Some(ClassifiedAs::Kle("32.03.00".to_owned())),
                post_type: PostType::Authority,
                version: Version::V1_1,
                from: organisation(AUTHORITY),
                ..citizen
            })],
            Self::Reply => {
                vec![TestCall::of(&Letter { about: Some(About::ReplyTo(MessageUuid::random())), ..citizen })]
            }
            Self::Forwarded => {
                let about = About::Forwards(MessageUuid::random(), citizen.created);
                vec![TestCall::of(&Letter { about: Some(about), ..citizen })]
            }
            Self::Smallest => {
                vec![TestCall::of(&Letter { contact_point: None, has_body: false, label: String::new(), ..citizen })]
            }
            Self::SpecialLetters => {
                let letter =
                    Letter { label: LABEL.to_owned(), text: "Blåbærgrød 🫐 på Ærø".to_owned(), ..citizen };
                let written = String::from_utf8_lossy(&write(&letter)).replace(LABEL, SPECIAL);
                vec![TestCall::written(letter.message_uuid, written.into_bytes())]
            }
            Self::ByteOrderMark => in_style(Style { has_byte_order_mark: true, ..Style::default() }),
            Self::DefaultNamespace => in_style(Style { prefix: "", ..Style::default() }),
            Self::OtherPrefix => in_style(Style { prefix: "ns0", ..Style::default() }),
            Self::UpperCaseUuid => {
                let upper = citizen.message_uuid.as_str().to_uppercase().parse();
                vec![TestCall::of(&Letter { message_uuid: upper.unwrap_or(citizen.message_uuid), ..citizen })]
            }
            Self::KnownLength => vec![sized(IN_PIECES_BYTES, true)],
            Self::InChunks => vec![sized(IN_PIECES_BYTES, false)],
            Self::Repeated | Self::SameTime => vec![TestCall::of(&citizen), TestCall::of(&citizen)],
            Self::Together => {
                let other = || TestCall::of(&Letter { message_uuid: MessageUuid::random(), ..citizen.clone() });
                iter::repeat_with(other).take(CONCURRENT_LETTERS).collect()
            }
            Self::BrokenOff | Self::BrokenOffInChunks => {
                let has_length = self == Self::BrokenOff;
                let other = Letter { message_uuid: MessageUuid::random(), ..citizen.clone() };
                let never_whole = TestCall::sized(&other, IN_PIECES_BYTES, has_length).cut();
                let whole = sized(IN_PIECES_BYTES, has_length);
                vec![never_whole, whole.clone().cut(), whole]
            }
            Self::Large => vec![sized(LARGE_BYTES, true)],
            Self::Largest => vec![sized(MAX_MESSAGE_BYTES, true)],
        }
    }
}

fn organisation(cvr: &str) -> Party {
    Party::Organisation(cvr.parse().expect("the made-up numbers have eight digits"))
}
