use memchr::{memchr, memchr2, memchr3, memmem};

use super::characters::{Characters, is_space, is_space_byte};
use super::declared::Declared;
use super::listener::Listener;
use super::markup::{MAX_REFERENCE, attribute_value, next_attribute, referred, tag_end, whole_instruction};
use super::name::{self, Name};
use super::names::{MAX_DEPTH, NameStack};
use super::not_well_formed::NotWellFormed;
use super::{known_names, whole_tags};

/// The most bytes of a tag or a processing instruction.
const MAX_MARKUP: usize = 64 * 1024;
/// The most bytes of a name.
const MAX_NAME: usize = 256;
/// The most attributes of a tag. Each is compared with all others: without a bound, a megabyte of tags full of attributes took
/// 1.5 seconds.
const MAX_ATTRIBUTES: usize = 256;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
const SCHEMA_INSTANCE: &[u8] = b"http://www.w3.org/2001/XMLSchema-instance";

/// Reads XML 1.0 with namespaces as it arrives, in memory that does not grow with the document.
///
/// The result does not depend on where the document is cut into chunks: a tag that is split is gathered and parsed when it is
/// complete, and text is passed on piece by piece.
#[derive(Debug)]
pub(in crate::memo) struct Scanner {
    state: State,
    characters: Characters,
    names: NameStack,
    /// The part that has arrived of an incomplete piece of markup.
    gathered: Vec<u8>,
    root: Root,
    /// Whether nothing but a byte order mark has been read.
    at_start: bool,
    /// What the XML declaration forbids in the text.
    declared: Declared,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Root {
    Awaited,
    Open,
    Closed,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// At the very beginning, where a byte order mark may be.
    Beginning,
    /// Between markup; the number of `]` at the end of the text (at most 2), since `]]>` must not occur.
    Text { brackets: u8 },
    /// After `&`.
    Reference,
    /// After `<`, before it is clear what begins.
    Markup,
    /// Within a tag; the quote that opens the current attribute value, if any.
    Tag { quote: Option<u8> },
    /// Within `<?…?>`.
    Instruction,
    /// Within `<!--…-->`; the number of dashes at the end (at most 2).
    Comment { dashes: u8 },
    /// Within `<![CDATA[…]]>`; the number of `]` at the end (at most 2), which have not been passed on.
    CData { brackets: u8 },
}

impl Scanner {
    pub fn new() -> Self {
        Self {
            state: State::Beginning,
            characters: Characters::default(),
            names: NameStack::new(),
            gathered: Vec::new(),
            root: Root::Awaited,
            at_start: true,
            declared: Declared::default(),
        }
    }

    pub fn feed<L: Listener>(&mut self, chunk: &[u8], listener: &mut L) -> Result<(), L::Error> {
        let checked = self.characters.feed(chunk);
        if let Some(character) = checked.split {
            self.scan(character.encode_utf8(&mut [0; 4]).as_bytes(), listener)?;
        }
        self.scan(checked.whole, listener)?;
        checked.fault.map_or(Ok(()), |fault| Err(fault.into()))
    }

    fn scan<L: Listener>(&mut self, mut rest: &[u8], listener: &mut L) -> Result<(), L::Error> {
        let mut forbidden = None;
        while !rest.is_empty() {
            if self.declared.forbids_anything() && forbidden.is_none() {
                let found = self.declared.first_forbidden(rest);
                forbidden = Some(found.map(|(_, fault)| fault));
                // What comes before is scanned first, so that the first fault is the one reported.
                rest = &rest[..found.map_or(rest.len(), |(at, _)| at)];
                continue;
            }
            rest = match self.state {
                State::Beginning => self.beginning(rest)?,
                State::Text { brackets: 0 } if self.root == Root::Open => self.read_on(rest, listener)?,
                State::Text { brackets } => self.text(rest, brackets, listener)?,
                State::Reference => self.reference(rest, listener)?,
                State::Markup => self.markup(rest, listener)?,
                State::Tag { quote } => self.tag(rest, quote, listener)?,
                State::Instruction => self.instruction(rest)?,
                State::Comment { dashes } => self.comment(rest, dashes)?,
                State::CData { brackets } => self.cdata(rest, brackets, listener)?,
            };
        }
        forbidden.flatten().map_or(Ok(()), |fault| Err(fault.into()))
    }

    pub fn finish(&self) -> Result<(), NotWellFormed> {
        self.characters.finish()?;
        match (self.state, self.root) {
            (State::Text { .. }, Root::Closed) => Ok(()),
            _ => Err(NotWellFormed::Unfinished),
        }
    }

    fn beginning<'a>(&mut self, input: &'a [u8]) -> Result<&'a [u8], NotWellFormed> {
        let (&byte, rest) = input.split_first().unwrap_or((&0, input));
        if byte == BYTE_ORDER_MARK[self.gathered.len()] {
            self.gathered.push(byte);
            if self.gathered.len() == BYTE_ORDER_MARK.len() {
                self.gathered.clear();
                self.state = State::Text { brackets: 0 };
            }
            return Ok(rest);
        }
        if !self.gathered.is_empty() {
            return Err(NotWellFormed::OutsideRoot);
        }
        self.state = State::Text { brackets: 0 };
        Ok(input)
    }

    fn read_on<'a, L: Listener>(&mut self, input: &'a [u8], listener: &mut L) -> Result<&'a [u8], L::Error> {
        let rest = whole_tags::read_on(&mut self.names, input, listener)?;
        if self.names.depth() == 0 {
            self.root = Root::Closed;
        }
        if rest.is_empty() { Ok(rest) } else { self.text(rest, 0, listener) }
    }

    fn text<'a, L: Listener>(&mut self, input: &'a [u8], brackets: u8, listener: &mut L) -> Result<&'a [u8], L::Error> {
        let mut end = memchr3(b'<', b'&', b']', input).unwrap_or(input.len());
        let has_brackets = input.get(end) == Some(&b']');
        if has_brackets {
            end += memchr2(b'<', b'&', &input[end..]).unwrap_or(input.len() - end);
        }
        let (text, rest) = input.split_at(end);
        if !text.is_empty() {
            if self.root == Root::Open {
                let may_end_section = has_brackets || brackets > 0;
                let forbidden = may_end_section.then(|| section_end(text, brackets)).flatten();
                listener.text(&text[..forbidden.unwrap_or(text.len())])?;
                if forbidden.is_some() {
                    return Err(NotWellFormed::Section.into());
                }
            } else if !is_space(text) {
                return Err(NotWellFormed::OutsideRoot.into());
            }
            self.at_start = false;
            self.state = State::Text { brackets: trailing_brackets(text, brackets) };
        }
        let Some((delimiter, rest)) = rest.split_first() else { return Ok(rest) };
        self.gathered.clear();
        self.state = match (delimiter, rest.first()) {
            (b'&', _) if self.root == Root::Open => State::Reference,
            (b'&', _) => return Err(NotWellFormed::OutsideRoot.into()),
            (_, Some(b'!' | b'?') | None) => State::Markup,
            (_, Some(_)) => State::Tag { quote: None },
        };
        Ok(rest)
    }

    fn reference<'a, L: Listener>(&mut self, input: &'a [u8], listener: &mut L) -> Result<&'a [u8], L::Error> {
        let end = memchr(b';', input);
        self.gather(&input[..end.unwrap_or(input.len())], MAX_REFERENCE, NotWellFormed::Entity)?;
        let Some(end) = end else { return Ok(&[]) };
        let character = referred(&self.gathered)?;
        listener.text(character.encode_utf8(&mut [0; 4]).as_bytes())?;
        self.state = State::Text { brackets: 0 };
        Ok(&input[end + 1..])
    }

    /// Gathers byte by byte until it is clear what begins. The first byte of a tag is left to [`Scanner::tag`].
    fn markup<'a, L: Listener>(&mut self, input: &'a [u8], listener: &mut L) -> Result<&'a [u8], L::Error> {
        const COMMENT: &[u8] = b"!--";
        const CDATA: &[u8] = b"![CDATA[";
        let (&byte, rest) = input.split_first().unwrap_or((&0, input));
        if self.gathered.is_empty() && byte != b'!' && byte != b'?' {
            self.state = State::Tag { quote: None };
            return Ok(input);
        }
        self.gathered.push(byte);
        match self.gathered.as_slice() {
            b"?" => {
                self.gathered.clear();
                self.state = State::Instruction;
                listener.comment_or_instruction()?;
            }
            COMMENT => {
                self.at_start = false;
                self.state = State::Comment { dashes: 0 };
                listener.comment_or_instruction()?;
            }
            CDATA if self.root == Root::Open => {
                self.state = State::CData { brackets: 0 };
                listener.section_start()?;
            }
            CDATA => return Err(NotWellFormed::OutsideRoot.into()),
            b"!D" => return Err(NotWellFormed::Doctype.into()),
            beginning if COMMENT.starts_with(beginning) || CDATA.starts_with(beginning) => {}
            _ => return Err(NotWellFormed::Section.into()),
        }
        Ok(rest)
    }

    fn tag<'a, L: Listener>(
        &mut self,
        input: &'a [u8],
        mut quote: Option<u8>,
        listener: &mut L,
    ) -> Result<&'a [u8], L::Error> {
        self.at_start = false;
        let Some(end) = tag_end(input, &mut quote) else {
            self.gather(input, MAX_MARKUP, NotWellFormed::TooLarge)?;
            self.state = State::Tag { quote };
            return Ok(&[]);
        };
        if self.gathered.is_empty() {
            self.whole_tag(&input[..end], listener)?;
        } else {
            self.gather(&input[..end], MAX_MARKUP, NotWellFormed::TooLarge)?;
            let gathered = std::mem::take(&mut self.gathered);
            self.whole_tag(&gathered, listener)?;
            self.gathered = gathered;
        }
        self.state = State::Text { brackets: 0 };
        Ok(&input[end + 1..])
    }

    /// Reads a tag, given what is between `<` and `>`.
    fn whole_tag<L: Listener>(&mut self, tag: &[u8], listener: &mut L) -> Result<(), L::Error> {
        if tag.len() > MAX_MARKUP {
            return Err(NotWellFormed::TooLarge.into());
        }
        if let Some(name) = tag.strip_prefix(b"/") {
            self.names.close(name.trim_ascii_end())?;
            return self.closed(listener);
        }
        let (tag, is_empty) = tag.strip_suffix(b"/").map_or((tag, false), |tag| (tag, true));
        let name_end = tag.iter().position(|byte| is_space_byte(*byte)).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        self.may_open(name)?;
        let parts = name::split(name)?;
        known_names::remember(&parts);
        self.open(parts, attributes, listener)?;
        if is_empty {
            self.names.close(name)?;
            self.closed(listener)?;
        }
        Ok(())
    }

    fn may_open(&self, name: &[u8]) -> Result<(), NotWellFormed> {
        if self.root == Root::Closed {
            return Err(NotWellFormed::OutsideRoot);
        }
        if self.names.depth() == MAX_DEPTH || name.len() > MAX_NAME {
            return Err(NotWellFormed::TooLarge);
        }
        Ok(())
    }

    fn open<L: Listener>(&mut self, name: Name<'_>, attributes: &[u8], listener: &mut L) -> Result<(), L::Error> {
        self.names.open(&name);
        self.root = Root::Open;
        let is_nil = self.attributes(attributes)?;
        listener.start(self.names.resolve(name.prefix)?, name.local, is_nil)
    }

    fn closed<L: Listener>(&mut self, listener: &mut L) -> Result<(), L::Error> {
        if self.names.depth() == 0 {
            self.root = Root::Closed;
        }
        listener.end()
    }

    /// Checks the attributes of a start tag and binds the prefixes they declare. Returns whether `xsi:nil` says that the element
    /// is absent: readers that follow the schema ignore its content.
    fn attributes(&mut self, mut input: &[u8]) -> Result<bool, NotWellFormed> {
        let mut nil: Vec<&[u8]> = Vec::new();
        let mut seen: Vec<(&[u8], &[u8])> = Vec::new();
        while let Some((attribute, rest)) = next_attribute(input)? {
            input = rest;
            let name = name::split(attribute.name)?;
            let name = (name.prefix, name.local);
            if attribute.name.len() > MAX_NAME || seen.len() == MAX_ATTRIBUTES {
                return Err(NotWellFormed::TooLarge);
            }
            if seen.contains(&name) {
                return Err(NotWellFormed::Attribute);
            }
            seen.push(name);
            let value = attribute_value(attribute.value)?;
            match name {
                (b"", b"xmlns") => self.names.bind(b"", &value)?,
                (b"xmlns", declared) => self.names.bind(declared, &value)?,
                (prefix, b"nil") if matches!(value.trim_ascii(), b"true" | b"1") => nil.push(prefix),
                _ => {}
            }
        }
        seen.retain(|(prefix, _)| !prefix.is_empty() && *prefix != b"xmlns");
        let mut expanded: Vec<(&[u8], &[u8])> = Vec::with_capacity(seen.len());
        for (prefix, local) in seen {
            let name = (self.names.uri(prefix)?, local);
            if expanded.contains(&name) {
                return Err(NotWellFormed::Attribute);
            }
            expanded.push(name);
        }
        Ok(nil.into_iter().any(|prefix| self.names.uri(prefix) == Ok(SCHEMA_INSTANCE)))
    }

    fn instruction<'a>(&mut self, input: &'a [u8]) -> Result<&'a [u8], NotWellFormed> {
        let end = memchr(b'>', input);
        self.gather(&input[..end.unwrap_or(input.len())], MAX_MARKUP, NotWellFormed::TooLarge)?;
        let Some(end) = end else { return Ok(&[]) };
        if let Some(content) = self.gathered.strip_suffix(b"?") {
            let declared = whole_instruction(content, self.at_start)?;
            if self.at_start {
                self.declared = declared;
            }
            self.at_start = false;
            self.state = State::Text { brackets: 0 };
        } else {
            self.gathered.push(b'>');
        }
        Ok(&input[end + 1..])
    }

    fn comment<'a>(&mut self, input: &'a [u8], dashes: u8) -> Result<&'a [u8], NotWellFormed> {
        let (&byte, rest) = input.split_first().unwrap_or((&0, input));
        match (byte, dashes) {
            (b'>', 2) => self.state = State::Text { brackets: 0 },
            (_, 2) => return Err(NotWellFormed::Section),
            (b'-', _) => self.state = State::Comment { dashes: dashes + 1 },
            _ => {
                self.state = State::Comment { dashes: 0 };
                return Ok(&rest[memchr(b'-', rest).unwrap_or(rest.len())..]);
            }
        }
        Ok(rest)
    }

    fn cdata<'a, L: Listener>(
        &mut self,
        input: &'a [u8],
        brackets: u8,
        listener: &mut L,
    ) -> Result<&'a [u8], L::Error> {
        let (&byte, rest) = input.split_first().unwrap_or((&0, input));
        match (byte, brackets) {
            (b'>', 2) => {
                self.state = State::Text { brackets: 0 };
                listener.section_end();
            }
            (b']', 2) => listener.text(b"]")?,
            (b']', _) => self.state = State::CData { brackets: brackets + 1 },
            _ => {
                listener.text(&b"]]"[..usize::from(brackets)])?;
                let end = memchr(b']', input).unwrap_or(input.len());
                listener.text(&input[..end])?;
                self.state = State::CData { brackets: 0 };
                return Ok(&input[end..]);
            }
        }
        Ok(rest)
    }

    fn gather(&mut self, bytes: &[u8], limit: usize, error: NotWellFormed) -> Result<(), NotWellFormed> {
        if self.gathered.len() + bytes.len() > limit {
            return Err(error);
        }
        self.gathered.extend_from_slice(bytes);
        Ok(())
    }
}

/// The position of the `>` of `]]>`, which text must not have (§2.4), even when it is split between chunks.
fn section_end(text: &[u8], brackets: u8) -> Option<usize> {
    let leading = text.iter().take_while(|byte| **byte == b']').count();
    if usize::from(brackets) + leading >= 2 && text.get(leading) == Some(&b'>') {
        return Some(leading);
    }
    memmem::find(text, b"]]>").map(|at| at + 2)
}

/// The number of `]` at the end of the text, continued from before it; at most 2.
fn trailing_brackets(text: &[u8], before: u8) -> u8 {
    let count = text.iter().rev().take(2).take_while(|byte| **byte == b']').count();
    let count = u8::try_from(count).unwrap_or(2);
    if usize::from(count) == text.len() { (before + count).min(2) } else { count }
}
