//! What the head of any call must look like, checked first and before the rest of the call has come.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::Request;
use axum::http::header::{CONNECTION, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Version};
use axum::response::{IntoResponse, Response};

use super::protection::Refusal;

/// Why a call is refused by its head alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::router) enum HeadError {
    Host,
    ForeignHost,
    Coding,
}

impl HeadError {
    /// The reason that is given for it.
    pub fn refusal(self) -> Refusal {
        match self {
            Self::Host => Refusal::Host,
            Self::ForeignHost => Refusal::ForeignHost,
            Self::Coding => Refusal::Coding,
        }
    }

    pub fn status(self) -> StatusCode {
        match self {
            Self::Host | Self::Coding => StatusCode::BAD_REQUEST,
            Self::ForeignHost => StatusCode::MISDIRECTED_REQUEST,
        }
    }

    /// Gives an answer this status and has it end the connection: after a body in an unknown coding, nobody knows where the
    /// next call begins.
    pub fn upon(self, mut response: Response) -> Response {
        *response.status_mut() = self.status();
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        response
    }
}

impl IntoResponse for HeadError {
    fn into_response(self) -> Response {
        self.upon(format!("{}\n", self.refusal().words()).into_response())
    }
}

/// Checks whether a call may go on. A web page can make a browser call this machine under another name (DNS rebinding) and
/// then read the answer, so a server on a loopback address answers to loopback names alone.
///
/// # Errors
///
/// Why it may not.
pub(in crate::router) fn check(request: &Request, listens_on: IpAddr) -> Result<(), HeadError> {
    let in_target = request.uri().authority().map(|authority| Host::read(authority.as_str().as_bytes()));
    let in_header = host(request.headers(), request.version())?;
    for host in [in_target, in_header.map(Host::read)].into_iter().flatten() {
        let host = host.ok_or(HeadError::Host)?;
        if listens_on.to_canonical().is_loopback() && !host.is_loopback() {
            return Err(HeadError::ForeignHost);
        }
    }
    let mut codings = request.headers().get_all(TRANSFER_ENCODING).iter();
    let is_chunked = codings.next().is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"));
    if is_chunked && codings.next().is_none() { Ok(()) } else { Err(HeadError::Coding) }
}

/// The value of the one Host header, which may be missing before HTTP/1.1 (RFC 9112, §3.2).
fn host(headers: &HeaderMap, version: Version) -> Result<Option<&[u8]>, HeadError> {
    let mut hosts = headers.get_all(HOST).iter().map(HeaderValue::as_bytes);
    let host = hosts.next();
    let is_fault = hosts.next().is_some() || host.is_none() && version >= Version::HTTP_11;
    if is_fault { Err(HeadError::Host) } else { Ok(host) }
}

/// A host as calls name it, without its port.
#[derive(Debug, PartialEq, Eq)]
enum Host<'a> {
    Address(IpAddr),
    Name(&'a str),
}

impl<'a> Host<'a> {
    /// `None` when the text is no host with an optional port (RFC 3986, §3.2.2).
    fn read(text: &'a [u8]) -> Option<Self> {
        let text = str::from_utf8(text).ok()?;
        let in_brackets = text.strip_prefix('[').and_then(|text| text.split_once(']'));
        let (host, port) = if let Some((address, port)) = in_brackets {
            (Self::Address(address.parse::<Ipv6Addr>().ok()?.into()), port)
        } else {
            let (name, port) = text.split_at(text.find(':').unwrap_or(text.len()));
            let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+;=".contains(&byte);
            if name.is_empty() || !name.bytes().all(may_stand) {
                return None;
            }
            (name.parse::<Ipv4Addr>().map_or(Self::Name(name), |address| Self::Address(address.into())), port)
        };
        let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(host)
    }

    fn is_loopback(&self) -> bool {
        match self {
            Self::Address(address) => address.to_canonical().is_loopback(),
            Self::Name(name) => name.strip_suffix('.').unwrap_or(name).eq_ignore_ascii_case("localhost"),
        }
    }
}
