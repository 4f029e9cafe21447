use super::NotWellFormed;
use super::characters::is_name;

/// The most namespace declarations that may be in force at once: every name is looked up among them.
const MAX_BINDINGS: usize = 256;
const XML: &[u8] = b"http://www.w3.org/XML/1998/namespace";
const XMLNS: &[u8] = b"http://www.w3.org/2000/xmlns/";

/// The open elements of a document and the namespace prefixes in force there.
///
/// Names are kept end to end in one buffer, so that opening an element allocates nothing once it has grown.
#[derive(Debug, Default)]
pub(super) struct Names {
    open: Vec<OpenElement>,
    bindings: Vec<Binding>,
    text: Vec<u8>,
}

/// An open element: where its name begins in the buffer, and how many bindings were in force outside it.
#[derive(Debug)]
struct OpenElement {
    text_before: usize,
    name_end: usize,
    bindings_before: usize,
}

#[derive(Debug)]
struct Binding {
    prefix: (usize, usize),
    uri: (usize, usize),
}

/// A name in its two parts; the prefix is empty when there is none.
pub(super) fn split(name: &[u8]) -> Result<(&[u8], &[u8]), NotWellFormed> {
    let (prefix, local) = match memchr::memchr(b':', name) {
        None => (&name[..0], name),
        Some(colon) => (&name[..colon], &name[colon + 1..]),
    };
    let well_named = is_name(local) && (is_name(prefix) || (prefix.is_empty() && local.len() == name.len()));
    if well_named { Ok((prefix, local)) } else { Err(NotWellFormed::Name) }
}

impl Names {
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    pub fn open(&mut self, name: &[u8]) {
        let text_before = self.text.len();
        let name = self.keep(name);
        self.open.push(OpenElement { text_before, name_end: name.1, bindings_before: self.bindings.len() });
    }

    /// Closes the innermost element, which must have that name.
    pub fn close(&mut self, name: &[u8]) -> Result<(), NotWellFormed> {
        match self.open.last() {
            Some(last) if &self.text[last.text_before..last.name_end] == name => {
                self.bindings.truncate(last.bindings_before);
                self.text.truncate(last.text_before);
                self.open.pop();
                Ok(())
            }
            _ => Err(NotWellFormed::Nesting),
        }
    }

    /// Binds a prefix (empty: elements without one) within the innermost element.
    pub fn bind(&mut self, prefix: &[u8], uri: &[u8]) -> Result<(), NotWellFormed> {
        let reserved = prefix == b"xmlns" || uri == XMLNS || (prefix == b"xml") != (uri == XML);
        if reserved || (uri.is_empty() && !prefix.is_empty()) {
            return Err(NotWellFormed::Namespace);
        }
        if self.bindings.len() == MAX_BINDINGS {
            return Err(NotWellFormed::TooLarge);
        }
        let binding = Binding { prefix: self.keep(prefix), uri: self.keep(uri) };
        self.bindings.push(binding);
        Ok(())
    }

    /// What the prefix stands for here.
    pub fn uri(&self, prefix: &[u8]) -> Result<&[u8], NotWellFormed> {
        let kept = |range: (usize, usize)| &self.text[range.0..range.1];
        match self.bindings.iter().rev().find(|binding| kept(binding.prefix) == prefix) {
            Some(binding) => Ok(kept(binding.uri)),
            None if prefix.is_empty() => Ok(b""),
            None if prefix == b"xml" => Ok(XML),
            None => Err(NotWellFormed::Namespace),
        }
    }

    fn keep(&mut self, bytes: &[u8]) -> (usize, usize) {
        let start = self.text.len();
        self.text.extend_from_slice(bytes);
        (start, self.text.len())
    }
}
