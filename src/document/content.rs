use jiff::civil::DateTime;

use crate::LanguageChoice;
use crate::picture::{Palette, Picture};
use crate::visible::{as_seen, is_hidden};

/// A document: its title, and blocks from top to bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is. It stands largest, on its first page, and at the top of every other page.
    pub title: String,
    /// What it is about, below the title.
    pub subtitle: String,
    /// The language that it is read aloud in, and that its page numbers are in.
    pub language: LanguageChoice,
    /// When it was made, by the clock in Denmark.
    pub made_at: DateTime,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a document, as wide as the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The list of its sections, which lead there.
    Contents,
    /// What the blocks after it are about.
    Heading(Level, String),
    /// Some sentences.
    Paragraph(Text),
    /// One thing after the other, each with a mark.
    List(Vec<Text>),
    /// Names, and what each is.
    Definitions(Vec<Definition>),
    /// Rows of cells.
    Table(Table),
    /// A picture, no larger than it is and no wider than the page, in these colours.
    Picture(Picture, Palette),
    /// Lines to write on by hand, each with what is to be written.
    Signature(Vec<String>),
    /// What comes after it begins on a new page where there are pages.
    PageBreak,
}

/// How far down a heading is below the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A section.
    Section,
    /// A part of a section.
    Part,
    /// A part of a part.
    Piece,
}

impl Level {
    /// 1 for a section, 2 and 3 below it.
    #[must_use]
    pub fn depth(self) -> u16 {
        match self {
            Self::Section => 1,
            Self::Part => 2,
            Self::Piece => 3,
        }
    }
}

/// A name and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The name.
    pub term: String,
    /// What it is.
    pub meaning: Text,
}

impl Definition {
    /// A name and what it is.
    pub fn new(term: impl Into<String>, meaning: impl Into<Text>) -> Self {
        Self { term: term.into(), meaning: meaning.into() }
    }
}

/// Rows of cells below the names of their columns, which stand again at the top of every page that has rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows from top to bottom: a cell for each column. Cells that are missing are empty, and more of them are left out.
    pub rows: Vec<Vec<Text>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands at its top.
    pub name: String,
    /// How wide it is, compared with the other columns.
    pub share: u16,
    /// Whether it has numbers, which stand to the right.
    pub is_number: bool,
}

impl Column {
    /// A column of words.
    pub fn text(name: impl Into<String>, share: u16) -> Self {
        Self { name: name.into(), share, is_number: false }
    }

    /// A column of numbers.
    pub fn number(name: impl Into<String>, share: u16) -> Self {
        Self { name: name.into(), share, is_number: true }
    }
}

/// Words of one or several looks. A line break in them begins a new line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(Vec<Run>);

/// Words of one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    words: String,
    look: Look,
}

/// How words stand out. It never says anything that the words do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As most words are.
    Plain,
    /// Heavier.
    Strong,
    /// Paler.
    Muted,
}

impl Run {
    /// The words: every character is visible but spaces and line breaks.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// How they look.
    #[must_use]
    pub fn look(&self) -> Look {
        self.look
    }
}

impl Text {
    /// The words in their order.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All words without their looks.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(|run| run.words.as_str()).collect()
    }

    /// The text with more words behind it, without a space between.
    #[must_use]
    pub fn with(mut self, look: Look, words: impl AsRef<str>) -> Self {
        let words = tidied(words.as_ref());
        if !words.is_empty() {
            self.0.push(Run { words, look });
        }
        self
    }

    /// Strong words alone.
    pub fn strong(words: impl AsRef<str>) -> Self {
        Self::default().with(Look::Strong, words)
    }

    /// Muted words alone.
    pub fn muted(words: impl AsRef<str>) -> Self {
        Self::default().with(Look::Muted, words)
    }

    /// The text with muted words on a line of their own below it; the text itself where there are none.
    #[must_use]
    pub fn above(self, muted: impl AsRef<str>) -> Self {
        match muted.as_ref().trim() {
            "" => self,
            muted => self.with(Look::Muted, format!("\n{muted}")),
        }
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::default().with(Look::Plain, words)
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        words.as_str().into()
    }
}

impl Document {
    /// The headings in their order.
    pub(super) fn headings(&self) -> impl Iterator<Item = (Level, &str)> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading(level, words) => Some((*level, words.as_str())),
            _ => None,
        })
    }
}

/// Words as people see them, with a space for every tab, and without what cannot be seen.
pub(super) fn tidied(words: &str) -> String {
    let seen = as_seen(words);
    let lines = seen.lines().map(|line| {
        let line = line.chars().map(|character| if character == '\t' { ' ' } else { character });
        line.filter(|character| !is_hidden(*character)).collect::<String>()
    });
    let mut tidied = lines.collect::<Vec<_>>().join("\n");
    if seen.ends_with('\n') {
        tidied.push('\n');
    }
    tidied
}
