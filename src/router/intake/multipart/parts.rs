use bytes::Bytes;
use memchr::memchr;
use memchr::memmem::Finder;

use super::error::MultipartError;

/// The longest boundary that the format allows (RFC 2046, §5.1.1).
const MAX_BOUNDARY: usize = 70;
/// The most bytes of a part's headers.
const MAX_HEAD: usize = 64 * 1024;
/// The most white space behind a boundary; a line with more of it counts as content.
const MAX_PADDING: usize = 256;

/// Cuts a form into its parts as it comes (RFC 2046, §5.1.1). It holds back no more than the headers of one part, and
/// of the content what may turn out to be a boundary.
pub(super) struct Parts {
    /// `CRLF "--" boundary`, in which the line break before the boundary belongs to the boundary.
    delimiter: Finder<'static>,
    stage: Stage,
    /// What has come and has not been dealt with.
    buffer: Bytes,
    /// The buffer begins at the beginning of a line, though no line break stands before it there.
    at_line_start: bool,
    /// Nothing more comes.
    is_all: bool,
}

/// What comes next in a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A part begins, with those headers: lines that end with CRLF, without the empty one that follows them.
    Head(Vec<u8>),
    /// So much of the part's content.
    Content(Bytes),
    /// So much of what stands before the first part, or after the last one.
    Outside(Bytes),
    /// More must come before anything can be said.
    Wanting,
    /// The form has come to its end.
    End,
}

#[derive(Debug)]
enum Stage {
    Preamble,
    /// The headers of a part, as far as they have come, and where the last line begins.
    Head(Vec<u8>, usize),
    Content,
    Epilogue,
}

/// What a line is that may be a boundary.
enum Line {
    /// It is none.
    Other,
    /// That depends on what comes.
    Unsettled,
    /// A part begins after so many bytes.
    Opens(usize),
    /// The last part has ended, with so many bytes.
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

    /// Takes what has come, once all that came before has been dealt with; `None`: nothing more comes.
    pub fn take(&mut self, bytes: Option<Bytes>) {
        let Some(bytes) = bytes else {
            self.is_all = true;
            return;
        };
        self.buffer = if self.buffer.is_empty() { bytes } else { [&self.buffer[..], &bytes].concat().into() };
    }

    /// What comes next.
    pub fn next(&mut self) -> Result<Piece, MultipartError> {
        let piece = match &mut self.stage {
            Stage::Head(..) => self.read_head()?,
            Stage::Preamble | Stage::Content => self.read_content()?,
            Stage::Epilogue if self.buffer.is_empty() && self.is_all => return Ok(Piece::End),
            Stage::Epilogue => self.content(self.buffer.len()),
        };
        match (piece, &self.stage) {
            (Piece::Wanting, Stage::Preamble) if self.is_all => {
                Err(MultipartError::Format("the boundary that its Content-Type names begins no line of it"))
            }
            (Piece::Wanting, _) if self.is_all => Err(MultipartError::Format("it ends before its last part does")),
            (piece, _) => Ok(piece),
        }
    }

    /// Reads up to the next boundary.
    fn read_content(&mut self) -> Result<Piece, MultipartError> {
        let (text, line) = match self.delimiter.find(&self.buffer) {
            _ if self.at_line_start => (0, 0),
            Some(at) => (at, at + 2),
            None => return Ok(self.content(self.buffer.len() - self.begun_delimiter())),
        };
        let line_read = self.line(&self.buffer[line..])?;
        match line_read {
            Line::Other => {
                self.at_line_start = false;
                // At the beginning of a form or of a part nothing has been passed yet.
                if line == 0 { self.read_content() } else { Ok(self.content(line)) }
            }
            _ if text > 0 => Ok(self.content(text)),
            Line::Unsettled => Ok(Piece::Wanting),
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

    /// Reads the headers of a part, to the empty line that ends them.
    fn read_head(&mut self) -> Result<Piece, MultipartError> {
        let Stage::Head(mut head, mut line) = std::mem::replace(&mut self.stage, Stage::Content) else {
            return Ok(Piece::Wanting);
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
                return Ok(Piece::Head(head));
            }
            if !matches!(self.line(&head[line..])?, Line::Other) {
                return Err(MultipartError::Format("one of its parts ends within its headers"));
            }
            line = head.len();
        }
        self.stage = Stage::Head(head, line);
        Ok(Piece::Wanting)
    }

    fn content(&mut self, length: usize) -> Piece {
        match self.stage {
            _ if length == 0 => Piece::Wanting,
            Stage::Preamble | Stage::Epilogue => Piece::Outside(self.buffer.split_to(length)),
            Stage::Head(..) | Stage::Content => Piece::Content(self.buffer.split_to(length)),
        }
    }

    /// How many bytes at the end of the buffer may be the beginning of a boundary.
    fn begun_delimiter(&self) -> usize {
        let delimiter = self.delimiter.needle();
        let most = self.buffer.len().min(delimiter.len() - 1);
        (1..=most).rev().find(|length| self.buffer.ends_with(&delimiter[..*length])).unwrap_or_default()
    }

    /// Whether a line is a boundary. Nothing but white space may stand behind one on its line: what goes on differently
    /// is another boundary, of a form within this one, or no boundary at all.
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
            // The line break at the very end may be missing.
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
