//! Any bytes as a form with a message in it: the first line is the call's Content-Type, the rest its body.

use axum::body::{Body, Bytes};
use futures_util::stream;
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

/// The message within a form that comes in those pieces.
pub fn read(content_type: &str, pieces: &[&[u8]]) -> Result<Vec<u8>, MultipartError> {
    let pieces: Vec<_> = pieces.iter().map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece))).collect();
    let body = Body::from_stream(stream::iter(pieces));
    RUNTIME.with(|runtime| runtime.block_on(message_of_form(content_type, body)))
}

/// What the one part named `file` holds, when the form is all there and is read line by line.
pub fn only_file(content_type: &str, form: &[u8]) -> Option<Vec<u8>> {
    let boundary = parameter(content_type.as_bytes(), "boundary")?.1?;
    let is_white = |byte: &u8| matches!(byte, b' ' | b'\t');
    if !(1..=70).contains(&boundary.len()) || boundary.last().is_some_and(is_white) {
        return None;
    }
    let delimiter = [b"--", &boundary[..]].concat();
    let lines = lines(form);
    let (mut files, mut part) = (Vec::new(), None);
    for (number, line) in lines.iter().enumerate() {
        let is_last = number + 1 == lines.len();
        match kind(line, &delimiter, is_last)? {
            Kind::Other => match &mut part {
                None => {}
                Some(Part::Head(head)) if line.is_empty() && !is_last => {
                    let content = Vec::new();
                    part = Some(Part::Content { is_file: is_file(head)?, content });
                }
                Some(Part::Head(head)) => {
                    if line.iter().any(|byte| matches!(byte, b'\n' | b'\r' | 0)) {
                        return None;
                    }
                    head.push(line.to_vec());
                }
                Some(Part::Content { content, .. }) => content.push(*line),
            },
            ends => {
                match part.take() {
                    Some(Part::Head(_)) => return None,
                    Some(Part::Content { is_file: true, content }) => files.push(content.join(&b"\r\n"[..])),
                    Some(Part::Content { is_file: false, .. }) | None => {}
                }
                if matches!(ends, Kind::Closes) {
                    return files.pop().filter(|_| files.is_empty());
                }
                part = Some(Part::Head(Vec::new()));
            }
        }
    }
    None
}

enum Part<'a> {
    Head(Vec<Vec<u8>>),
    Content { is_file: bool, content: Vec<&'a [u8]> },
}

enum Kind {
    Opens,
    Closes,
    Other,
}

/// The lines; only CRLF is a line break.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    let (mut lines, mut begin) = (Vec::new(), 0);
    for end in 0..text.len() {
        if end >= begin && text[end..].starts_with(b"\r\n") {
            lines.push(&text[begin..end]);
            begin = end + 2;
        }
    }
    lines.push(&text[begin..]);
    lines
}

fn kind(line: &[u8], delimiter: &[u8], is_last: bool) -> Option<Kind> {
    let Some(rest) = line.strip_prefix(delimiter) else { return Some(Kind::Other) };
    let (closes, rest) = rest.strip_prefix(b"--").map_or((false, rest), |rest| (true, rest));
    let padding = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match &rest[padding..] {
        _ if padding > 256 => Some(Kind::Other),
        [b'\n', ..] => None,
        [] if closes => Some(Kind::Closes),
        [b'\r'] if closes && is_last => Some(Kind::Closes),
        [] if !is_last => Some(Kind::Opens),
        _ => Some(Kind::Other),
    }
}

fn is_file(head: &[Vec<u8>]) -> Option<bool> {
    let mut unfolded: Vec<Vec<u8>> = Vec::new();
    for line in head {
        if matches!(line.first(), Some(b' ' | b'\t')) {
            unfolded.last_mut()?.extend_from_slice(line);
        } else {
            unfolded.push(line.clone());
        }
    }
    let named = unfolded.iter().map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        Some((trimmed(&line[..colon]).to_ascii_lowercase(), &line[colon + 1..]))
    });
    let headers: Vec<_> = named.collect::<Option<_>>()?;
    let of = |name: &'static str| headers.iter().filter(move |it| it.0 == name.as_bytes()).map(|it| trimmed(it.1));
    let mut dispositions = of("content-disposition");
    let Some(disposition) = dispositions.next() else { return Some(false) };
    let (kind, name) = parameter(disposition, "name").filter(|_| dispositions.next().is_none())?;
    let is_file = kind.eq_ignore_ascii_case(b"form-data") && name.as_deref() == Some(b"file");
    let is_as_it_is = |value: &[u8], of: &[&str]| of.iter().any(|it| it.as_bytes().eq_ignore_ascii_case(value));
    let is_plain = of("content-transfer-encoding").all(|value| is_as_it_is(value, &["", "7bit", "8bit", "binary"]))
        && of("content-encoding").all(|value| is_as_it_is(value, &["", "identity"]))
        && !of("content-type").any(|value| value.to_ascii_lowercase().starts_with(b"multipart/"));
    (!is_file || is_plain).then_some(is_file)
}

/// The text before a value's parameters, and the parameter of that name; `None` if that is unclear.
fn parameter(value: &[u8], wanted: &str) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
    let mut pieces = vec![Vec::new()];
    let (mut is_quoted, mut is_escaped) = (false, false);
    for &byte in value {
        match byte {
            b';' if !is_quoted => {
                pieces.push(Vec::new());
                continue;
            }
            b'"' if !is_escaped && pieces.len() > 1 => is_quoted = !is_quoted,
            _ => {}
        }
        is_escaped = is_quoted && byte == b'\\' && !is_escaped;
        pieces.last_mut()?.push(byte);
    }
    let mut found = None;
    for piece in &pieces[1..] {
        let equals = piece.iter().position(|byte| *byte == b'=');
        let name = trimmed(&piece[..equals.unwrap_or(piece.len())]);
        if name.iter().any(|byte| matches!(byte, b' ' | b'\t' | b'"')) {
            return None;
        }
        let Some(equals) = equals else { continue };
        let given = without_quotes(trimmed(&piece[equals + 1..]))?;
        if name.eq_ignore_ascii_case(wanted.as_bytes()) && found.replace(given).is_some() {
            return None;
        }
    }
    (!is_quoted).then(|| (trimmed(&pieces[0]).to_vec(), found))
}

fn without_quotes(value: &[u8]) -> Option<Vec<u8>> {
    let Some(inner) = value.strip_prefix(b"\"") else { return (!value.contains(&b'"')).then(|| value.to_vec()) };
    let (mut plain, mut rest) = (Vec::new(), inner);
    loop {
        match rest {
            [b'"'] => return Some(plain),
            [b'\\', escaped, after @ ..] => {
                plain.push(*escaped);
                rest = after;
            }
            [] | [b'"' | b'\\', ..] => return None,
            [byte, after @ ..] => {
                plain.push(*byte);
                rest = after;
            }
        }
    }
}

fn trimmed(text: &[u8]) -> &[u8] {
    let is_text = |byte: &u8| !matches!(byte, b' ' | b'\t');
    let begin = text.iter().position(is_text).unwrap_or(text.len());
    let end = text.iter().rposition(is_text).map_or(begin, |last| last + 1);
    &text[begin..end]
}
