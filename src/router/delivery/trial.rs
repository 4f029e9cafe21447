//! Messages that test a fagsystem. They go the router's own way, from reading the header to judging the answer; only the
//! rules and the journal are left out.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderValue, Request, header};
use bytes::Bytes;
use futures_util::stream::BoxStream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair};
use uuid::Uuid;

use super::answer_recorder::{AnswerRecorder, RecordedAnswer};
use super::courier::{Courier, Ids};
use super::handover::{Outgoing, hand_over};
use super::verdict::Verdict;
use crate::memo::{MemoError, MessageUuid, Reader};
use crate::router::intake::header_budget::HeaderBudget;
use crate::router::intake::incoming::Incoming;
use crate::router::intake::reading::{gather, read_header};
use crate::router::intake::refusal::{MessageError, Refused};
use crate::rules::{Cvr, Fagsystem};
use crate::secrets::{Secret, SecretKind, Secrets, SecretsLocation};
use crate::store::Claim;

/// Long enough that a made-up key cannot be the right one by chance.
const SHORTEST_KEY: usize = 16;

/// A message as a caller sends it to the router.
pub struct TrialLetter {
    /// Its bytes. An error among them breaks it off there.
    pub pieces: BoxStream<'static, io::Result<Bytes>>,
    /// Its length, where the sender announces it.
    pub length: Option<u64>,
}

/// What became of a test message.
#[derive(Debug, Clone)]
pub struct TrialOutcome {
    /// Its `X-Transmission-Id`; `None`: nothing was sent.
    pub transmission_id: Option<Uuid>,
    /// Its messageUUID, where its header could be read.
    pub message_uuid: Option<MessageUuid>,
    /// How many bytes it had.
    pub bytes: u64,
    /// Whether it was sent in chunks; `None`: nothing was sent.
    pub in_chunks: Option<bool>,
    /// The fagsystem's answer.
    pub seen: Option<RecordedAnswer>,
    /// The time until the fagsystem had the last byte.
    pub sent_in: Option<Duration>,
    /// The time from then until its answer.
    pub answered_in: Option<Duration>,
    /// What the answer means; or why the router itself refuses the message.
    pub result: Result<Verdict, RouterRefusal>,
}

/// Why the router itself refuses a message, as its receipt would say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {words}")]
pub struct RouterRefusal {
    /// The receipt's error code.
    pub code: &'static str,
    /// What is wrong with the message, or what happened to the call.
    pub words: String,
}

impl From<Refused> for RouterRefusal {
    fn from(refused: Refused) -> Self {
        Self { code: refused.outcome.code(), words: refused.words }
    }
}

impl Courier {
    /// The same courier, recording what fagsystems answer.
    #[must_use]
    pub fn recording(mut self) -> Self {
        self.recorder = Some(AnswerRecorder::default());
        self
    }

    /// How long that fagsystem has to take the next piece of a message, and to answer the whole.
    #[must_use]
    pub fn limit_of(&self, fagsystem: &Fagsystem) -> Duration {
        self.answer_limit(fagsystem)
    }

    /// The same courier, with a wrong key or certificate; `None` where the fagsystem needs none, or where the right one is
    /// missing.
    pub async fn impostor(&self, authority: Cvr, fagsystem: &Fagsystem) -> Option<Self> {
        let (name, own) = self.secret_of(authority, fagsystem).await.ok()??;
        let other = match name.kind {
            SecretKind::HeaderValue => other_value(own.reveal()),
            SecretKind::ClientCertificate => other_certificate()?,
        };
        let other = Secret::new(name.kind, &other).ok()?;
        self.with_secrets(Secrets::at(SecretsLocation::Keyring).with_given(name, other), Some(own)).ok()
    }

    /// The same courier, without a key or certificate; `None` in the same cases.
    pub async fn stranger(&self, authority: Cvr, fagsystem: &Fagsystem) -> Option<Self> {
        let (_, own) = self.secret_of(authority, fagsystem).await.ok()??;
        self.with_secrets(Secrets::at(SecretsLocation::Keyring), Some(own)).ok()
    }

    /// Delivers a message to that fagsystem exactly as the router does when its rules name it.
    pub async fn try_out(&self, authority: Cvr, fagsystem: &Fagsystem, letter: TrialLetter) -> TrialOutcome {
        let mut request = Request::new(Body::new(LetterBody { letter }));
        request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        let begun = Instant::now();
        let (mut incoming, mut reader) = (Incoming::new(request), Reader::new());
        let refused = |reader: &Reader, refused: Refused| TrialOutcome {
            transmission_id: None,
            message_uuid: reader.header().map(|header| header.message_uuid),
            bytes: reader.bytes(),
            in_chunks: None,
            seen: None,
            sent_in: None,
            answered_in: None,
            result: Err(refused.into()),
        };
        let received = match receive(&mut incoming, &mut reader).await {
            Ok(received) => received,
            Err(error) => return refused(&reader, error),
        };
        let Some(uuid) = reader.header().map(|header| header.message_uuid) else {
            return refused(&reader, MemoError::NotAMemo.into());
        };
        let ids = Ids { transmission: Uuid::new_v4(), message: uuid };
        let outgoing =
            Outgoing { ids, claim: Claim::alone(), incoming: &mut incoming, reader: &mut reader, begun: received };
        let handover = hand_over(self, outgoing, authority, fagsystem).await;
        let recording = self.recorder.as_ref().map(|recorder| recorder.finish(ids.transmission)).unwrap_or_default();
        let without_secret = |verdict: Verdict| Verdict { words: recording.without_secret(&verdict.words), ..verdict };
        let flawed = |error: MessageError| Refused::from(error).into();
        TrialOutcome {
            transmission_id: recording.was_in_chunks.map(|_| ids.transmission),
            message_uuid: Some(uuid),
            bytes: handover.bytes,
            in_chunks: recording.was_in_chunks,
            sent_in: handover.whole.map(|whole| whole.duration_since(begun)),
            answered_in: handover.answered,
            result: handover.result.map(without_secret).map_err(flawed),
            seen: recording.seen,
        }
    }
}

/// A made-up value of the same form, which reveals nothing but the scheme and the length: a word like `Bearer` stays, and
/// what follows is made up.
fn other_value(own: &str) -> String {
    let (scheme, key) = own.rsplit_once(' ').unwrap_or(("", own));
    let made_up = Uuid::new_v4().simple().to_string();
    let made_up: String = made_up.chars().cycle().take(key.len().max(SHORTEST_KEY)).collect();
    format!("{scheme} {made_up}").trim_start().to_owned()
}

/// A self-signed certificate with its key.
fn other_certificate() -> Option<String> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name.push(DnType::CommonName, "Postfordeler endpoint test: a wrong certificate");
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let key = KeyPair::generate().ok()?;
    let certificate = parameters.self_signed(&key).ok()?.pem();
    Some(format!("{certificate}{}", key.serialize_pem()))
}

/// Reads until the message can leave, as the router does.
async fn receive(incoming: &mut Incoming, reader: &mut Reader) -> Result<Bytes, Refused> {
    let mut held = HeaderBudget::new().begin();
    let begun = match read_header(incoming, reader, &mut held).await? {
        Some(begun) => begun,
        None => held.into_parts().0.into(),
    };
    gather(incoming, reader, begun).await
}

struct LetterBody {
    letter: TrialLetter,
}

impl HttpBody for LetterBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let next = self.letter.pieces.as_mut().poll_next(context);
        next.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.letter.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}
