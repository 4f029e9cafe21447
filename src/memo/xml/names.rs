use super::characters::{ascii_name, is_name};
use super::not_well_formed::NotWellFormed;

/// The most prefixes besides `xml` that may be in force at once, for names are looked up among them.
const MAX_BINDINGS: usize = 256;
const XML: &[u8] = b"http://www.w3.org/XML/1998/namespace";
const XMLNS: &[u8] = b"http://www.w3.org/2000/xmlns/";

/// The open elements of a document and the namespace prefixes in force there.
///
/// Names are kept end to end in one buffer, so that opening an element allocates nothing once it has grown.
#[derive(Debug)]
pub(super) struct Names {
    open: Vec<OpenElement>,
    /// `xml` first, which is in force everywhere.
    bindings: Vec<Binding>,
    text: Vec<u8>,
}

/// An open element, and how many bindings were in force outside it.
#[derive(Debug)]
struct OpenElement {
    name: Kept,
    prefix: Kept,
    uri: Kept,
    bindings_before: usize,
}

#[derive(Debug)]
struct Binding {
    prefix: Kept,
    uri: Kept,
}

/// Where something is in the buffer.
#[derive(Debug, Clone, Copy, Default)]
struct Kept {
    start: usize,
    end: usize,
}

/// A name and its two parts; the prefix is empty when there is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub whole: &'a [u8],
    pub prefix: &'a [u8],
    pub local: &'a [u8],
}

pub(super) fn split(name: &[u8]) -> Result<Name<'_>, NotWellFormed> {
    let (prefix, local) = match memchr::memchr(b':', name) {
        None => (&name[..0], name),
        Some(colon) => (&name[..colon], &name[colon + 1..]),
    };
    let well_named = is_name(local) && (is_name(prefix) || (prefix.is_empty() && local.len() == name.len()));
    if well_named { Ok(Name { whole: name, prefix, local }) } else { Err(NotWellFormed::Name) }
}

/// The name of a start tag as nearly all are, ASCII alone and without attributes, and what follows the tag.
#[inline]
pub(super) fn plain_start(input: &[u8]) -> Option<(Name<'_>, &[u8])> {
    let first = ascii_name(input)?;
    let (prefix, local) = match input.get(first.len())? {
        b':' => (first, ascii_name(&input[first.len() + 1..])?),
        _ => (&input[..0], first),
    };
    let length = prefix.len() + usize::from(!prefix.is_empty()) + local.len();
    let (whole, rest) = input.split_at(length);
    Some((Name { whole, prefix, local }, rest.strip_prefix(b">")?))
}

impl Names {
    pub fn new() -> Self {
        let mut names = Self { open: Vec::new(), bindings: Vec::new(), text: Vec::new() };
        let xml = Binding { prefix: names.keep(b"xml"), uri: names.keep(XML) };
        names.bindings.push(xml);
        names
    }

    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Opens an element, whose namespace is known when it has been [resolved](Names::resolve).
    #[inline]
    pub fn open(&mut self, name: &[u8]) {
        let bindings_before = self.bindings.len();
        let name = self.keep(name);
        self.open.push(OpenElement { name, prefix: Kept::default(), uri: Kept::default(), bindings_before });
    }

    /// What the prefix of the innermost element stands for, now that the bindings it makes are in force.
    #[inline]
    pub fn resolve(&mut self, prefix: &[u8]) -> Result<&[u8], NotWellFormed> {
        let uri = match self.open.as_slice() {
            // Most elements have the prefix of the one around them, and bind nothing that could change its meaning.
            [.., outer, own] if own.bindings_before == self.bindings.len() && self.kept(outer.prefix) == prefix => {
                outer.uri
            }
            _ => self.bound(prefix)?,
        };
        if let Some(own) = self.open.last_mut() {
            own.prefix = Kept { start: own.name.start, end: own.name.start + prefix.len() };
            own.uri = uri;
        }
        Ok(self.kept(uri))
    }

    /// Closes the innermost element when the input, after a `<`, goes on with its end tag as most are written. Returns
    /// what follows.
    #[inline]
    pub fn close_plainly<'a>(&mut self, input: &'a [u8]) -> Option<&'a [u8]> {
        let name = self.kept(self.open.last()?.name);
        let rest = input.strip_prefix(b"/")?.strip_prefix(name)?.strip_prefix(b">")?;
        self.close_innermost();
        Some(rest)
    }

    /// Closes the innermost element, which must have that name.
    pub fn close(&mut self, name: &[u8]) -> Result<(), NotWellFormed> {
        match self.open.last() {
            Some(last) if self.kept(last.name) == name => {
                self.close_innermost();
                Ok(())
            }
            _ => Err(NotWellFormed::Nesting),
        }
    }

    fn close_innermost(&mut self) {
        if let Some(last) = self.open.pop() {
            self.bindings.truncate(last.bindings_before);
            self.text.truncate(last.name.start);
        }
    }

    /// Binds a prefix (empty: elements without one) within the innermost element.
    pub fn bind(&mut self, prefix: &[u8], uri: &[u8]) -> Result<(), NotWellFormed> {
        if self.bindings.len() > MAX_BINDINGS {
            return Err(NotWellFormed::TooLarge);
        }
        let reserved = prefix == b"xmlns" || uri == XMLNS || (prefix == b"xml") != (uri == XML);
        if reserved || (uri.is_empty() && !prefix.is_empty()) {
            return Err(NotWellFormed::Namespace);
        }
        let binding = Binding { prefix: self.keep(prefix), uri: self.keep(uri) };
        self.bindings.push(binding);
        Ok(())
    }

    /// What the prefix stands for here.
    pub fn uri(&self, prefix: &[u8]) -> Result<&[u8], NotWellFormed> {
        self.bound(prefix).map(|uri| self.kept(uri))
    }

    fn bound(&self, prefix: &[u8]) -> Result<Kept, NotWellFormed> {
        match self.bindings.iter().rev().find(|binding| self.kept(binding.prefix) == prefix) {
            Some(binding) => Ok(binding.uri),
            None if prefix.is_empty() => Ok(Kept::default()),
            None => Err(NotWellFormed::Namespace),
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> Kept {
        let start = self.text.len();
        self.text.extend_from_slice(bytes);
        Kept { start, end: self.text.len() }
    }

    fn kept(&self, kept: Kept) -> &[u8] {
        &self.text[kept.start..kept.end]
    }
}
