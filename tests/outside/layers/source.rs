//! What a source file imports, names by a path, declares and defines. It is read word by word: comments, strings and
//! characters are passed over.

use std::collections::HashSet;

use memchr::{memchr, memchr_iter, memchr2, memmem};

/// A source file, and the paths in it that may lead to other files.
#[derive(Default)]
pub struct Source {
    pub imports: Vec<Import>,
    /// Paths of two or more segments outside of `use` declarations.
    pub paths: Vec<Named>,
    /// The modules that it declares with `mod x;`.
    pub modules: HashSet<String>,
    /// The names of its items, those inside of functions and blocks too.
    pub items: HashSet<String>,
}

/// A name that a `use` declaration brings into scope.
pub struct Import {
    /// As it is written, from `crate`, `super`, a module in scope or another crate on. The last is `*` for all names.
    pub path: Vec<String>,
    /// What the file calls it.
    pub name: String,
    /// Whether it is a re-export, `pub(crate) use` included.
    pub is_public: bool,
    /// Whether a re-export is used in the file itself too.
    pub is_used: bool,
    pub line: usize,
}

/// A path where it is used.
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
    /// The modules inside of the file in which it is used.
    pub depth: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    /// `::`
    Path,
    Sign(u8),
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Tokens<'a> {
    fn byte(&self, ahead: usize) -> u8 {
        let at = self.at + ahead;
        if at < self.text.len() { self.text.as_bytes()[at] } else { 0 }
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// Passes `length` bytes, and counts their lines.
    fn pass(&mut self, length: usize) {
        let passed = &self.rest()[..length.min(self.text.len() - self.at)];
        self.line += memchr_iter(b'\n', passed).count();
        self.at += passed.len();
    }

    /// Passes everything up to and including `end`.
    fn pass_through(&mut self, end: &str) {
        let length = memmem::find(self.rest(), end.as_bytes()).map_or(self.rest().len(), |found| found + end.len());
        self.pass(length);
    }

    fn pass_block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.byte(0), self.byte(1)) {
                (b'/', b'*') => depth += 1,
                (b'*', b'/') => depth -= 1,
                (0, _) if self.at >= self.text.len() => return,
                _ => {
                    self.pass(1);
                    continue;
                }
            }
            self.pass(2);
            if depth == 0 {
                return;
            }
        }
    }

    /// Passes a string without an `r`, from its opening quote on.
    fn pass_string(&mut self) {
        self.pass(1);
        while let Some(length) = memchr2(b'"', b'\\', self.rest()) {
            self.pass(length);
            if self.byte(0) == b'"' {
                return self.pass(1);
            }
            self.pass(2);
        }
        self.at = self.text.len();
    }

    /// Passes `r"…"` or `r#"…"#`, from what follows the `r` on.
    fn pass_raw_string(&mut self) {
        let mut hashes = 0;
        while self.byte(hashes) == b'#' {
            hashes += 1;
        }
        self.pass(hashes + 1);
        self.pass_through(&format!("\"{}", "#".repeat(hashes)));
    }

    /// Passes a character, or the quote and name of a lifetime.
    fn pass_quote(&mut self) {
        self.pass(1);
        if self.byte(0) == b'\\' {
            self.pass(2);
            return self.pass_through("'");
        }
        let letter = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        if self.byte(letter) == b'\'' {
            self.pass(letter + 1);
        } else {
            self.pass(self.word_length());
        }
    }

    fn word_length(&self) -> usize {
        let mut length = 0;
        while matches!(self.byte(length), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0x80..) {
            length += 1;
        }
        length
    }

    fn word(&mut self) -> &'a str {
        let length = self.word_length();
        let word = &self.text[self.at..self.at + length];
        self.at += length;
        word
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (Token<'a>, usize);

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.text.len() {
            match self.byte(0) {
                b'\n' => (self.at, self.line) = (self.at + 1, self.line + 1),
                b' ' => self.at += 1,
                b'/' if self.byte(1) == b'/' => {
                    self.at = memchr(b'\n', self.rest()).map_or(self.text.len(), |length| self.at + length);
                }
                b'/' if self.byte(1) == b'*' => self.pass_block_comment(),
                b'"' => self.pass_string(),
                b'\'' => self.pass_quote(),
                b':' if self.byte(1) == b':' => {
                    self.at += 2;
                    return Some((Token::Path, self.line));
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => {
                    let word = self.word();
                    let is_raw = matches!(word, "r" | "br" | "cr");
                    match self.byte(0) {
                        b'"' if is_raw => self.pass_raw_string(),
                        b'#' if is_raw && matches!(self.byte(1), b'"' | b'#') => self.pass_raw_string(),
                        b'#' if word == "r" => self.at += 1,
                        b'"' if matches!(word, "b" | "c") => self.pass_string(),
                        b'\'' if word == "b" => self.pass_quote(),
                        _ => return Some((Token::Word(word), self.line)),
                    }
                }
                b'0'..=b'9' => drop(self.word()),
                sign => {
                    self.at += 1;
                    return Some((Token::Sign(sign), self.line));
                }
            }
        }
        None
    }
}

impl Source {
    pub fn read(text: &str) -> Self {
        let tokens: Vec<_> = Tokens { text, at: 0, line: 1 }.collect();
        let mut reader =
            Reader { tokens, at: 0, source: Self::default(), names: Vec::new(), inner: Vec::new(), braces: 0 };
        reader.read();
        let Reader { mut source, names, .. } = reader;
        for import in source.imports.iter_mut().filter(|import| import.is_public) {
            import.is_used = names.contains(&import.name.as_str());
        }
        source
    }
}

struct Reader<'a> {
    tokens: Vec<(Token<'a>, usize)>,
    at: usize,
    source: Source,
    /// Every name outside of `use` declarations, except those of methods and fields.
    names: Vec<&'a str>,
    /// How many braces are open around the modules inside of the file.
    inner: Vec<usize>,
    braces: usize,
}

impl<'a> Reader<'a> {
    fn token(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at + ahead).map(|(token, _)| *token)
    }

    fn word(&self, ahead: usize) -> Option<&'a str> {
        match self.token(ahead)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is_sign(&self, ahead: usize, sign: u8) -> bool {
        self.token(ahead) == Some(Token::Sign(sign))
    }

    fn read(&mut self) {
        let (mut is_public, mut before) = (false, None);
        while let Some((token, line)) = self.tokens.get(self.at).copied() {
            let last = before.replace(token);
            match token {
                Token::Sign(b'{') => self.braces += 1,
                Token::Sign(b'}') => {
                    self.braces = self.braces.saturating_sub(1);
                    self.inner.pop_if(|opened| *opened == self.braces);
                }
                Token::Word("pub") => {
                    is_public = true;
                    self.at += 1;
                    self.pass_visibility();
                    continue;
                }
                Token::Word("use") if !self.is_sign(1, b'<') => {
                    self.at += 1;
                    self.read_use(&mut Vec::new(), is_public);
                }
                Token::Word("mod") if self.word(1).is_some() => {
                    let name = self.word(1).unwrap_or_default().to_owned();
                    if self.is_sign(2, b'{') {
                        self.source.items.insert(name);
                        self.inner.push(self.braces);
                    } else {
                        self.source.modules.insert(name);
                    }
                    self.at += 1;
                }
                Token::Word(word) => self.read_word(word, line, last),
                _ => {}
            }
            is_public = false;
            self.at += 1;
        }
    }

    /// Skips the parentheses after `pub`, unless they are a type.
    fn pass_visibility(&mut self) {
        let is_limited = self.is_sign(0, b'(')
            && (self.word(1) == Some("in")
                || (matches!(self.word(1), Some("crate" | "super" | "self")) && self.is_sign(2, b')')));
        if is_limited {
            while self.token(0).is_some() && !self.is_sign(0, b')') {
                self.at += 1;
            }
            self.at += 1;
        }
    }

    fn read_word(&mut self, word: &'a str, line: usize, before: Option<Token<'_>>) {
        if before == Some(Token::Path) {
            return;
        }
        let is_item = matches!(word, "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union")
            || (word == "macro_rules" && self.is_sign(1, b'!'));
        if is_item {
            let mut ahead = if word == "macro_rules" { 2 } else { 1 };
            while matches!(self.word(ahead), Some("mut" | "unsafe" | "async" | "extern" | "fn")) {
                ahead += 1;
            }
            if let Some(name) = self.word(ahead) {
                self.source.items.insert(name.to_owned());
                self.at += ahead;
            }
            return;
        }
        if before != Some(Token::Sign(b'.')) {
            self.names.push(word);
        }
        if self.token(1) != Some(Token::Path) {
            return;
        }
        let mut path = vec![word.to_owned()];
        while let (Some(Token::Path), Some(next)) = (self.token(1), self.word(2)) {
            path.push(next.to_owned());
            self.at += 2;
        }
        if path.len() > 1 {
            self.source.paths.push(Named { path, line, depth: self.inner.len() });
        }
    }

    /// Reads one tree of a `use` declaration, and ends on what follows it.
    fn read_use(&mut self, prefix: &mut Vec<String>, is_public: bool) {
        let outer = prefix.len();
        loop {
            let line = self.tokens.get(self.at).map_or(0, |(_, line)| *line);
            match self.token(0) {
                Some(Token::Word(word)) => {
                    self.at += 1;
                    // `self` in braces is the path before them.
                    if word != "self" || prefix.is_empty() {
                        prefix.push(word.to_owned());
                    }
                    if self.token(0) != Some(Token::Path) {
                        let mut name = prefix.last().cloned().unwrap_or_default();
                        if self.word(0) == Some("as") {
                            self.word(1).unwrap_or_default().clone_into(&mut name);
                            self.at += 2;
                        }
                        self.import(prefix.clone(), name, is_public, line);
                        break;
                    }
                }
                Some(Token::Path) => self.at += 1,
                Some(Token::Sign(b'*')) => {
                    self.at += 1;
                    let path = prefix.iter().cloned().chain(["*".to_owned()]).collect();
                    self.import(path, "*".to_owned(), is_public, line);
                    break;
                }
                Some(Token::Sign(b'{')) => {
                    self.at += 1;
                    while self.token(0).is_some() && !self.is_sign(0, b'}') {
                        self.read_use(prefix, is_public);
                        if self.is_sign(0, b',') {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    break;
                }
                _ => break,
            }
        }
        prefix.truncate(outer);
    }

    fn import(&mut self, path: Vec<String>, name: String, is_public: bool, line: usize) {
        // From inside a module of the file, `super` is the file.
        let path = outside(path, self.inner.len());
        self.source.imports.push(Import { path, name, is_public, is_used: false, line });
    }
}

/// A path as it is from the file, where it is used in `depth` modules inside of it.
pub fn outside(mut path: Vec<String>, depth: usize) -> Vec<String> {
    for _ in 0..depth {
        if path.first().is_some_and(|first| first == "super") {
            path.remove(0);
        }
    }
    path
}
