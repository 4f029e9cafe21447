//! What a person would read of a message: its subject and the text of its main document.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::error::MemoError;
use super::format::NAMESPACE;
use super::xml::{Listener, Scanner};

/// The most bytes of the subject and of a file's name and format that are kept; the schemas allow 256 characters.
const MAX_NAME: usize = 1024;
/// The most bytes of text that are kept.
const MAX_TEXT: usize = 32 * 1024;
/// The same as base64, with some white space in it.
const MAX_BASE64: usize = MAX_TEXT / 3 * 4 + 4096;

/// The subject of a message and the text of its main document, for made-up mail that people look at while they practise.
/// They are a letter's content, so they belong in no log and no journal, and [`Debug`](fmt::Debug) shows neither.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LetterText {
    /// Its subject line, perhaps cut short.
    pub subject: String,
    /// The file of its main document: the first one that is plain text, or else the first of all. `None`: it has none.
    pub file: Option<LetterFile>,
}

/// The file of a main document.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LetterFile {
    /// Its name.
    pub name: String,
    /// Its media type, as the sender gave it.
    pub format: String,
    /// What stands in it; `None` where it is no plain text, or cannot be decoded.
    pub text: Option<String>,
    /// Whether there is more than the text that was kept, 32 KiB.
    pub is_cut: bool,
}

impl LetterText {
    /// About how many bytes it takes in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let file = |file: &LetterFile| file.name.len() + file.format.len() + file.text.as_ref().map_or(0, String::len);
        self.subject.len() + self.file.as_ref().map_or(0, file)
    }
}

impl fmt::Debug for LetterText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LetterText").field("bytes", &self.bytes()).finish_non_exhaustive()
    }
}

impl fmt::Debug for LetterFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LetterFile").field("is_cut", &self.is_cut).finish_non_exhaustive()
    }
}

/// Gathers the [`LetterText`] of a message in chunks as they arrive, beside a [`Reader`](super::Reader), which says whether it
/// is a message at all. Its memory does not grow with the message, and once the text is there nothing more is looked at.
#[derive(Debug)]
pub struct LetterTextReader {
    scanner: Scanner,
    listener: TextListener,
    is_over: bool,
}

impl Default for LetterTextReader {
    fn default() -> Self {
        Self { scanner: Scanner::new(), listener: TextListener::default(), is_over: false }
    }
}

impl LetterTextReader {
    /// Reads the next bytes. What cannot be read ends the text there.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.is_over = self.is_over || self.scanner.feed(chunk, &mut self.listener).is_err() || self.listener.is_over;
    }

    /// What was found so far.
    #[must_use]
    pub fn finish(self) -> LetterText {
        self.listener.found
    }
}

/// The elements on the way to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Message,
    Header,
    Subject,
    Body,
    MainDocument,
    File,
    Format,
    Name,
    Content,
    Other,
}

impl Part {
    /// What an element of that name is below this one.
    fn child(self, local: &[u8]) -> Self {
        match (self, local) {
            (Self::Message, b"MessageHeader") => Self::Header,
            (Self::Message, b"MessageBody") => Self::Body,
            (Self::Header, b"label") => Self::Subject,
            (Self::Body, b"MainDocument") => Self::MainDocument,
            (Self::MainDocument, b"File") => Self::File,
            (Self::File, b"encodingFormat") => Self::Format,
            (Self::File, b"filename") => Self::Name,
            (Self::File, b"content") => Self::Content,
            _ => Self::Other,
        }
    }

    /// How much of its text is kept.
    fn limit(self) -> usize {
        match self {
            Self::Subject | Self::Format | Self::Name => MAX_NAME,
            Self::Content => MAX_BASE64,
            _ => 0,
        }
    }
}

#[derive(Default)]
struct TextListener {
    open: Vec<Part>,
    /// The text of the innermost element, as far as it is kept.
    text: Vec<u8>,
    /// Whether there was more of it.
    is_cut: bool,
    /// The file that is being read.
    file: LetterFile,
    found: LetterText,
    is_over: bool,
}

impl fmt::Debug for TextListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextListener").field("open", &self.open).finish_non_exhaustive()
    }
}

impl Listener for TextListener {
    type Error = MemoError;

    fn start(&mut self, uri: &[u8], local: &[u8], _: bool) -> Result<(), MemoError> {
        let part = match self.open.last() {
            _ if uri != NAMESPACE.as_bytes() => Part::Other,
            None if local == b"Message" => Part::Message,
            None => Part::Other,
            Some(parent) => parent.child(local),
        };
        if part == Part::File {
            self.file = LetterFile::default();
        }
        self.open.push(part);
        self.text.clear();
        self.is_cut = false;
        Ok(())
    }

    fn end(&mut self) -> Result<(), MemoError> {
        let text = || cut_text(&self.text);
        match self.open.pop() {
            Some(Part::Subject) => self.found.subject = text(),
            Some(Part::Format) => self.file.format = text(),
            Some(Part::Name) => self.file.name = text(),
            Some(Part::Content) => self.end_content(),
            Some(Part::File) => self.end_file(),
            Some(Part::MainDocument) => self.is_over = true,
            _ => {}
        }
        self.text.clear();
        Ok(())
    }

    fn text(&mut self, text: &[u8]) -> Result<(), MemoError> {
        let limit = self.open.last().map_or(0, |part| part.limit());
        let room = limit.saturating_sub(self.text.len()).min(text.len());
        self.is_cut |= room < text.len();
        self.text.extend_from_slice(&text[..room]);
        Ok(())
    }

    fn comment_or_instruction(&mut self) -> Result<(), MemoError> {
        Ok(())
    }

    fn section_start(&mut self) -> Result<(), MemoError> {
        Ok(())
    }

    fn section_end(&mut self) {}
}

impl TextListener {
    fn end_content(&mut self) {
        if !is_plain_text(&self.file.format) {
            return;
        }
        let mut base64: Vec<u8> = self.text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        if self.is_cut {
            base64.truncate(base64.len() / 4 * 4);
        }
        let Ok(mut bytes) = BASE64.decode(&base64) else { return };
        self.file.is_cut = self.is_cut || bytes.len() > MAX_TEXT;
        bytes.truncate(MAX_TEXT);
        self.file.text = Some(cut_text(&bytes));
    }

    /// Keeps the file, unless there is a better one.
    fn end_file(&mut self) {
        let file = std::mem::take(&mut self.file);
        if self.found.file.as_ref().is_none_or(|known| known.text.is_none() && file.text.is_some()) {
            self.is_over = file.text.is_some();
            self.found.file = Some(file);
        }
    }
}

fn is_plain_text(format: &str) -> bool {
    let format = format.split(';').next().unwrap_or_default().trim();
    format.eq_ignore_ascii_case("text/plain")
}

/// The bytes as text, without the part of a character at the end that was cut through.
fn cut_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}
