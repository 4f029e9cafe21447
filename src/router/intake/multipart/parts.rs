use bytes::Bytes;
use memchr::memchr;
use memchr::memmem::Finder;

use super::error::MultipartError;

/// The longest boundary that the format allows (RFC 2046, §5.1.1).
const MAX_BOUNDARY: usize = 70;
/// The most bytes of a part's headers.
const MAX_HEAD: usize = 64 * 1024;
/// The most white space after a boundary; a line with more of it is content.
const MAX_PADDING: usize = 256;

/// Splits a form into its parts as it comes (RFC 2046, §5.1.1). Buffers only the headers of one part, and of the content only
/// what may turn out to be a boundary.
pub(super) struct Parts {
    /// `CRLF "--" boundary`: the line break before a boundary belongs to it.
    delimiter: Finder<'static>,
    stage: Stage,
    /// Bytes that have come and have not been processed.
    buffer: Bytes,
    /// The buffer begins at the start of a line, though without the line break before it.
    at_line_start: bool,
    /// Nothing more comes.
    is_all: bool,
}

/// What comes next in a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FormPiece {
    /// A part begins, with those headers: lines that end with CRLF, without the empty one after them.
    Head(Vec<u8>),
    /// Content of the part.
    Content(Bytes),
    /// Bytes before the first part, or after the last one.
    Outside(Bytes),
    /// Nothing can be said before more bytes come.
    Wanting,
    /// The form ends.
    End,
}

#[derive(Debug)]
enum Stage {
    Preamble,
    /// The headers of a part so far, and where the last line begins.
    Head(Vec<u8>, usize),
    Content,
    Epilogue,
}

/// Whether a line is a boundary.
enum Line {
    /// It is not.
    Other,
    /// The next bytes decide.
    Unsettled,
    /// A part begins after that many bytes.
    Opens(usize),
    /// The last part ends, with that many bytes.
    Closes(usize),
}

impl Parts {
    pub fn new(boundary: &[u8]) -> Result<Self, MultipartError> {
        let fault = match boundary {
            [] => "its boundary is missing",
            boundary if boundary.len() > MAX_BOUNDARY => "its boundary is too long",
            [.., b' ' | b'\t'] => "its boundary ends with white space",
            boundary => {
                let delimiter = Finder::new(&[b"\r\n--", boundary].concat()).into_owned();
                let (buffer, stage) = (Bytes::new(), Stage::Preamble);
                return Ok(Self { delimiter, stage, buffer, at_line_start: true, is_all: false });
            }
        };
        Err(MultipartError::Format(fault))
    }

    /// Takes the next bytes, once all earlier ones have been processed; `None`: nothing more comes.
    pub fn push(&mut self, bytes: Option<Bytes>) {
        let Some(bytes) = bytes else {
            self.is_all = true;
            return;
        };
        self.buffer = if self.buffer.is_empty() { bytes } else { [&self.buffer[..], &bytes].concat().into() };
    }

    /// What comes next.
    pub fn next(&mut self) -> Result<FormPiece, MultipartError> {
        let piece = match &mut self.stage {
            Stage::Head(..) => self.read_head()?,
            Stage::Preamble | Stage::Content => self.read_content()?,
            Stage::Epilogue if self.buffer.is_empty() && self.is_all => return Ok(FormPiece::End),
            Stage::Epilogue => self.content(self.buffer.len()),
        };
        match (piece, &self.stage) {
            (FormPiece::Wanting, Stage::Preamble) if self.is_all => {
                Err(MultipartError::Format("the boundary that its Content-Type names begins no line of it"))
            }
            (FormPiece::Wanting, _) if self.is_all => Err(MultipartError::Format("it ends before its last part does")),
            (piece, _) => Ok(piece),
        }
    }

    /// Reads up to the next boundary.
    fn read_content(&mut self) -> Result<FormPiece, MultipartError> {
        let (text, line) = match self.delimiter.find(&self.buffer) {
            _ if self.at_line_start => (0, 0),
            Some(at) => (at, at + 2),
            None => return Ok(self.content(self.buffer.len() - self.begun_delimiter())),
        };
        let line_read = self.line(&self.buffer[line..])?;
        match line_read {
            Line::Other => {
                self.at_line_start = false;
                // At the start of a form or a part there are no bytes before the line.
                if line == 0 { self.read_content() } else { Ok(self.content(line)) }
            }
            _ if text > 0 => Ok(self.content(text)),
            Line::Unsettled => Ok(FormPiece::Wanting),
            Line::Opens(length) => {
                let _ = self.buffer.split_to(line + length);
                self.stage = Stage::Head(Vec::new(), 0);
                self.read_head()
            }
            Line::Closes(length) => {
                let _ = self.buffer.split_to(line + length);
                self.stage = Stage::Epilogue;
                self.next()
            }
        }
    }

    /// Reads the headers of a part, up to the empty line.
    fn read_head(&mut self) -> Result<FormPiece, MultipartError> {
        let Stage::Head(mut head, mut line) = std::mem::replace(&mut self.stage, Stage::Content) else {
            return Ok(FormPiece::Wanting);
        };
        while !self.buffer.is_empty() {
            let end = memchr(b'\n', &self.buffer);
            head.extend_from_slice(&self.buffer.split_to(end.map_or(self.buffer.len(), |end| end + 1)));
            if head.len() > MAX_HEAD {
                return Err(MultipartError::Format("its parts have too long headers"));
            }
            if end.is_none() {
                break;
            }
            if !head.ends_with(b"\r\n") {
                return Err(LINE_FEEDS);
            }
            if &head[line..] == b"\r\n" {
                head.truncate(line);
                self.at_line_start = true;
                return Ok(FormPiece::Head(head));
            }
            if !matches!(self.line(&head[line..])?, Line::Other) {
                return Err(MultipartError::Format("one of its parts ends within its headers"));
            }
            line = head.len();
        }
        self.stage = Stage::Head(head, line);
        Ok(FormPiece::Wanting)
    }

    fn content(&mut self, length: usize) -> FormPiece {
        match self.stage {
            _ if length == 0 => FormPiece::Wanting,
            Stage::Preamble | Stage::Epilogue => FormPiece::Outside(self.buffer.split_to(length)),
            Stage::Head(..) | Stage::Content => FormPiece::Content(self.buffer.split_to(length)),
        }
    }

    /// How many bytes at the end of the buffer may begin a boundary.
    fn begun_delimiter(&self) -> usize {
        let delimiter = self.delimiter.needle();
        let most = self.buffer.len().min(delimiter.len() - 1);
        (1..=most).rev().find(|length| self.buffer.ends_with(&delimiter[..*length])).unwrap_or_default()
    }

    /// Whether a line is a boundary. Only white space may follow one on its line: anything else makes it another boundary, of
    /// a nested form, or none at all.
    fn line(&self, bytes: &[u8]) -> Result<Line, MultipartError> {
        let boundary = &self.delimiter.needle()[2..];
        let Some(rest) = bytes.strip_prefix(boundary) else {
            return Ok(if boundary.starts_with(bytes) { self.unsettled() } else { Line::Other });
        };
        let (closes, rest) = match rest {
            [b'-', b'-', rest @ ..] => (true, rest),
            [b'-'] => return Ok(self.unsettled()),
            rest => (false, rest),
        };
        let padding = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if padding > MAX_PADDING {
            return Ok(Line::Other);
        }
        let length = bytes.len() - rest.len() + padding;
        Ok(match &rest[padding..] {
            [b'\r', b'\n', ..] if closes => Line::Closes(length + 2),
            [b'\r', b'\n', ..] => Line::Opens(length + 2),
            // The line break at the very end of a form may be missing.
            rest @ ([] | [b'\r']) if closes && self.is_all => Line::Closes(length + rest.len()),
            [] | [b'\r'] => self.unsettled(),
            [b'\n', ..] => return Err(LINE_FEEDS),
            _ => Line::Other,
        })
    }

    fn unsettled(&self) -> Line {
        if self.is_all { Line::Other } else { Line::Unsettled }
    }
}

const LINE_FEEDS: MultipartError = MultipartError::Format("its lines end with LF alone; they must end with CRLF");
