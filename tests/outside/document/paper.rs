//! Documents as PDF.

use postfordeler::document::{Block, Text};
use postfordeler::picture::{Outline, Point, Tone, WordStyle};

use super::reader::Pdf;
use super::{document, palette, picture, section, table, varied};

fn printed(blocks: Vec<Block>) -> Pdf {
    Pdf::read(&document(blocks).to_pdf().expect("it can be printed"))
}

#[test]
fn everything_stands_on_the_pages_with_title_date_and_number() {
    let pdf = Pdf::read(&varied().to_pdf().expect("it can be printed"));
    assert_eq!(pdf.pages(), 2);
    let words = pdf.words();
    for said in [
        "Gennemsyn af fordelingen",
        "Post til Børn & unge <i dag>.",
        "• Første",
        "med en note",
        "Post til kontaktpunktet Pladsanvisningen 3 går til",
        "1.204",
        "Side 1 af 2",
        "Side 2 af 2",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let last = pdf.page(2);
    assert!(last.contains("Gennemsyn af fordelingen · Eksempelby Kommune") && last.contains("27-11-2026"), "{last}");
    assert!(last.contains("Underskrift") && last.contains("Navn"), "{last}");
}

/// Whoever has it read aloud is told what is a heading, a list, a table and a picture.
#[test]
fn it_is_tagged_and_has_language_title_and_outline() {
    let pdf = Pdf::read(&varied().to_pdf().expect("it can be printed"));
    for (kind, count) in [("H1", 1), ("H2", 3), ("H3", 1), ("L", 2), ("Table", 1), ("TH", 3), ("TD", 9), ("Figure", 1)]
    {
        assert_eq!(pdf.count(kind), count, "{kind}");
    }
    for said in ["/Lang(da-DK)", "/DisplayDocTitle true", "/Marked true", "/Type/Outlines", "/Subtype/Link"] {
        assert!(pdf.says(said), "{said}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(varied().to_pdf().expect("it"), varied().to_pdf().expect("it"));
}

/// As in every other way that pictures are shown.
#[test]
fn what_cannot_be_drawn_of_a_picture_is_left_out() {
    let printed = |picture| document(vec![Block::Picture(picture, palette())]).to_pdf().expect("it can be printed");
    let plain = printed(picture());
    let (mut nowhere, mut dashed, mut beyond) = (picture(), picture(), picture());
    nowhere.fill(Outline::polygon([Point::new(f32::NAN, 10.0), Point::default()]), Tone::Bad);
    dashed.draw_dashed(Outline::line([Point::default(), Point::new(50.0, 50.0)]), Tone::Bad, 1.0, 0.0);
    beyond.write("Væk", (f32::INFINITY, 10.0), 90.0, WordStyle::new(12.0, Tone::Bad));
    for odd in [nowhere, dashed, beyond] {
        assert!(printed(odd) == plain, "it is not as if it were not there");
    }
}

#[test]
fn a_long_table_has_the_names_of_its_columns_on_every_page() {
    let pdf = printed(vec![section("Hvem får hvad"), table(90)]);
    assert!(pdf.pages() > 2);
    for page in 1..=pdf.pages() {
        let words = pdf.page(page);
        assert_eq!(words.matches("30 dage").count(), 1, "page {page}: {words}");
    }
    // Only the first of them is read aloud.
    assert_eq!(pdf.count("TH"), 3);
}

/// A heading is never the last on its page, and a row never on two.
#[test]
fn what_belongs_together_stays_on_a_page() {
    for before in 0..40 {
        let mut blocks = vec![Block::Paragraph("Før".into()); before];
        blocks.extend([section("Et afsnit"), Block::Paragraph("Dets første ord".into())]);
        let pdf = printed(blocks);
        let page = (1..=pdf.pages()).find(|page| pdf.page(*page).contains("Et afsnit")).expect("a page");
        assert!(pdf.page(page).contains("Dets første ord"), "after {before} paragraphs");
    }
}

/// Nobody signs a sheet that says nothing.
#[test]
fn a_place_to_sign_stays_with_what_is_signed() {
    for before in 0..40 {
        let mut blocks = vec![Block::Paragraph("Før".into()); before];
        let said = ["Det er gennemset.", "Næste gang om et år."].map(|words| Block::Paragraph(words.into()));
        blocks.push(section("Skriv under"));
        blocks.extend(said);
        blocks.push(Block::Signature(vec!["Navn".to_owned(), "Dato".to_owned()]));
        let pdf = printed(blocks);
        let page = (1..=pdf.pages()).find(|page| pdf.page(*page).contains("Skriv under")).expect("a page");
        for words in ["Det er gennemset.", "Næste gang om et år.", "Navn", "Dato"] {
            assert!(pdf.page(page).contains(words), "{words} after {before} paragraphs");
        }
    }
}

#[test]
fn a_word_that_fits_no_line_is_broken_and_none_of_it_is_lost() {
    let word = "Speciallægepraksisplanlægningsstabiliseringsperiode".repeat(8);
    let pdf = printed(vec![Block::Paragraph(word.as_str().into())]);
    let whole: String = pdf.words().split_whitespace().collect();
    assert!(whole.contains(&word));
}

/// Names may be in any script, and hold anything.
#[test]
fn what_the_typeface_lacks_has_a_sign_in_its_place() {
    for odd in ["漢字 ☃ \u{1f600}", "a\u{202e}b\u{0}c\u{feff}", "e\u{301} \u{fffe}", "", "\n\n", "\t", "ﬁ ffi ½"]
    {
        let pdf = printed(vec![Block::Paragraph(Text::from(odd).with(postfordeler::document::Look::Strong, "Slut"))]);
        assert!(pdf.words().contains("Slut"), "{odd:?}");
    }
}

#[test]
fn nothing_at_all_is_a_page() {
    assert_eq!(printed(Vec::new()).pages(), 1);
    let columns = Vec::new();
    let empty = postfordeler::document::Table { columns, rows: vec![Vec::new()] };
    assert_eq!(printed(vec![Block::Table(empty), Block::Contents, Block::PageBreak]).pages(), 1);
}

#[test]
fn thousands_of_rows_are_printed() {
    let pdf = document(vec![section("Hvem får hvad"), table(5_000)]).to_pdf().expect("it can be printed");
    assert!(pdf.len() < 8_000_000, "{}", pdf.len());
}
