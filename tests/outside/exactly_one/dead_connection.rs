//! A connection that is never closed, because the other machine is gone.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use hyper::client::conn::http1::handshake;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::{Method, Request};
use postfordeler::router::outgoing_body::OutgoingBody;
use postfordeler::router::{Courier, Judgement, SendError, TrialLetter};
use postfordeler::rules::{Cvr, Fagsystem, FagsystemId};
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::RouterSettings;

use crate::support::{Memo, NobodyThere, block_on};

const ANSWER_LIMIT: Duration = Duration::from_mins(1);

/// Takes all that is sent, and then ends in that error.
struct DeadWire {
    kind: io::ErrorKind,
    taken: Vec<u8>,
    reader: Option<Waker>,
}

impl DeadWire {
    fn has_all(&self) -> bool {
        self.taken.ends_with(b"<memo/>")
    }
}

impl Read for DeadWire {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, _: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        if self.has_all() {
            return Poll::Ready(Err(self.kind.into()));
        }
        self.reader = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Write for DeadWire {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.taken.extend_from_slice(bytes);
        if self.has_all()
            && let Some(reader) = self.reader.take()
        {
            reader.wake();
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// What comes of sending a message whose connection ends so, once that has been sent.
async fn send_and_break(kind: io::ErrorKind) -> SendError {
    let wire = DeadWire { kind, taken: Vec::new(), reader: None };
    let (mut sender, connection) = handshake(wire).await.unwrap();
    let (body, mut feed) = OutgoingBody::new(Some(7), ANSWER_LIMIT);
    let mut request = Request::new(body);
    *request.method_mut() = Method::POST;
    let (answer, _, fed) =
        tokio::join!(sender.send_request(request), connection, feed.give_last(Bytes::from_static(b"<memo/>")));
    fed.unwrap();
    answer.unwrap_err().into()
}

/// The system tells of a machine that answers no more with the same word as of one that cannot be reached.
#[test]
fn what_has_gone_out_may_have_been_taken_however_its_connection_ends() {
    for kind in [io::ErrorKind::TimedOut, io::ErrorKind::ConnectionReset, io::ErrorKind::HostUnreachable] {
        let error = block_on(send_and_break(kind));
        assert!(matches!(error, SendError::Broken(_)), "{kind}: {error:?}");
    }
    let nobody = NobodyThere::new();
    let fagsystem = Fagsystem::new(FagsystemId::new("esdh").unwrap(), "ESDH", nobody.endpoint().parse().unwrap());
    let authority: Cvr = "11223344".parse().unwrap();
    let courier = Courier::new(&RouterSettings::default(), Secrets::at(SecretsLocation::Keyring).into()).unwrap();
    let message = Memo::new().xml();
    let letter = TrialLetter { pieces: stream::iter([Ok(message.into())]).boxed(), length: None };
    let tried = block_on(courier.try_out(authority, &fagsystem, letter));
    assert!(matches!(&tried.result, Ok(verdict) if verdict.judgement == Judgement::Unavailable), "{tried:?}");
}
