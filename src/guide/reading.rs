//! Reads Markdown into blocks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::block::{Block, Cell, Document, Link, Place, Span, text_of};
use super::pages::GuidePage;

/// Reads a page. What the guide does not use, such as HTML, is left out.
pub(super) fn read(page: GuidePage, markdown: &str) -> Document {
    let mut reader = Reader { page, events: Parser::new_ext(markdown, Options::ENABLE_TABLES) };
    let mut blocks = reader.blocks();
    blocks.retain(|block| !leads_to_other_language(block));
    Document { blocks }
}

/// The window has a switch for the language.
fn leads_to_other_language(block: &Block) -> bool {
    let Block::Paragraph(spans) = block else { return false };
    spans
        .iter()
        .any(|span| matches!(&span.link, Some(Link::Outside(to)) if to == "../da/README.md" || to == "../en/README.md"))
}

/// The anchor of a heading, as sites that show repositories make it.
pub(super) fn anchor_of(words: &str) -> String {
    let kept = words.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|sign| if sign == ' ' { '-' } else { sign }).collect()
}

struct Reader<'a> {
    /// The page that is read: a link without a file leads to it.
    page: GuidePage,
    events: Parser<'a>,
}

/// How words look, inside whatever they stand in.
#[derive(Clone, Default)]
struct Look {
    strong: usize,
    name: usize,
    link: Option<Link>,
}

impl Reader<'_> {
    /// The blocks to the end of what they are in.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        // Items of a list that stand close have words without a paragraph around them.
        let mut loose = Vec::new();
        let mut look = Look::default();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(tag) => match self.block(&tag) {
                    Some(block) => {
                        close(&mut loose, &mut blocks);
                        blocks.extend(block);
                    }
                    None => begin(&tag, self.page, &mut look),
                },
                Event::End(tag) if ends_words(tag, &mut look) => {}
                Event::End(_) => break,
                words => add(&mut loose, words, &look),
            }
        }
        close(&mut loose, &mut blocks);
        blocks
    }

    /// The blocks that begin with a tag; `None` where it begins words.
    fn block(&mut self, tag: &Tag<'_>) -> Option<Vec<Block>> {
        Some(match tag {
            Tag::Heading { level, .. } => {
                let words = text_of(&self.words());
                vec![Block::Heading { level: *level as u8, anchor: anchor_of(&words), words }]
            }
            Tag::Paragraph => {
                let mut pictures = Vec::new();
                let spans = self.words_and_pictures(&mut pictures);
                let paragraph = (!text_of(&spans).trim().is_empty()).then_some(Block::Paragraph(spans));
                paragraph.into_iter().chain(pictures).collect()
            }
            Tag::List(first) => {
                let mut items = Vec::new();
                while let Some(Event::Start(Tag::Item)) = self.events.next() {
                    items.push(self.blocks());
                }
                vec![Block::List { first: *first, items }]
            }
            Tag::CodeBlock(_) => vec![Block::Code(text_of(&self.words()).trim_end().to_owned())],
            Tag::Table(_) => vec![self.table()],
            Tag::BlockQuote(_) => self.blocks(),
            _ => return None,
        })
    }

    fn table(&mut self) -> Block {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => head = self.row(),
                Event::Start(Tag::TableRow) => rows.push(self.row()),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table { head, rows }
    }

    fn row(&mut self) -> Vec<Cell> {
        let mut cells = Vec::new();
        while let Some(Event::Start(Tag::TableCell)) = self.events.next() {
            cells.push(self.words());
        }
        cells
    }

    fn words(&mut self) -> Vec<Span> {
        self.words_and_pictures(&mut Vec::new())
    }

    /// The words to the end of what they are in. Pictures among them are put aside.
    fn words_and_pictures(&mut self, pictures: &mut Vec<Block>) -> Vec<Span> {
        let (mut spans, mut look) = (Vec::new(), Look::default());
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let file = dest_url.rsplit('/').next().unwrap_or_default().to_owned();
                    let words = text_of(&self.words());
                    pictures.push(Block::Picture { file, words });
                }
                Event::Start(tag) => begin(&tag, self.page, &mut look),
                Event::End(tag) if ends_words(tag, &mut look) => {}
                Event::End(_) => break,
                words => add(&mut spans, words, &look),
            }
        }
        spans
    }
}

fn close(loose: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(Block::Paragraph(std::mem::take(loose)));
    }
}

/// Changes the look of the words that follow.
fn begin(tag: &Tag<'_>, page: GuidePage, look: &mut Look) {
    match tag {
        Tag::Strong => look.strong += 1,
        Tag::Emphasis => look.name += 1,
        Tag::Link { dest_url, .. } => look.link = Some(link(page, dest_url)),
        _ => {}
    }
}

/// Changes it back, if that is what ends.
fn ends_words(tag: TagEnd, look: &mut Look) -> bool {
    match tag {
        TagEnd::Strong => look.strong -= 1,
        TagEnd::Emphasis => look.name -= 1,
        TagEnd::Link => look.link = None,
        _ => return false,
    }
    true
}

fn add(spans: &mut Vec<Span>, event: Event<'_>, look: &Look) {
    let (text, is_code) = match event {
        Event::Text(text) => (text.into_string(), false),
        Event::Code(text) => (text.into_string(), true),
        Event::SoftBreak | Event::HardBreak => (" ".to_owned(), false),
        _ => return,
    };
    let span = Span { text, is_strong: look.strong > 0, is_name: look.name > 0, is_code, link: look.link.clone() };
    match spans.last_mut() {
        // Words come in pieces, as where a sign was escaped.
        Some(last) if Span { text: String::new(), ..last.clone() } == Span { text: String::new(), ..span.clone() } => {
            last.text.push_str(&span.text);
        }
        _ => spans.push(span),
    }
}

/// Where a link on a page leads.
fn link(page: GuidePage, to: &str) -> Link {
    let (file, anchor) = to.split_once('#').map_or((to, None), |(file, anchor)| (file, Some(anchor.to_owned())));
    let page = if file.is_empty() { Some(page) } else { file.strip_suffix(".md").and_then(GuidePage::of_file) };
    page.map_or_else(|| Link::Outside(to.to_owned()), |page| Link::To(Place { page, anchor }))
}
