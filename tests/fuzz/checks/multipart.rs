//! Any bytes as a form with a message in it: the first line is the call's Content-Type, the rest its body.

use axum::body::{Body, Bytes};
use futures_util::stream;
use multer::Multipart;
use postfordeler::router::{MultipartError, message_of_form};
use reqwest::header::HeaderValue;
use tokio::runtime::{Builder, Runtime};

use super::cuts;

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().build().expect("a runtime");
}

pub fn check(input: &[u8]) {
    let Some(end) = input.iter().position(|byte| *byte == b'\n') else { return };
    let (content_type, form) = (&input[..end], &input[end + 1..]);
    // Nothing else can come as a header.
    let Ok(content_type) = HeaderValue::from_bytes(content_type) else { return };
    let content_type = String::from_utf8_lossy(content_type.as_bytes());
    let [whole, bytewise, own] = cuts(form).map(|pieces| read(&content_type, &pieces));
    assert_eq!(bytewise, whole, "byte by byte");
    assert_eq!(own, whole, "in pieces");
    assert_eq!(whole.ok(), only_file(&content_type, form));
}

fn read(content_type: &str, pieces: &[&[u8]]) -> Result<Vec<u8>, MultipartError> {
    let pieces: Vec<_> = pieces.iter().map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    let body = Body::from_stream(stream::iter(pieces));
    RUNTIME.with(|runtime| runtime.block_on(message_of_form(content_type, body)))
}

/// What the one part named `file` holds, when the form is read all at once.
fn only_file(content_type: &str, form: &[u8]) -> Option<Vec<u8>> {
    let boundary = multer::parse_boundary(content_type).ok().filter(|boundary| boundary.len() <= 70)?;
    let body = stream::iter([Ok::<_, std::io::Error>(Bytes::copy_from_slice(form))]);
    let mut multipart = Multipart::new(body, boundary);
    let mut files = Vec::new();
    RUNTIME.with(|runtime| {
        runtime.block_on(async {
            while let Some(field) = multipart.next_field().await.ok()? {
                let is_file = field.name() == Some("file");
                let content = field.bytes().await.ok()?;
                files.extend(is_file.then(|| content.to_vec()));
            }
            Some(())
        })
    })?;
    files.pop().filter(|_| files.is_empty())
}
