//! What a page is made of.

use super::pages::GuidePage;

/// A page that has been read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its blocks, from the top down. The first is the page's title, a heading of level 1.
    pub blocks: Vec<Block>,
}

/// Something that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 for the title of the page, 2 and 3 within it.
        level: u8,
        /// Its words, without italics.
        words: String,
        /// The name by which links lead here.
        anchor: String,
    },
    /// Running words.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// The number of the first item; `None` where they have none.
        first: Option<u64>,
        /// What each item is made of.
        items: Vec<Vec<Block>>,
    },
    /// A table. Each row has as many cells as the head.
    Table {
        /// The titles of the columns, which may all be empty.
        head: Vec<Cell>,
        /// The rows below.
        rows: Vec<Vec<Cell>>,
    },
    /// Lines to be read or typed letter by letter.
    Code(String),
    /// A picture.
    Picture {
        /// The name of its file.
        file: String,
        /// What it shows, for those who do not see it.
        words: String,
    },
}

/// What stands in a cell of a table.
pub type Cell = Vec<Span>;

/// Words that look alike and lead to the same place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The words, with single spaces.
    pub text: String,
    /// Whether they stand out.
    pub is_strong: bool,
    /// Whether they are a name in the window, or are stressed.
    pub is_name: bool,
    /// Whether they are to be read letter by letter.
    pub is_code: bool,
    /// Where they lead.
    pub link: Option<Link>,
}

/// Where words lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A place in the guide.
    To(Place),
    /// What the glossary says of them: the index of the word in [`glossary`](super::glossary).
    Word(usize),
    /// Something beside the guide, which the window cannot show: the link as it is written.
    Outside(String),
}

/// A place in the guide.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The page.
    pub page: GuidePage,
    /// The anchor of a heading on it; `None`: its top.
    pub anchor: Option<String>,
}

impl Place {
    /// The top of a page.
    #[must_use]
    pub fn top(page: GuidePage) -> Self {
        Self { page, anchor: None }
    }

    /// The heading of a page with that anchor.
    #[must_use]
    pub fn at(page: GuidePage, anchor: &str) -> Self {
        Self { page, anchor: Some(anchor.to_owned()) }
    }
}

impl Document {
    /// The title of the page.
    #[must_use]
    pub fn title(&self) -> &str {
        self.headings().next().map_or("", |(_, words, _)| words)
    }

    /// The headings: level, words, anchor.
    pub fn headings(&self) -> impl Iterator<Item = (u8, &str, &str)> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading { level, words, anchor } => Some((*level, words.as_str(), anchor.as_str())),
            _ => None,
        })
    }

    /// Every run of words, from the top down, with its links.
    #[must_use]
    pub fn runs(&self) -> Vec<&[Span]> {
        let mut runs = Vec::new();
        self.blocks.iter().for_each(|block| block.add_runs(&mut runs));
        runs
    }
}

impl Block {
    /// Adds every run of words in it, without its headings and code.
    fn add_runs<'a>(&'a self, runs: &mut Vec<&'a [Span]>) {
        match self {
            Self::Paragraph(spans) => runs.push(spans),
            Self::List { items, .. } => items.iter().flatten().for_each(|block| block.add_runs(runs)),
            Self::Table { head, rows } => {
                runs.extend(head.iter().chain(rows.iter().flatten()).map(Vec::as_slice));
            }
            Self::Heading { .. } | Self::Code(_) | Self::Picture { .. } => {}
        }
    }

    /// All its words, for those who search.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Heading { words, .. } | Self::Code(words) | Self::Picture { words, .. } => words.clone(),
            _ => {
                let mut runs = Vec::new();
                self.add_runs(&mut runs);
                runs.into_iter().map(text_of).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// The words of a run.
pub(super) fn text_of(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
