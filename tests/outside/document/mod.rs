//! Documents: as PDF, read back, and as web pages.

mod page;
mod paper;
pub mod reader;

use jiff::civil::date;
use postfordeler::LanguageChoice;
use postfordeler::document::{Block, Column, Definition, Document, Level, Look, Table, Text};
use postfordeler::picture::{Bounds, Outline, Palette, Picture, Point, Rgb, Size, Tone, WordStyle};

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Gennemsyn af fordelingen".to_owned(),
        subtitle: "Eksempelby Kommune".to_owned(),
        language: LanguageChoice::Danish,
        made_at: date(2026, 11, 27).at(9, 5, 0, 0),
        blocks,
    }
}

fn section(words: &str) -> Block {
    Block::Heading(Level::Section, words.to_owned())
}

/// One of every kind.
fn varied() -> Document {
    document(vec![
        Block::Definitions(vec![Definition::new("Myndighed", "Eksempelby Kommune")]),
        Block::Contents,
        section("Sammenfatning"),
        Block::Paragraph(Text::from("Post til ").with(Look::Strong, "Børn & unge").with(Look::Plain, " <i dag>.")),
        Block::List(vec!["Første".into(), Text::from("Anden").above("med en note")]),
        section("Hvem får hvad"),
        Block::Heading(Level::Part, "Reglerne".to_owned()),
        table(3),
        Block::Picture(picture(), palette()),
        Block::PageBreak,
        section("Underskrift"),
        Block::Signature(vec!["Navn".to_owned(), "Dato".to_owned()]),
    ])
}

fn table(rows: usize) -> Block {
    let columns = vec![Column::text("Nr.", 10), Column::text("Regel", 60), Column::number("30 dage", 20)];
    let row = |number: usize| {
        let rule = format!("Post til kontaktpunktet Pladsanvisningen {number} går til Børn og unge fra 25-10-2020.");
        vec![number.to_string().into(), rule.into(), "1.204".into()]
    };
    Block::Table(Table { columns, rows: (1..=rows).map(row).collect() })
}

fn picture() -> Picture {
    let mut picture = Picture::new(Size::new(300.0, 120.0), "Et kort med én bånd");
    picture.rectangle(Bounds::new(10.0, 10.0, 100.0, 40.0), Tone::Series(0).at(0.5));
    picture.draw_dashed(Outline::line([Point::new(0.0, 60.0), Point::new(300.0, 60.0)]), Tone::Line, 1.0, 4.0);
    picture.write("Dagtilbud", (10.0, 80.0), 100.0, WordStyle::new(12.0, Tone::Text).bold());
    picture
}

fn palette() -> Palette {
    let grey = |shade| Rgb(shade, shade, shade);
    Palette {
        page: grey(255),
        surface: grey(250),
        line: grey(210),
        strong_line: grey(140),
        text: grey(20),
        muted: grey(90),
        accent: grey(60),
        chosen: grey(230),
        good: grey(80),
        warning: grey(80),
        bad: grey(80),
        series: [grey(120); 9],
    }
}
