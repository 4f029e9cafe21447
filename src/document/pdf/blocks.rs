//! Blocks set as pieces.

use std::num::NonZeroU16;
use std::rc::Rc;

use krilla::tagging::{ListNumbering, Tag};

use super::fonts::{Fonts, Weight};
use super::ink::Ink;
use super::lines::{Line, Style, broken, single};
use super::piece::{Mark, Piece};
use super::structure::{NodeNumber, Structure};
use super::{PdfError, Sheet};
use crate::document::content::{Block, Definition, Document, Level, Text};
use crate::document::words;
use crate::picture::{Palette, Picture};

pub(super) const BODY: Style = Style { size: 9.5, leading: 13.6, weight: Weight::Regular, ink: Ink::Text };
pub(super) const SMALL: Style = Style { size: 8.0, leading: 11.0, weight: Weight::Regular, ink: Ink::Muted };
const TITLE: Style = Style { size: 25.0, leading: 31.0, weight: Weight::SemiBold, ink: Ink::Text };
const SUBTITLE: Style = Style { size: 13.0, leading: 18.0, weight: Weight::Regular, ink: Ink::Muted };
const TERM: Style = Style { ink: Ink::Muted, ..BODY };
/// Between paragraphs.
const GAP: f32 = 7.0;
/// How far the items of lists stand in, and the width of the names in a list of definitions.
const INDENT: f32 = 13.0;
const TERMS: f32 = 130.0;
/// The largest share of a page's height that a picture takes, so that its heading has room above it.
const MOST_OF_PAGE: f32 = 0.9;
/// What is free for a hand to write in, above a line and between two.
const FOR_WRITING: f32 = 34.0;
const LINE_TO_WRITE_ON: f32 = 260.0;
/// So many lines above the place to sign stay on its page, from their heading on: nobody signs an empty sheet.
const MOST_SIGNED: usize = 12;

/// A document in pieces, and what they are.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub pieces: Vec<Piece>,
    pub structure: Structure,
}

/// Sets blocks as pieces.
pub(super) struct Setter {
    pub fonts: Fonts,
    pub(super) out: Pieces,
    headings: usize,
}

impl Setter {
    pub fn new() -> Result<Self, PdfError> {
        Ok(Self { fonts: Fonts::open()?, out: Pieces::default(), headings: 0 })
    }

    /// All of the document.
    pub fn set(&mut self, document: &Document) -> Pieces {
        self.title(document);
        for (at, block) in document.blocks.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &document.blocks[before]);
            if let (Some(Block::Paragraph(_)), Block::Table(_) | Block::List(_)) = (before, block) {
                self.introduce();
            }
            match block {
                Block::Contents => self.contents(document),
                Block::Heading(level, words) => self.heading(*level, words),
                Block::Paragraph(text) => self.paragraph(text),
                Block::List(items) => self.list(items),
                Block::Definitions(definitions) => self.definitions(definitions),
                Block::Table(table) => self.table(table),
                Block::Picture(picture, palette) => self.picture(picture, palette),
                Block::Signature(names) => self.signature(names),
                Block::PageBreak => self.out.pieces.push(Piece { begins_page: true, ..Piece::default() }),
            }
        }
        std::mem::take(&mut self.out)
    }

    /// Keeps the words that have just been set on a page with what they introduce.
    fn introduce(&mut self) {
        if let Some(last) = self.out.pieces.last_mut() {
            last.keeps_next = true;
        }
    }

    fn title(&mut self, document: &Document) {
        let bar = Mark::Line { x: 0.0, y: 0.0, width: 46.0, thickness: 4.0, ink: Ink::Accent };
        self.out.pieces.push(Piece { height: 18.0, keeps_next: true, marks: vec![bar], ..Piece::default() });
        let node = self.out.structure.root(Tag::Hn(NonZeroU16::MIN, Some(document.title.clone())));
        self.lines(&document.title.as_str().into(), TITLE, node, Keep::All);
        if !document.subtitle.is_empty() {
            let node = self.out.structure.root(Tag::P);
            self.lines(&document.subtitle.as_str().into(), SUBTITLE, node, Keep::All);
        }
        self.out.pieces.push(Piece { height: 10.0, ..Piece::default() });
    }

    fn heading(&mut self, level: Level, words: &str) {
        let (size, leading, gap) = match level {
            Level::Section => (15.0, 20.0, 26.0),
            Level::Part => (11.5, 16.0, 16.0),
            Level::Piece => (10.0, 14.0, 11.0),
        };
        let style = Style { size, leading, weight: Weight::SemiBold, ink: Ink::Text };
        let depth = NonZeroU16::new(level.depth() + 1).unwrap_or(NonZeroU16::MIN);
        let node = self.out.structure.root(Tag::Hn(depth, Some(words.to_owned())));
        let first = self.out.pieces.len();
        self.lines(&words.into(), style, node, Keep::All);
        self.out.pieces[first].gap = gap;
        self.out.pieces[first].heading = Some(self.headings);
        self.headings += 1;
        if level == Level::Section {
            let line = Mark::Line { x: 0.0, y: 2.0, width: Sheet::ROOM, thickness: 1.2, ink: Ink::Line };
            self.out.pieces.push(Piece { height: 5.0, keeps_next: true, marks: vec![line], ..Piece::default() });
        }
    }

    fn paragraph(&mut self, text: &Text) {
        let node = self.out.structure.root(Tag::P);
        let first = self.out.pieces.len();
        self.lines(text, BODY, node, Keep::Ends);
        self.out.pieces[first].gap = GAP;
    }

    fn list(&mut self, items: &[Text]) {
        let list = self.out.structure.root(Tag::L(ListNumbering::Disc));
        for (at, item) in items.iter().enumerate() {
            let node = self.out.structure.within(list, Tag::LI);
            let label = self.out.structure.within(node, Tag::Lbl);
            let body = self.out.structure.within(node, Tag::LBody);
            let bullet = single(&mut self.fonts, "•", BODY);
            let lines = broken(&mut self.fonts, item, BODY, Sheet::ROOM - INDENT);
            let gap = if at == 0 { GAP } else { 3.0 };
            let mut pieces = stacked(lines, BODY, INDENT, body, Keep::Ends);
            if let Some(first) = pieces.first_mut() {
                first.gap = gap;
                let mark = Mark::Words { x: 2.0, baseline: BODY.baseline(), line: bullet, node: label };
                first.marks.insert(0, mark);
            }
            self.out.pieces.extend(pieces);
        }
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        let list = self.out.structure.root(Tag::L(ListNumbering::None));
        for (at, Definition { term, meaning }) in definitions.iter().enumerate() {
            let node = self.out.structure.within(list, Tag::LI);
            let label = self.out.structure.within(node, Tag::Lbl);
            let body = self.out.structure.within(node, Tag::LBody);
            let term = broken(&mut self.fonts, &term.as_str().into(), TERM, TERMS - 12.0);
            let meaning = broken(&mut self.fonts, meaning, BODY, Sheet::ROOM - TERMS);
            let mut pieces = beside(vec![(0.0, term, TERM, label), (TERMS, meaning, BODY, body)]);
            if let Some(first) = pieces.first_mut() {
                first.gap = if at == 0 { GAP } else { 2.5 };
            }
            if let Some(last) = pieces.last_mut() {
                let y = last.height + 1.5;
                last.height += 2.0;
                last.marks.push(Mark::Line { x: 0.0, y, width: Sheet::ROOM, thickness: 0.6, ink: Ink::Line });
            }
            self.out.pieces.extend(pieces);
        }
    }

    fn picture(&mut self, picture: &Picture, palette: &Palette) {
        let (width, height) = (picture.size.width, picture.size.height);
        if !(width > 0.0 && height > 0.0) {
            return;
        }
        let scale = (Sheet::ROOM / width).min(MOST_OF_PAGE * Sheet::DEPTH / height).min(1.0);
        let node = self.out.structure.root(Tag::Figure(Some(picture.about.clone())));
        let (picture, palette) = (Rc::new(picture.clone()), Rc::new(palette.clone()));
        let marks = vec![Mark::Picture { picture, palette, scale, node }];
        self.out.pieces.push(Piece { gap: GAP, height: height * scale, marks, ..Piece::default() });
    }

    fn signature(&mut self, names: &[String]) {
        for piece in self.out.pieces.iter_mut().rev().take(MOST_SIGNED) {
            piece.keeps_next = true;
            if piece.heading.is_some() {
                break;
            }
        }
        for (at, name) in names.iter().enumerate() {
            let node = self.out.structure.root(Tag::P);
            let line = single(&mut self.fonts, name, SMALL);
            let to_write_on =
                Mark::Line { x: 0.0, y: FOR_WRITING, width: LINE_TO_WRITE_ON, thickness: 0.8, ink: Ink::Text };
            let baseline = FOR_WRITING + 3.0 + SMALL.baseline();
            self.out.pieces.push(Piece {
                height: FOR_WRITING + 3.0 + SMALL.leading,
                keeps_next: at + 1 < names.len(),
                marks: vec![to_write_on, Mark::Words { x: 0.0, baseline, line, node }],
                ..Piece::default()
            });
        }
    }

    fn contents(&mut self, document: &Document) {
        let node = self.out.structure.root(Tag::P);
        let first = self.out.pieces.len();
        let style = Style { weight: Weight::SemiBold, ..BODY };
        self.lines(&words::contents(document.language).into(), style, node, Keep::All);
        self.out.pieces[first].gap = 18.0;
        let list = self.out.structure.root(Tag::TOC);
        for (heading, (_, words)) in document.headings().enumerate().filter(|(_, (level, _))| *level == Level::Section)
        {
            let item = self.out.structure.within(list, Tag::TOCI);
            let reference = self.out.structure.within(item, Tag::Reference);
            let node = self.out.structure.within(reference, Tag::Link);
            let lines = broken(&mut self.fonts, &words.into(), BODY, Sheet::ROOM - 40.0);
            let mut pieces = stacked(lines, BODY, 0.0, node, Keep::All);
            if let Some(last) = pieces.last_mut() {
                last.marks.insert(0, Mark::Link { heading, words: words.to_owned(), node });
                let baseline = last.height - BODY.leading + BODY.baseline();
                last.marks.push(Mark::PageOf { right: Sheet::ROOM, baseline, heading, node });
                let y = last.height + 1.0;
                last.marks.push(Mark::Line { x: 0.0, y, width: Sheet::ROOM, thickness: 0.4, ink: Ink::Line });
                last.height += 2.5;
                last.keeps_next = false;
            }
            self.out.pieces.extend(pieces);
        }
    }

    fn lines(&mut self, text: &Text, style: Style, node: NodeNumber, keep: Keep) {
        let lines = broken(&mut self.fonts, text, style, Sheet::ROOM);
        self.out.pieces.extend(stacked(lines, style, 0.0, node, keep));
    }
}

/// Which lines of a text stay together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// All, with what comes after them.
    All,
    /// The first two and the last two.
    Ends,
}

/// A piece for each line.
fn stacked(lines: Vec<Line>, style: Style, x: f32, node: NodeNumber, keep: Keep) -> Vec<Piece> {
    let count = lines.len();
    let piece = |(at, line): (usize, Line)| Piece {
        height: style.leading,
        keeps_next: match keep {
            Keep::All => true,
            Keep::Ends => is_kept(at, count),
        },
        marks: words_of(line, x, style, node),
        ..Piece::default()
    };
    lines.into_iter().enumerate().map(piece).collect()
}

/// Whether a line of several stays with the next: neither the first nor the last of them is alone on a page.
fn is_kept(at: usize, count: usize) -> bool {
    at + 1 < count && (at == 0 || at + 2 == count)
}

/// The rows of texts that stand beside each other, each with its place, its lines, its style and what it is: a piece for each
/// row of lines.
pub(super) fn beside(texts: Vec<(f32, Vec<Line>, Style, NodeNumber)>) -> Vec<Piece> {
    let count = texts.iter().map(|(_, lines, ..)| lines.len()).max().unwrap_or_default();
    let mut pieces = vec![Piece::default(); count];
    for (x, lines, style, node) in texts {
        for (at, line) in lines.into_iter().enumerate() {
            let piece = &mut pieces[at];
            piece.height = piece.height.max(style.leading);
            piece.keeps_next = is_kept(at, count);
            piece.marks.extend(words_of(line, x, style, node));
        }
    }
    pieces
}

fn words_of(line: Line, x: f32, style: Style, node: NodeNumber) -> Vec<Mark> {
    let words = Mark::Words { x, baseline: style.baseline(), line, node };
    match &words {
        Mark::Words { line, .. } if line.parts.is_empty() => Vec::new(),
        _ => vec![words],
    }
}
