//! Words in which those of the glossary are underlined: what each means is shown beside it, and pressing it looks it up.

use iced::Color;

use crate::LanguageChoice;
use crate::desktop::theme;
use crate::desktop::widget::{OnPress, Prose, ProseLink, ProseSpan, prose};
use crate::guide::{Link, Place, Span, glossary, marked};

/// How high a line of an explanation is, for letters of size 1: as of other words on screens.
const LINE: f32 = 1.3;

/// An explanation on a screen, in small letters.
pub(in crate::desktop) fn explained<'a, Message>(
    words: impl AsRef<str>,
    language: LanguageChoice,
) -> Prose<'a, Message> {
    with_words(words, language).size(theme::SMALL).tone(theme::muted)
}

/// What is said on a screen.
pub(in crate::desktop) fn with_words<'a, Message>(
    words: impl AsRef<str>,
    language: LanguageChoice,
) -> Prose<'a, Message> {
    let spans = marked(words.as_ref(), glossary(language)).into_iter().map(|span| {
        let link = match span.link {
            Some(Link::Word(at)) => word_link(at, language),
            _ => None,
        };
        ProseSpan { words: span.text.into(), font: theme::REGULAR, colour: None, is_code: false, link }
    });
    prose(spans.collect()).line_height(LINE)
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
        Link::To(place) => Some(ProseLink { on_press: OnPress::Send(open(place.clone())), tip: None }),
        Link::Word(at) => word_link(*at, language),
        Link::Outside(_) => None,
    }
}

/// What a word of the glossary says, and where it is looked up.
fn word_link<Message>(at: usize, language: LanguageChoice) -> Option<ProseLink<Message>> {
    let term = glossary(language).get(at)?;
    Some(ProseLink { on_press: OnPress::LookUp(at), tip: Some(term.meaning.as_str()) })
}
