//! Pictures as files: what SVG and PNG hold, and that nothing that a picture can be made of breaks them.

use postfordeler::picture::{
    Anchor, Band, Bounds, Caption, End, Look, NotDrawn, Outline, Palette, Pattern, Picture, Point, Rgb, SERIES, Shape,
    Size, Step, Tone, WordStyle, hatching, stripes, width, wrapped,
};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

const WHITE: Rgb = Rgb(255, 255, 255);
const RED: Rgb = Rgb(200, 0, 0);
const LONG_NAME: &str = "Eksempelby Kommunes Center for Beskæftigelse, Borgerservice, Ældre & Ydelser <samlet> – »Rådhusets fælles postmodtagelse«";

fn palette() -> Palette {
    let black = Rgb(0, 0, 0);
    Palette {
        page: WHITE,
        surface: WHITE,
        line: black,
        strong_line: black,
        text: black,
        muted: black,
        accent: RED,
        chosen: black,
        good: black,
        warning: black,
        bad: black,
        series: [black; SERIES],
    }
}

/// Every text of an SVG file, which must be well-formed XML.
fn texts(svg: &str) -> Vec<String> {
    let mut reader = Reader::from_str(svg);
    let (mut texts, mut depth) = (Vec::new(), 0);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => {
                start.attributes().for_each(|attribute| drop(attribute.expect("an attribute")));
                depth += 1;
                texts.push(String::new());
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) if depth > 0 => {
                texts.last_mut().into_iter().for_each(|last| last.push_str(text.as_ref()));
            }
            Event::GeneralRef(name) => {
                let sign = match &*name {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("an entity that SVG does not know: {other}"),
                };
                texts.last_mut().into_iter().for_each(|last| last.push(sign));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    texts
}

/// The width and height of a PNG file, its pixels, and how many pixels to a metre it says it has.
fn decoded(png: &[u8]) -> (u32, u32, Vec<u8>, u32) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG file");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("all of its pixels");
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgba, png::BitDepth::Eight));
    let per_metre = reader.info().pixel_dims.map_or(0, |dims| dims.xppu);
    (info.width, info.height, pixels, per_metre)
}

fn of(width: f32, height: f32) -> Picture {
    Picture::new(Size::new(width, height), "Et billede")
}

#[test]
fn an_svg_file_holds_every_word_as_it_is_written() {
    let mut picture = Picture::new(Size::new(900.0, 60.0), LONG_NAME);
    for (line, words) in [LONG_NAME, "a < b && c > \"d\"", "blåbærgrød ÆØÅ é ü €"].into_iter().enumerate() {
        let top = 20.0 * f32::from(u8::try_from(line).expect("few"));
        picture.write(words, (0.0, top), f32::INFINITY, WordStyle::new(12.0, Tone::Text));
    }
    let svg = picture.to_svg(&palette());
    let texts = texts(&svg);
    assert_eq!(texts.iter().filter(|text| *text == LONG_NAME).count(), 2, "as its title and as words: {svg}");
    assert!(texts.iter().any(|text| text == "a < b && c > \"d\""));
    assert!(texts.iter().any(|text| text == "blåbærgrød ÆØÅ é ü €"));
    assert_eq!(svg, picture.to_svg(&palette()), "the same picture gives the same bytes");
}

#[test]
fn what_xml_cannot_hold_does_not_break_a_file() {
    let mut picture = of(200.0, 40.0);
    let words = "a\u{0}b\u{1b}[2Jc\u{fffe}d\u{7f}e";
    picture.write(words, (0.0, 0.0), f32::INFINITY, WordStyle::new(12.0, Tone::Text));
    let texts = texts(&picture.to_svg(&palette()));
    let written = texts.last().expect("a text");
    assert_eq!(written.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>(), "ab2Jcde");
    assert!(!written.chars().any(|sign| sign.is_control() || sign == '\u{fffe}'));
}

#[test]
fn a_png_file_has_the_pixels_of_its_scale_and_is_shown_as_large_as_the_picture() {
    let mut picture = of(30.0, 20.0);
    picture.rectangle(Bounds::new(10.0, 5.0, 10.0, 10.0), Tone::Accent);
    for (scale, side) in [(1.0, (30, 20)), (2.0, (60, 40)), (1.5, (45, 30))] {
        let png = picture.to_png(&palette(), scale).expect("it can be drawn");
        let (wide, high, pixels, per_metre) = decoded(&png);
        assert_eq!((wide, high), side);
        let inches = f64::from(wide) / (f64::from(per_metre) * 0.0254);
        assert!((inches - 30.0 / 96.0).abs() < 0.001, "{inches}");
        let at = |x: f32, y: f32| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the picture")]
            let place = (((y * scale) as u32 * wide + (x * scale) as u32) * 4) as usize;
            [pixels[place], pixels[place + 1], pixels[place + 2], pixels[place + 3]]
        };
        assert_eq!(at(2.0, 2.0), [255; 4]);
        assert_eq!(at(15.0, 10.0), [200, 0, 0, 255]);
    }
}

#[test]
fn lines_on_whole_pixels_are_sharp() {
    let mut picture = of(40.0, 40.0);
    for (at, pattern) in [Pattern::Solid, Pattern::Across, Pattern::Upright, Pattern::Hollow].into_iter().enumerate() {
        let x = 10.0 * f32::from(u8::try_from(at).expect("few"));
        picture.fill_with(Bounds::new(x, 3.0, 9.0, 30.0), Look { tone: Tone::Accent, pattern });
    }
    let (_, _, pixels, _) = decoded(&picture.to_png(&palette(), 2.0).expect("it can be drawn"));
    let colours: std::collections::BTreeSet<_> = pixels.as_chunks::<4>().0.iter().collect();
    // White, the colour, and the faint ground of patterns.
    assert_eq!(colours.len(), 3, "{colours:?}");
}

#[test]
fn a_caption_leaves_nothing_out() {
    let look = |pattern| Look { tone: Tone::Accent, pattern };
    let word = "Ophavsretsadministrationsvederlagsfordelingsudvalgssekretariatsmedarbejderforening".repeat(3);
    let caption = Caption {
        title: LONG_NAME.repeat(3),
        about: format!("{word} & co. · pr. 01-01-2027"),
        key: vec![(look(Pattern::Solid), LONG_NAME.to_owned()), (look(Pattern::Hollow), "Andet".to_owned())],
        notes: vec![format!("En note: {LONG_NAME}")],
    };
    let mut inner = of(300.0, 100.0);
    inner.write("inde i det", (10.0, 10.0), 100.0, WordStyle::new(12.0, Tone::Text));
    let whole = inner.captioned(&caption);
    let written: Vec<_> = whole
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Words(words) => Some(words),
            _ => None,
        })
        .collect();
    let all: String = written.iter().map(|words| words.text.as_str()).collect();
    let bare = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    let wanted = [caption.title, caption.about, "inde i det".to_owned()].into_iter().chain(caption.notes);
    for text in wanted {
        assert!(bare(&all).contains(&bare(&text)), "{text} is not in {all}");
    }
    for words in written.iter().filter(|words| words.text != "Andet" && !words.text.contains('…')) {
        let right = words.at.x + width(&words.text, words.size, words.is_bold);
        assert!(right <= whole.size.width + 0.5 && words.at.y < whole.size.height, "{words:?} in {:?}", whole.size);
    }
    assert!(whole.about.contains("Eksempelby"));
}

#[test]
fn wrapped_lines_fit_and_hold_everything() {
    for room in [0.0, 5.0, 60.0, 200.0, f32::INFINITY] {
        let lines = wrapped(LONG_NAME, 12.0, false, room);
        assert_eq!(lines.concat().replace(' ', ""), LONG_NAME.replace(' ', ""), "{room}");
        for line in lines {
            assert!(width(&line, 12.0, false) <= room || line.chars().count() == 1, "{line} in {room}");
        }
    }
    assert!(wrapped("  ", 12.0, false, 50.0).is_empty());
}

#[test]
fn a_picture_too_large_or_empty_says_so() {
    for size in
        [(0.0, 10.0), (-5.0, 10.0), (f32::NAN, 10.0), (f32::INFINITY, 10.0), (20_000.0, 10.0), (16_000.0, 16_000.0)]
    {
        let picture = of(size.0, size.1);
        assert!(matches!(picture.to_png(&palette(), 1.0), Err(NotDrawn::Size(..))), "{size:?}");
        texts(&picture.to_svg(&palette()));
    }
    assert!(of(10.0, 10.0).to_png(&palette(), f32::NAN).is_err());
}

#[test]
fn what_is_endless_is_drawn_of_few_pieces() {
    for length in [1.0e5, 1.0e9, f32::MAX, f32::INFINITY, f32::NAN] {
        let end = |x| End { x, top: 0.0, thickness: 10.0 };
        let band = Band { from: end(0.0), to: end(length) };
        assert!(band.stripes().steps().len() < 10_000, "{length}");
        for pattern in [Pattern::Across, Pattern::Upright] {
            let mut picture = of(10.0, 10.0);
            picture.fill_with(Bounds::new(0.0, 0.0, length, length), Look { tone: Tone::Bad, pattern });
            let steps = |shape: &Shape| match shape {
                Shape::Area(outline, _) => outline.steps().len(),
                _ => 0,
            };
            assert!(picture.shapes.iter().map(steps).sum::<usize>() < 10_000, "{length}");
        }
        let area = Bounds::new(0.0, 0.0, length, 10.0);
        assert!(hatching(area, 2.0).steps().len() < 10_000, "{length}");
        assert!(stripes(area, 2.0, 0, 2).steps().len() < 20_000, "{length}");
    }
}

/// A band that winds, in pixels: where it is striped, and where it is.
#[test]
fn stripes_are_evenly_wide_and_stay_within_their_band() {
    let end = |x, top| End { x, top, thickness: 40.0 };
    for (from, to) in [(10.0, 10.0), (10.0, 110.0), (140.0, 20.0)] {
        let band = Band { from: end(20.0, from), to: end(380.0, to) };
        let (outline, stripes) = (band.outline(), band.stripes());
        let mut widths = Vec::new();
        let mut points = 0;
        for y in 0..400_u16 {
            let mut run = 0;
            for x in 0..800_u16 {
                let place = Point::new(f32::from(x) / 2.0 + 0.25, f32::from(y) / 2.0 + 0.25);
                if stripes.contains(place) {
                    points += 1;
                    run += 1;
                    let near = [(0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)];
                    let is_within = |(right, down)| outline.contains(Point::new(place.x + right, place.y + down));
                    assert!(near.into_iter().any(is_within), "{place:?} is beside the band");
                } else if run > 0 {
                    widths.push(run);
                    run = 0;
                }
            }
        }
        // About half of it: 360 by 40 in half pixels.
        assert!((23_000..35_000).contains(&points), "{points}");
        if from.to_bits() == to.to_bits() {
            let wide = widths.iter().filter(|width| (13..=15).contains(*width)).count();
            assert!(wide * 100 > widths.len() * 85, "{wide} of {}", widths.len());
        }
    }
}

fn number() -> impl Strategy<Value = f32> {
    prop_oneof![
        -50.0..100.0_f32,
        any::<f32>(),
        Just(f32::NAN),
        Just(f32::INFINITY),
        Just(f32::NEG_INFINITY),
        Just(1.0e30),
        Just(0.0),
    ]
}

fn point() -> impl Strategy<Value = Point> {
    (number(), number()).prop_map(|(x, y)| Point::new(x, y))
}

fn outline() -> impl Strategy<Value = Outline> {
    let step = prop_oneof![
        point().prop_map(Step::Move),
        point().prop_map(Step::Line),
        (point(), point(), point()).prop_map(|(one, other, to)| Step::Curve(one, other, to)),
        Just(Step::Close),
    ];
    prop::collection::vec(step, 0..12).prop_map(Outline::new)
}

/// Pictures of anything, in sizes that are quick to draw or cannot be drawn at all.
fn picture() -> impl Strategy<Value = Picture> {
    let side = prop_oneof![Just(60.0), Just(f32::NAN), Just(f32::INFINITY), Just(-1.0), Just(0.0), Just(1.0e30)];
    let sides = (prop_oneof![3 => Just(60.0), 1 => side.clone()], prop_oneof![3 => Just(60.0), 1 => side]);
    let shape = (outline(), number(), number(), number(), point(), "\\PC{0,12}|[\\x00-\\x1f<&\"]{0,6}", 0..5_u8);
    (sides, prop::collection::vec(shape, 0..8)).prop_map(|((width, height), shapes)| {
        let mut picture = of(width, height);
        for (outline, one, other, third, at, words, kind) in shapes {
            match kind {
                0 => picture.fill(outline, Tone::Accent.at(one)),
                1 => picture.draw(outline, Tone::Accent.at(one), other),
                2 => picture.draw_dashed(outline, Tone::Accent, one, other),
                3 => {
                    let style = WordStyle::new(one, Tone::Text.at(other)).anchored(Anchor::Middle);
                    picture.write(&words, (at.x, at.y), third, style);
                }
                _ => {
                    let end = |x, top| End { x, top, thickness: third };
                    picture.band(&Band { from: end(at.x, one), to: end(at.y, other) }, Tone::Warning, true);
                    let look = Look { tone: Tone::Series(7), pattern: Pattern::Across };
                    picture.fill_with(Bounds::new(at.x, at.y, one, other), look);
                    picture.boxed(Bounds::new(at.x, at.y, one, other), third, Tone::Surface, Tone::Line);
                }
            }
        }
        picture
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_a_picture_is_made_of_it_becomes_a_file_or_an_error(picture in picture()) {
        for picture in [picture.captioned(&Caption { title: "Titel".to_owned(), ..Caption::default() }), picture] {
            let svg = picture.to_svg(&palette());
            texts(&svg);
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", svg);
            if let Ok(png) = picture.to_png(&palette(), 2.0) {
                decoded(&png);
            }
        }
    }
}
