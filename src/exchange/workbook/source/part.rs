//! A part of a workbook as XML, bounded in memory whatever it holds.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{Reader, XmlVersion};

use crate::exchange::progress::Progress;
use crate::exchange::text::xml::resolved;
use crate::exchange::workbook::outcome::TablesError;

/// The most of a text, and of an element's beginning with all its attributes, in bytes: an Excel cell has at most 32,767
/// characters.
const LONGEST: usize = 1 << 20;
/// More than any workbook has.
const DEEPEST: usize = 250;

/// Reads a part event by event, and can be stopped at each.
pub(super) struct Part<'a> {
    reader: Reader<Bounded<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    progress: &'a Progress,
}

/// The next event of a part. An empty element both begins and ends.
pub(super) enum XmlPiece<'b> {
    Begin(BytesStart<'b>),
    End,
    Text(Cow<'b, str>),
    Other,
    Over,
}

impl<'a> Part<'a> {
    pub(super) fn new(bytes: impl Read + 'a, size: u64, progress: &'a Progress) -> Self {
        let bytes: Box<dyn Read + 'a> = Box::new(bytes.take(size));
        let mut reader = Reader::from_reader(Bounded { bytes: BufReader::new(bytes), left: LONGEST });
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), depth: 0, progress }
    }

    pub(super) fn next(&mut self) -> Result<XmlPiece<'_>, TablesError> {
        self.progress.go_on()?;
        self.buffer.clear();
        self.reader.get_mut().left = LONGEST;
        let event = self.reader.read_event_into(&mut self.buffer);
        let event = event.map_err(|error| match error {
            quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => TablesError::TooLarge,
            _ => TablesError::NotTables,
        })?;
        Ok(match event {
            Event::Start(element) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(TablesError::NotTables);
                }
                XmlPiece::Begin(element)
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                XmlPiece::End
            }
            Event::Text(text) => XmlPiece::Text(text.xml10_content()),
            Event::CData(text) => XmlPiece::Text(text.xml10_content()),
            Event::GeneralRef(reference) => XmlPiece::Text(Cow::Owned(resolved(&reference))),
            Event::Eof => XmlPiece::Over,
            _ => XmlPiece::Other,
        })
    }

    /// Passes over what is left of the element that has begun last.
    pub(super) fn skip(&mut self) -> Result<(), TablesError> {
        let mut depth = 0;
        loop {
            match self.next()? {
                XmlPiece::Begin(_) => depth += 1,
                XmlPiece::End if depth == 0 => return Ok(()),
                XmlPiece::End => depth -= 1,
                XmlPiece::Over => return Err(TablesError::NotTables),
                XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
    }

    /// The text of the element that has begun last, to its end; what other elements in it hold is left out.
    pub(super) fn text(&mut self) -> Result<String, TablesError> {
        let mut all = String::new();
        let mut depth = 0;
        loop {
            match self.next()? {
                XmlPiece::Begin(_) => depth += 1,
                XmlPiece::End if depth == 0 => return Ok(all),
                XmlPiece::End => depth -= 1,
                XmlPiece::Text(text) if depth == 0 => add(&mut all, &text)?,
                XmlPiece::Over => return Err(TablesError::NotTables),
                XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
    }
}

/// Adds to a text, unless that becomes longer than any cell can be.
pub(super) fn add(text: &mut String, more: &str) -> Result<(), TablesError> {
    if text.len() + more.len() > LONGEST {
        return Err(TablesError::TooLarge);
    }
    text.push_str(more);
    Ok(())
}

/// An attribute's value by its name; a name without a prefix matches any prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let is_it =
        |key: QName<'_>| if name.contains(':') { key.as_ref() == name } else { key.local_name().as_ref() == name };
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).filter_map(Result::ok);
    let attribute = attributes.find(|attribute| is_it(attribute.key))?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// The value of an attribute that names something; `None` if it is implausibly long.
pub(super) fn label(element: &BytesStart<'_>, name: &str) -> Option<String> {
    const LONGEST_LABEL: usize = 1_000;
    attribute(element, name).filter(|label| label.len() <= LONGEST_LABEL)
}

/// Limits how many bytes one event may take: the XML reader buffers an event until it ends.
struct Bounded<'a> {
    bytes: BufReader<Box<dyn Read + 'a>>,
    left: usize,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.bytes.consume(count);
    }
}
