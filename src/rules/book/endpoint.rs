use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;
use url::{Host, Url};

use crate::rules::values::LEFT_OUT;
use crate::visible::is_hidden;

/// The address at which a fagsystem receives: `http` or `https`, exactly as written.
///
/// It holds no user name and no password, since addresses are shown and exported, and nothing that could mislead whoever
/// reads it: no white space, no [hidden](is_hidden) character, and no backslash, which programs interpret differently.
///
/// ```
/// use postfordeler::rules::{Endpoint, NotAnEndpoint};
///
/// let endpoint: Endpoint = "http://esdh.eksempel.dk/postmodtag".parse().unwrap();
/// assert!(endpoint.is_in_clear());
/// assert_eq!("https://bruger:kode@esdh.eksempel.dk".parse::<Endpoint>(), Err(NotAnEndpoint::Credentials));
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Endpoint(Arc<Address>);

#[derive(PartialEq, Eq)]
struct Address {
    text: String,
    /// What the text says, read once.
    url: Url,
}

/// Why a text is not the address of a fagsystem. The message never repeats the text, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEndpoint {
    /// It is no address, or neither `http` nor `https`.
    #[error("an endpoint is an address that begins with http:// or https:// and names a host")]
    NoAddress,
    /// It has an `@` before the path: a user name or password, even an empty one, or something that looks like the host and
    /// is not.
    #[error(
        "an endpoint holds no user name and no password (nothing before an '@'); say by 'adgang' how the router is known \
         there, and keep the secret with 'postfordeler secret set'"
    )]
    Credentials,
    /// It has characters that could mislead whoever reads it.
    #[error("an endpoint has no white space, line breaks, backslashes or signs that cannot be seen")]
    Hidden,
}

impl Endpoint {
    /// The address as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// The same address as the URL standard reads it.
    pub(crate) fn url(&self) -> &Url {
        &self.0.url
    }

    /// The address as the URL standard writes it, in ASCII alone: where messages really go, whatever the written form looks
    /// like.
    #[must_use]
    pub fn in_full(&self) -> String {
        self.0.url.as_str().to_owned()
    }

    /// Whether connections are encrypted and the receiver's certificate is checked.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.url.scheme() == "https"
    }

    /// Whether it is on this machine, so that messages never cross a network.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0.url)
    }

    /// Whether messages would cross a network unencrypted.
    #[must_use]
    pub fn is_in_clear(&self) -> bool {
        !self.is_encrypted() && !self.is_loopback()
    }

    fn of(text: String, url: Url) -> Self {
        Self(Arc::new(Address { text, url }))
    }

    /// Reads an address that an older version of the program accepted: as the URL standard writes it, without its user name
    /// and password. Returns also whether it had any.
    pub(crate) fn mended(text: &str) -> Result<(Self, bool), NotAnEndpoint> {
        if let Ok(endpoint) = text.parse() {
            return Ok((endpoint, false));
        }
        let mut url = http_url(text.trim())?;
        let had_credentials = !url.username().is_empty() || url.password().is_some();
        // Both fail only for an address without a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Ok((Self::of(url.as_str().to_owned(), url), had_credentials))
    }
}

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.as_str().to_owned()
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Endpoint").field(&self.0.text).finish()
    }
}

/// The text of an address that was refused, for an error message; a placeholder where it may hold a password.
pub(crate) fn without_password(text: &str) -> &str {
    let is_plain = text.chars().all(|character| character.is_ascii_graphic() && !matches!(character, '@' | '%'));
    let has_no_word_after_colon =
        text.split_once(':').is_none_or(|(_, rest)| rest.starts_with("//") && !rest.contains(':'));
    if is_plain && has_no_word_after_colon { text } else { LEFT_OUT }
}

/// Whether the address is on this machine: `localhost` or an IP address of the loopback network.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl FromStr for Endpoint {
    type Err = NotAnEndpoint;

    /// Spaces before and after, which are easily copied along, are dropped.
    fn from_str(text: &str) -> Result<Self, NotAnEndpoint> {
        let text = text.trim_matches(|character: char| character.is_whitespace() && !is_hidden(character));
        let is_hiding = |character: char| is_hidden(character) || character.is_whitespace() || character == '\\';
        if text.contains(is_hiding) {
            return Err(NotAnEndpoint::Hidden);
        }
        let after_scheme = text.split_once(':').map_or("", |(_, rest)| rest).trim_start_matches('/');
        let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(NotAnEndpoint::Credentials);
        }
        Ok(Self::of(text.to_owned(), http_url(text)?))
    }
}

fn http_url(text: &str) -> Result<Url, NotAnEndpoint> {
    let url = Url::parse(text).map_err(|_| NotAnEndpoint::NoAddress)?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(url) } else { Err(NotAnEndpoint::NoAddress) }
}
