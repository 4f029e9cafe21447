use super::characters::{ascii_name, is_name};
use super::not_well_formed::NotWellFormed;

/// The most prefixes, besides `xml`, that may be declared at once. Each look-up goes through them.
const MAX_BINDINGS: usize = 256;
const XML: &[u8] = b"http://www.w3.org/XML/1998/namespace";
const XMLNS: &[u8] = b"http://www.w3.org/2000/xmlns/";

/// The open elements of a document, and the namespace prefixes declared there.
///
/// All names are in one buffer, one after the other, so that opening an element allocates nothing once the buffer has grown.
#[derive(Debug)]
pub(super) struct NameStack {
    open: Vec<OpenElement>,
    /// The first is `xml`, which is declared everywhere.
    bindings: Vec<Binding>,
    text: Vec<u8>,
}

/// An open element, and the number of bindings outside it.
#[derive(Debug)]
struct OpenElement {
    name: Span,
    prefix: Span,
    uri: Span,
    bindings_before: usize,
}

#[derive(Debug)]
struct Binding {
    prefix: Span,
    uri: Span,
}

/// A range of the buffer.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
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

/// The name of a start tag in the common form, ASCII without attributes, and the rest after it.
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

impl NameStack {
    pub fn new() -> Self {
        let mut names = Self { open: Vec::new(), bindings: Vec::new(), text: Vec::new() };
        let xml = Binding { prefix: names.store(b"xml"), uri: names.store(XML) };
        names.bindings.push(xml);
        names
    }

    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Opens an element. Its namespace is known once it has been [resolved](NameStack::resolve).
    #[inline]
    pub fn open(&mut self, name: &[u8]) {
        let bindings_before = self.bindings.len();
        let name = self.store(name);
        self.open.push(OpenElement { name, prefix: Span::default(), uri: Span::default(), bindings_before });
    }

    /// The namespace of the innermost element, whose own declarations have been bound.
    #[inline]
    pub fn resolve(&mut self, prefix: &[u8]) -> Result<&[u8], NotWellFormed> {
        let uri = match self.open.as_slice() {
            // Most elements have the same prefix as their parent, and declare nothing that could change its meaning.
            [.., outer, own] if own.bindings_before == self.bindings.len() && self.bytes(outer.prefix) == prefix => {
                outer.uri
            }
            _ => self.bound(prefix)?,
        };
        if let Some(own) = self.open.last_mut() {
            own.prefix = Span { start: own.name.start, end: own.name.start + prefix.len() };
            own.uri = uri;
        }
        Ok(self.bytes(uri))
    }

    /// Closes the innermost element if the input, which follows a `<`, begins with its end tag in the common form, without white
    /// space. Returns the rest.
    #[inline]
    pub fn close_plainly<'a>(&mut self, input: &'a [u8]) -> Option<&'a [u8]> {
        let name = self.bytes(self.open.last()?.name);
        let rest = input.strip_prefix(b"/")?.strip_prefix(name)?.strip_prefix(b">")?;
        self.close_innermost();
        Some(rest)
    }

    /// Closes the innermost element, if it has that name.
    pub fn close(&mut self, name: &[u8]) -> Result<(), NotWellFormed> {
        match self.open.last() {
            Some(last) if self.bytes(last.name) == name => {
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

    /// Binds a prefix within the innermost element; an empty one stands for names without a prefix.
    pub fn bind(&mut self, prefix: &[u8], uri: &[u8]) -> Result<(), NotWellFormed> {
        if self.bindings.len() > MAX_BINDINGS {
            return Err(NotWellFormed::TooLarge);
        }
        let reserved = prefix == b"xmlns" || uri == XMLNS || (prefix == b"xml") != (uri == XML);
        if reserved || (uri.is_empty() && !prefix.is_empty()) {
            return Err(NotWellFormed::Namespace);
        }
        let binding = Binding { prefix: self.store(prefix), uri: self.store(uri) };
        self.bindings.push(binding);
        Ok(())
    }

    /// The namespace of the prefix here.
    pub fn uri(&self, prefix: &[u8]) -> Result<&[u8], NotWellFormed> {
        self.bound(prefix).map(|uri| self.bytes(uri))
    }

    fn bound(&self, prefix: &[u8]) -> Result<Span, NotWellFormed> {
        match self.bindings.iter().rev().find(|binding| self.bytes(binding.prefix) == prefix) {
            Some(binding) => Ok(binding.uri),
            None if prefix.is_empty() => Ok(Span::default()),
            None => Err(NotWellFormed::Namespace),
        }
    }

    fn store(&mut self, bytes: &[u8]) -> Span {
        let start = self.text.len();
        self.text.extend_from_slice(bytes);
        Span { start, end: self.text.len() }
    }

    fn bytes(&self, span: Span) -> &[u8] {
        &self.text[span.start..span.end]
    }
}
