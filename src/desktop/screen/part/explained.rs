//! Words in which those of the glossary are underlined: what each means is shown beside it, and pressing it looks it up.

use iced::Color;

use crate::LanguageChoice;
use crate::desktop::theme;
use crate::desktop::widget::{Prose, ProseLink, ProseSpan, prose};
use crate::guide::{Link, Place, Span, glossary, marked};

/// How high a line of an explanation is, for letters of size 1: as of other words on screens.
const LINE: f32 = 1.3;

/// An explanation on a screen, in small letters. `look_up` is sent with the place of a word in the glossary.
pub(in crate::desktop) fn explained<'a, Message>(
    words: &str,
    language: LanguageChoice,
    look_up: impl Fn(Place) -> Message,
) -> Prose<'a, Message> {
    let spans = marked(words, glossary(language));
    let spans = spans.into_iter().map(|span| {
        let link = prose_link(span.link.as_ref(), language, &look_up);
        ProseSpan { words: span.text.into(), font: theme::REGULAR, colour: None, is_code: false, link }
    });
    prose(spans.collect()).size(theme::SMALL).line_height(LINE).tone(theme::muted)
}

/// The words of the guide as they are drawn; links to places in that colour.
pub(in crate::desktop) fn prose_spans<Message>(
    spans: &[Span],
    language: LanguageChoice,
    accent: Option<Color>,
    open: impl Fn(Place) -> Message,
) -> Vec<ProseSpan<'_, Message>> {
    let drawn = spans.iter().map(|span| ProseSpan {
        words: span.text.as_str().into(),
        font: match span {
            Span { is_strong: true, .. } | Span { is_name: true, .. } => theme::SEMIBOLD,
            _ => theme::REGULAR,
        },
        colour: accent.filter(|_| matches!(span.link, Some(Link::To(_)))),
        is_code: span.is_code,
        link: prose_link(span.link.as_ref(), language, &open),
    });
    drawn.collect()
}

fn prose_link<Message>(
    link: Option<&Link>,
    language: LanguageChoice,
    open: impl Fn(Place) -> Message,
) -> Option<ProseLink<Message>> {
    match link? {
        Link::To(place) => Some(ProseLink { on_press: open(place.clone()), tip: None }),
        Link::Word(at) => {
            let term = glossary(language).get(*at)?;
            Some(ProseLink { on_press: open(term.place()), tip: Some(term.meaning.as_str()) })
        }
        Link::Outside(_) => None,
    }
}
