//! Pages drawn into the file.

use krilla::Document as Pdf;
use krilla::SerializeSettings;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::blocks::{BODY, SMALL};
use super::fonts::{Fonts, Weight};
use super::ink::Ink;
use super::lines::{Line, Part, single};
use super::paging::Page;
use super::piece::Mark;
use super::structure::{NodeNumber, Structure};
use super::{PdfError, Sheet};
use crate::document::content::Document;
use crate::document::words::{code, page_of};

/// Where the words at the top and at the foot of a page stand.
const HEADER: f32 = 40.0;
const FOOTER: f32 = Sheet::HEIGHT - 34.0;

/// Where a heading is.
#[derive(Clone, Copy)]
struct Spot {
    page: usize,
    y: f32,
}

pub(super) fn draw(
    document: &Document,
    fonts: &mut Fonts,
    mut structure: Structure,
    pages: &[Page<'_>],
) -> Result<Vec<u8>, PdfError> {
    let mut pdf = Pdf::new_with(settings()?);
    pdf.set_metadata(metadata(document));
    let spots = spots(pages);
    let mut pen = Pen { fonts, faces: faces()?, structure: &mut structure, spots: &spots };
    for (at, page) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(Sheet::WIDTH, Sheet::HEIGHT);
        let size = size.ok_or_else(|| PdfError("the page has no size".to_owned()))?;
        let mut drawn = pdf.start_page_with(size);
        let mut surface = drawn.surface();
        pen.frame(document, (at, pages.len()), &mut surface);
        if let Some(head) = &page.head {
            head.marks.iter().for_each(|mark| pen.again(mark, &mut surface));
        }
        let mut links = Vec::new();
        for (y, piece) in &page.pieces {
            for mark in &piece.marks {
                match mark {
                    Mark::Link { heading, words, node } => links.push((*y, piece.height, *heading, words, *node)),
                    mark => pen.mark(mark, *y, &mut surface),
                }
            }
        }
        surface.finish();
        for (y, height, heading, words, node) in links {
            let Some(spot) = pen.spots.get(heading).copied() else { continue };
            let Some(area) = Rect::from_xywh(Sheet::LEFT, Sheet::TOP + y, Sheet::ROOM, height) else { continue };
            let target = Target::Destination(destination(spot).into());
            let link = Annotation::new_link(LinkAnnotation::new(area, target), Some(words.clone()));
            let link = drawn.add_tagged_annotation(link);
            pen.structure.drawn(node, link);
        }
        drawn.finish();
    }
    pdf.set_outline(outline(document, &spots));
    pdf.set_tag_tree(structure.tree(code(document.language)));
    pdf.finish().map_err(|error| PdfError(error.to_string()))
}

fn settings() -> Result<SerializeSettings, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PdfError(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn metadata(document: &Document) -> Metadata {
    let at = document.made_at;
    let number = |number: i8| u8::try_from(number).unwrap_or_default();
    let made = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(number(at.month()))
        .day(number(at.day()))
        .hour(number(at.hour()))
        .minute(number(at.minute()))
        .second(number(at.second()));
    let title = [document.title.as_str(), &document.subtitle];
    let title: Vec<_> = title.into_iter().filter(|part| !part.is_empty()).collect();
    Metadata::new()
        .title(title.join(" – "))
        .language(code(document.language).to_owned())
        .creator("Postfordeler".to_owned())
        .creation_date(made)
}

fn faces() -> Result<[(Weight, Font); 2], PdfError> {
    let open = |weight| {
        let font = Font::new(Fonts::file(weight).to_vec().into(), 0);
        font.map(|font| (weight, font)).ok_or_else(|| PdfError("a bundled font cannot be embedded".to_owned()))
    };
    Ok([open(Weight::Regular)?, open(Weight::SemiBold)?])
}

/// Where the headings are, by their numbers.
fn spots(pages: &[Page<'_>]) -> Vec<Spot> {
    let mut spots = Vec::new();
    for (page, on_it) in pages.iter().enumerate() {
        let begun = on_it.pieces.iter().filter(|(_, piece)| piece.heading.is_some());
        spots.extend(begun.map(|(y, _)| Spot { page, y: Sheet::TOP + y }));
    }
    spots
}

fn destination(spot: Spot) -> XyzDestination {
    XyzDestination::new(spot.page, Point::from_xy(0.0, (spot.y - 12.0).max(0.0)))
}

/// The headings as a reader shows them beside the pages, those of a section within it.
fn outline(document: &Document, spots: &[Spot]) -> Outline {
    let mut outline = Outline::new();
    let start = OutlineNode::new(document.title.clone(), destination(Spot { page: 0, y: 0.0 }));
    outline.push_child(start);
    // The headings that are open, from the section on.
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    let close = |open: &mut Vec<(u16, OutlineNode)>, outline: &mut Outline| {
        if let Some((_, node)) = open.pop() {
            match open.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for ((level, words), spot) in document.headings().zip(spots) {
        while open.last().is_some_and(|(depth, _)| *depth >= level.depth()) {
            close(&mut open, &mut outline);
        }
        open.push((level.depth(), OutlineNode::new(words.to_owned(), destination(*spot))));
    }
    while !open.is_empty() {
        close(&mut open, &mut outline);
    }
    outline
}

pub(super) struct Pen<'a> {
    pub fonts: &'a mut Fonts,
    faces: [(Weight, Font); 2],
    structure: &'a mut Structure,
    spots: &'a [Spot],
}

impl Pen<'_> {
    /// What stands at the top and at the foot of every page: the title stands on the first in large letters already.
    fn frame(&mut self, document: &Document, (at, pages): (usize, usize), surface: &mut Surface<'_>) {
        let date = document.made_at.strftime("%d-%m-%Y").to_string();
        let page = page_of(document.language, at + 1, pages);
        if at > 0 {
            surface.start_tagged(artifact(ArtifactType::Header));
            let title = [document.title.as_str(), &document.subtitle];
            let title: Vec<_> = title.into_iter().filter(|part| !part.is_empty()).collect();
            let date = single(self.fonts, &date, SMALL);
            let title = self.fitting(&title.join(" · "), Sheet::ROOM - date.width - 20.0);
            self.words(&title, Sheet::LEFT, HEADER, surface);
            self.words(&date, Sheet::LEFT + Sheet::ROOM - date.width, HEADER, surface);
            line((Sheet::LEFT, HEADER + 6.0, Sheet::ROOM, 0.6), Ink::Line, surface);
            surface.end_tagged();
        }
        surface.start_tagged(artifact(ArtifactType::Footer));
        let page = single(self.fonts, &page, SMALL);
        self.words(&page, Sheet::LEFT + Sheet::ROOM - page.width, FOOTER, surface);
        surface.end_tagged();
    }

    /// The words on one line, with "…" for what does not fit.
    fn fitting(&mut self, words: &str, room: f32) -> Line {
        let mut line = single(self.fonts, words, SMALL);
        let mut kept: Vec<char> = words.chars().collect();
        while line.width > room && kept.pop().is_some() {
            let words: String = kept.iter().collect();
            line = single(self.fonts, &format!("{}…", words.trim_end()), SMALL);
        }
        line
    }

    /// A mark of a piece that begins so far down the words of the page.
    fn mark(&mut self, mark: &Mark, y: f32, surface: &mut Surface<'_>) {
        match mark {
            Mark::Words { x, baseline, line, node } => {
                self.tagged(line, (Sheet::LEFT + x, Sheet::TOP + y + baseline), *node, surface);
            }
            Mark::PageOf { right, baseline, heading, node } => {
                let number = self.spots.get(*heading).map_or(0, |spot| spot.page + 1);
                let number = single(self.fonts, &number.to_string(), BODY);
                let x = Sheet::LEFT + right - number.width;
                self.tagged(&number, (x, Sheet::TOP + y + baseline), *node, surface);
            }
            Mark::Line { x, y: down, width, thickness, ink } => {
                surface.start_tagged(artifact(ArtifactType::Layout));
                line((Sheet::LEFT + x, Sheet::TOP + y + down, *width, *thickness), *ink, surface);
                surface.end_tagged();
            }
            Mark::Picture { picture, palette, scale, node } => {
                let drawn = surface.start_tagged(ContentTag::Other);
                surface.push_transform(&Transform::from_row(*scale, 0.0, 0.0, *scale, Sheet::LEFT, Sheet::TOP + y));
                self.picture(picture, palette, surface);
                surface.pop();
                surface.end_tagged();
                self.structure.drawn(*node, drawn);
            }
            Mark::Link { .. } => {}
        }
    }

    /// A mark that has been read before, at the top of a further page.
    fn again(&mut self, mark: &Mark, surface: &mut Surface<'_>) {
        surface.start_tagged(artifact(ArtifactType::PaginationOther));
        match mark {
            Mark::Words { x, baseline, line, .. } => {
                self.words(line, Sheet::LEFT + x, Sheet::TOP + baseline, surface);
            }
            Mark::Line { x, y, width, thickness, ink } => {
                line((Sheet::LEFT + x, Sheet::TOP + y, *width, *thickness), *ink, surface);
            }
            Mark::PageOf { .. } | Mark::Picture { .. } | Mark::Link { .. } => {}
        }
        surface.end_tagged();
    }

    fn tagged(&mut self, line: &Line, (x, baseline): (f32, f32), node: NodeNumber, surface: &mut Surface<'_>) {
        let drawn = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.words(line, x, baseline, surface);
        surface.end_tagged();
        self.structure.drawn(node, drawn);
    }

    fn words(&self, line: &Line, x: f32, baseline: f32, surface: &mut Surface<'_>) {
        let mut x = x;
        for part in &line.parts {
            self.part(part, (x, baseline), fill(part.ink), surface);
            x += part.width;
        }
    }

    /// Words of one look.
    pub fn part(&self, part: &Part, (x, baseline): (f32, f32), fill: Fill, surface: &mut Surface<'_>) {
        let face = self.faces.iter().find(|(weight, _)| *weight == part.weight).map(|(_, font)| font.clone());
        if let Some(face) = face {
            let glyphs = part.glyphs.iter().map(|glyph| KrillaGlyph {
                glyph_id: GlyphId::new(glyph.id),
                text_range: glyph.bytes.clone(),
                x_advance: glyph.advance,
                x_offset: glyph.right,
                y_offset: glyph.up,
                y_advance: 0.0,
                location: None,
            });
            let glyphs: Vec<_> = glyphs.collect();
            surface.set_fill(Some(fill));
            surface.set_stroke(None);
            surface.draw_glyphs(Point::from_xy(x, baseline), &glyphs, face, &part.words, part.size, false);
        }
    }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn fill(ink: Ink) -> Fill {
    let (red, green, blue) = ink.rgb();
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn line((x, y, width, thickness): (f32, f32, f32, f32), ink: Ink, surface: &mut Surface<'_>) {
    let Some(area) = Rect::from_xywh(x, y, width, thickness) else { return };
    let mut path = PathBuilder::new();
    path.push_rect(area);
    if let Some(path) = path.finish() {
        surface.set_fill(Some(fill(ink)));
        surface.set_stroke(None);
        surface.draw_path(&path);
    }
}
