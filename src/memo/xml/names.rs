use super::known_names::KnownName;
use super::name::{Name, Prefix};
use super::not_well_formed::NotWellFormed;
use super::words::Words;

/// The most nested elements.
pub(super) const MAX_DEPTH: usize = 64;
/// The most prefixes, besides `xml`, that may be declared at once. Each look-up goes through them.
const MAX_BINDINGS: usize = 256;
const XML: &[u8] = b"http://www.w3.org/XML/1998/namespace";
const XMLNS: &[u8] = b"http://www.w3.org/2000/xmlns/";

/// The open elements of a document, and the namespace prefixes declared there.
///
/// Prefixes, namespaces and long names are in one buffer, one after the other, and all else is in place, so that opening an
/// element allocates nothing once the stack has grown.
#[derive(Debug)]
pub(super) struct NameStack {
    open: Vec<OpenElement>,
    /// The first two are those of names without a prefix and of `xml`, which hold everywhere.
    bindings: Vec<Binding>,
    text: Vec<u8>,
}

/// An open element, and how much of the bindings and of the buffer is from outside it.
#[derive(Debug)]
struct OpenElement {
    /// Its name, or [`Words::NO_TEXT`] if it is longer; then it is at the beginning of its part of the buffer.
    words: Words,
    length: usize,
    prefix: Prefix,
    /// The number of its prefix's binding.
    binding: usize,
    bindings_before: usize,
    text_before: usize,
}

#[derive(Debug)]
struct Binding {
    key: Prefix,
    prefix: Span,
    uri: Span,
}

/// A range of the buffer.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: usize,
    end: usize,
}

impl NameStack {
    pub fn new() -> Self {
        // Room for what a common message has.
        let mut names =
            Self { open: Vec::with_capacity(16), bindings: Vec::with_capacity(16), text: Vec::with_capacity(1024) };
        names.declare(b"", b"");
        names.declare(b"xml", XML);
        names
    }

    #[inline]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Opens an element. Its namespace is known once it has been [resolved](NameStack::resolve).
    pub fn open(&mut self, name: &Name<'_>) {
        let (bindings_before, text_before) = (self.bindings.len(), self.text.len());
        let words = Words::of(name.whole).unwrap_or_else(|| {
            self.store(name.whole);
            Words::NO_TEXT
        });
        let (length, prefix) = (name.whole.len(), Prefix::of(name.prefix));
        self.open.push(OpenElement { words, length, prefix, binding: 0, bindings_before, text_before });
    }

    /// The namespace of the innermost element, whose own declarations have been bound.
    pub fn resolve(&mut self, prefix: &[u8]) -> Result<&[u8], NotWellFormed> {
        let binding = self.bound(Prefix::of(prefix), prefix)?;
        if let Some(own) = self.open.last_mut() {
            own.binding = binding;
        }
        Ok(self.bytes(self.bindings[binding].uri))
    }

    /// Opens an element without attributes within another one, whose name is `whole`. Returns its namespace.
    #[inline]
    pub fn open_known(&mut self, name: &KnownName, whole: &[u8]) -> Result<&[u8], NotWellFormed> {
        let binding = match self.open.last() {
            // Most elements have the same prefix as their parent.
            Some(outer) if outer.prefix == name.prefix && name.prefix != Prefix::LONG => outer.binding,
            _ => self.bound(name.prefix, &whole[..name.local.saturating_sub(1)])?,
        };
        self.open.push(OpenElement {
            words: name.words,
            length: name.length,
            prefix: name.prefix,
            binding,
            bindings_before: self.bindings.len(),
            text_before: self.text.len(),
        });
        Ok(self.bytes(self.bindings[binding].uri))
    }

    /// The length of the innermost element's name, if what follows a `</` begins with it.
    #[inline]
    pub fn closes(&self, following: &Words) -> Option<usize> {
        let innermost = self.open.last()?;
        (following.cut(innermost.length) == innermost.words).then_some(innermost.length)
    }

    /// Closes the innermost element, if it has that name.
    pub fn close(&mut self, name: &[u8]) -> Result<(), NotWellFormed> {
        let fits = self.open.last().is_some_and(|last| {
            let long = || self.text.get(last.text_before..last.text_before + last.length);
            last.length == name.len() && Words::of(name).map_or_else(|| long() == Some(name), |it| it == last.words)
        });
        if !fits {
            return Err(NotWellFormed::Nesting);
        }
        self.close_innermost();
        Ok(())
    }

    #[inline]
    pub fn close_innermost(&mut self) {
        if let Some(last) = self.open.pop() {
            self.bindings.truncate(last.bindings_before);
            self.text.truncate(last.text_before);
        }
    }

    /// Binds a prefix within the innermost element; an empty one stands for names without a prefix.
    pub fn bind(&mut self, prefix: &[u8], uri: &[u8]) -> Result<(), NotWellFormed> {
        if self.bindings.len() > MAX_BINDINGS + 1 {
            return Err(NotWellFormed::TooLarge);
        }
        let reserved = prefix == b"xmlns" || uri == XMLNS || (prefix == b"xml") != (uri == XML);
        if reserved || (uri.is_empty() && !prefix.is_empty()) {
            return Err(NotWellFormed::Namespace);
        }
        self.declare(prefix, uri);
        Ok(())
    }

    fn declare(&mut self, prefix: &[u8], uri: &[u8]) {
        let binding = Binding { key: Prefix::of(prefix), prefix: self.store(prefix), uri: self.store(uri) };
        self.bindings.push(binding);
    }

    /// The namespace of the prefix here.
    pub fn uri(&self, prefix: &[u8]) -> Result<&[u8], NotWellFormed> {
        self.bound(Prefix::of(prefix), prefix).map(|binding| self.bytes(self.bindings[binding].uri))
    }

    /// The number of the prefix's binding here.
    fn bound(&self, key: Prefix, prefix: &[u8]) -> Result<usize, NotWellFormed> {
        let is_it =
            |binding: &Binding| binding.key == key && (key != Prefix::LONG || self.bytes(binding.prefix) == prefix);
        self.bindings.iter().rposition(is_it).ok_or(NotWellFormed::Namespace)
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
