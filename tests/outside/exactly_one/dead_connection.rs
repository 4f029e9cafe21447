//! A connection that is never closed, because the other machine is gone.

use std::io;

use futures_util::{StreamExt, stream};
use postfordeler::router::{Courier, SendError};
use postfordeler::secrets::{Secrets, SecretsLocation};
use postfordeler::store::RouterSettings;
use reqwest::{Body, Client};

use crate::support::{Fagsystem, NobodyThere};

/// What comes of sending a message whose connection breaks off so, once that has been sent.
fn send_and_break(endpoint: &str, piece: &'static str, kind: io::ErrorKind) -> SendError {
    // It sees to what TLS needs.
    Courier::new(&RouterSettings::default(), Secrets::at(SecretsLocation::Keyring).into()).unwrap();
    let pieces = stream::iter([Ok(piece)]).chain(stream::iter([Err(io::Error::from(kind))]));
    let sending = Client::new().post(endpoint).body(Body::wrap_stream(pieces)).send();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(sending).unwrap_err().into()
}

/// The system tells of a machine that answers no more with the same word as of one that cannot be reached.
#[test]
fn what_has_gone_out_may_have_been_taken_however_its_connection_ends() {
    let fagsystem = Fagsystem::accepting();
    for kind in [io::ErrorKind::TimedOut, io::ErrorKind::ConnectionReset, io::ErrorKind::HostUnreachable] {
        let error = send_and_break(&fagsystem.endpoint(), "<memo/>", kind);
        assert!(matches!(error, SendError::Broken(_)), "{kind}: {error:?}");
    }
    let error = send_and_break(&NobodyThere::new().endpoint(), "<memo/>", io::ErrorKind::TimedOut);
    assert!(matches!(error, SendError::NotDelivered(_)), "{error:?}");
}
