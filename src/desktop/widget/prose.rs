use std::borrow::Cow;

use iced::advanced::layout::{self, Layout};
use iced::advanced::text::{self as core_text, Paragraph as _, Renderer as _};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key};
use iced::widget::Id;
use iced::{Color, Element, Event, Font, Length, Point, Rectangle, Renderer, Size, Theme, Vector, alignment, border};

use super::focusable::{Focus, FocusState, draw_ring, is_plain};
use super::line_of_text::Paragraph;
use super::looking_up::LookedUp;
use super::pointing::{Pointing, is_press, is_release};
use super::whole_words::WholeWords;
use crate::desktop::theme::{self, Tone};

/// The id under which its words are found: they may be of several fonts.
const PROSE: &str = "prose";
/// How high a line is, for letters of size 1.
const LINE: f32 = 1.45;
/// How far below the middle of a line it is underlined, for letters of size 1.
const BELOW_MIDDLE: f32 = 0.48;
/// The dots that a word is underlined with which has an explanation, and the space between them, in logical pixels.
const DOT: f32 = 2.0;
/// Is not seen. The toolkit shapes a word of nothing but ASCII in a single font, the first; with this in it, each part in its own.
const JOINER: char = '\u{2060}';

type CoreSpan<'a> = core_text::Span<'a, (), Font>;

/// Running words, of which some lead somewhere: with the mouse, and by Tab and Enter. See [`prose`].
pub(in crate::desktop) struct Prose<'a, Message> {
    spans: Vec<ProseSpan<'a, Message>>,
    shaped: Vec<CoreSpan<'a>>,
    size: f32,
    tone: Option<Tone>,
    line_height: f32,
    /// Whether it is only as wide as its longest line, with the shorter ones in the middle.
    is_centred: bool,
}

/// Words that look alike and lead to the same place.
pub(in crate::desktop) struct ProseSpan<'a, Message> {
    pub words: Cow<'a, str>,
    pub font: Font,
    /// Of its own, where not that of the words around.
    pub colour: Option<Color>,
    /// Whether it stands on a ground of its own.
    pub is_code: bool,
    pub link: Option<ProseLink<Message>>,
}

/// Where words lead.
pub(in crate::desktop) struct ProseLink<Message> {
    pub on_press: OnPress<Message>,
    /// What is shown beside them on pointing, and while they have the focus. They are then underlined with dots.
    pub tip: Option<&'static str>,
}

/// What pressing words does.
pub(in crate::desktop) enum OnPress<Message> {
    Send(Message),
    /// Looks up the word with that number: whoever draws the words need not know how. See [`looking_up`](super::looking_up()).
    LookUp(usize),
}

/// Running words, which are broken into as many lines as they need.
pub(in crate::desktop) fn prose<Message>(spans: Vec<ProseSpan<'_, Message>>) -> Prose<'_, Message> {
    Prose { spans, shaped: Vec::new(), size: theme::BODY, tone: None, line_height: LINE, is_centred: false }
}

impl<Message> Prose<'_, Message> {
    pub fn size(self, size: f32) -> Self {
        Self { size, ..self }
    }

    pub fn tone(self, tone: Tone) -> Self {
        Self { tone: Some(tone), ..self }
    }

    /// With lines so high, for letters of size 1.
    pub fn line_height(self, line_height: f32) -> Self {
        Self { line_height, ..self }
    }

    /// Only as wide as its longest line, with the shorter ones in the middle.
    pub fn centred(self) -> Self {
        Self { is_centred: true, ..self }
    }

    fn width(&self) -> Length {
        if self.is_centred { Length::Shrink } else { Length::Fill }
    }

    /// The indices of the spans that lead somewhere.
    fn links(&self) -> impl Iterator<Item = (usize, &ProseLink<Message>)> {
        self.spans.iter().enumerate().filter_map(|(at, span)| Some((at, span.link.as_ref()?)))
    }

    fn link(&self, at: Option<usize>) -> Option<&ProseLink<Message>> {
        self.spans.get(at?)?.link.as_ref()
    }
}

#[derive(Default)]
struct State {
    paragraph: Paragraph,
    /// What it was shaped of.
    shaped: Vec<CoreSpan<'static>>,
    /// One for each link.
    focus: Vec<FocusState>,
    /// The index of the span that the mouse is on, if it leads somewhere.
    mouse: Pointing<usize>,
    pressed: Option<usize>,
    tip: WholeWords,
    looked_up: LookedUp,
}

impl State {
    /// Does what pressing those words does.
    fn press<Message: Clone>(&mut self, link: &ProseLink<Message>, shell: &mut Shell<'_, Message>) {
        match &link.on_press {
            OnPress::Send(message) => shell.publish(message.clone()),
            OnPress::LookUp(word) => self.looked_up = LookedUp(Some(*word)),
        }
    }

    /// The index among all spans of the link that has the focus.
    fn focused<Message>(&self, prose: &Prose<'_, Message>) -> Option<usize> {
        let at = self.focus.iter().position(|focus| focus.0.is_some())?;
        prose.links().nth(at).map(|(span, _)| span)
    }

    /// The index among all spans of the link whose tip is shown.
    fn with_tip<Message>(&self, prose: &Prose<'_, Message>) -> Option<usize> {
        let by_keyboard = self.focus.iter().any(|focus| focus.has_ring());
        let at = self.mouse.on().or_else(|| self.focused(prose).filter(|_| by_keyboard));
        at.filter(|at| prose.link(Some(*at)).is_some_and(|link| link.tip.is_some()))
    }

    /// What a span takes up, from the left upper corner of all.
    fn bounds_of(&self, span: usize) -> Option<Rectangle> {
        self.paragraph.span_bounds(span).into_iter().reduce(|all, line| all.union(&line))
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Prose<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width(), Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        let links = self.links().count();
        if state.focus.len() != links {
            state.focus = vec![FocusState::default(); links];
            (state.mouse, state.pressed) = (Pointing::default(), None);
        }
        let (look, shaped) = ((self.size, self.line_height, self.is_centred), &self.shaped);
        layout::sized(limits, self.width(), Length::Shrink, |limits| {
            let bounds = limits.max();
            let is_same = state.shaped.len() == shaped.len() && state.shaped.iter().zip(shaped).all(|(a, b)| a == b);
            match state.paragraph.compare(text((), bounds, look)) {
                core_text::Difference::None if is_same => {}
                core_text::Difference::Bounds if is_same => state.paragraph.resize(bounds),
                _ => {
                    state.paragraph = Paragraph::with_spans(text(shaped.as_slice(), bounds, look));
                    state.shaped = shaped.iter().cloned().map(core_text::Span::to_static).collect();
                }
            }
            state.paragraph.min_bounds()
        })
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let whole: String = self.spans.iter().map(|span| span.words.as_ref()).collect();
        operation.text(Some(&Id::new(PROSE)), layout.bounds(), &whole);
        let state = tree.state.downcast_mut::<State>();
        operation.custom(None, layout.bounds(), &mut state.looked_up);
        let offset = layout.position() - Point::ORIGIN;
        for (number, (span, _)) in self.links().enumerate() {
            let Some(bounds) = state.bounds_of(span) else { continue };
            if let Some(focus) = state.focus.get_mut(number) {
                operation.focusable(None, bounds + offset, focus);
            }
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let shown_before = state.with_tip(self);
        let (paragraph, corner) = (&state.paragraph, layout.position() - Point::ORIGIN);
        let on = |place: Point| paragraph.hit_span(place - corner).filter(|at| self.link(Some(*at)).is_some());
        let moved = state.mouse.follow(cursor, layout.bounds(), viewport, on);
        if moved.is_some_and(|moved| moved.is_to_another()) {
            shell.request_redraw();
        }
        let hovered = state.mouse.on();
        if is_press(event) {
            state.pressed = hovered;
            for (focus, (span, _)) in state.focus.iter_mut().zip(self.links()) {
                focus.0 = (Some(span) == hovered).then_some(Focus::Pointer);
            }
            if hovered.is_some() {
                shell.capture_event();
            }
            shell.request_redraw();
        } else if is_release(event) {
            let pressed = state.pressed.take().filter(|pressed| Some(*pressed) == hovered);
            if let Some(link) = self.link(pressed) {
                state.press(link, shell);
            }
        } else if let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat: false, .. }) = event
            && matches!(key, Key::Named(key::Named::Enter | key::Named::Space))
            && is_plain(*modifiers)
            && !shell.is_event_captured()
            && let Some(link) = self.link(state.focused(self))
        {
            state.press(link, shell);
            shell.capture_event();
        }
        if state.with_tip(self) != shown_before {
            shell.invalidate_layout();
            shell.request_redraw();
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        _: Layout<'_>,
        _: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        match tree.state.downcast_ref::<State>().mouse.on() {
            Some(_) => mouse::Interaction::Pointer,
            None => mouse::Interaction::None,
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        defaults: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if !layout.bounds().intersects(viewport) {
            return;
        }
        let state = tree.state.downcast_ref::<State>();
        let offset = layout.position() - Point::ORIGIN;
        let ink = self.tone.and_then(|tone| tone(theme).color).unwrap_or(defaults.text_color);
        for (at, span) in self.spans.iter().enumerate().filter(|(_, span)| span.is_code || span.link.is_some()) {
            let lines = state.paragraph.span_bounds(at).into_iter().map(|line| line + offset);
            for line in lines.filter(|line| line.intersects(viewport)) {
                if span.is_code {
                    draw_ground(renderer, theme, line);
                }
                if let Some(link) = &span.link {
                    let colour = span.colour.unwrap_or(ink);
                    underline(renderer, line, self.size, colour, link.tip.is_some() && state.mouse.on() != Some(at));
                }
            }
        }
        renderer.fill_paragraph(&state.paragraph, layout.position(), ink, *viewport);
        if let Some(focused) = state.focused(self)
            && state.focus.iter().any(|focus| focus.has_ring())
        {
            for line in state.paragraph.span_bounds(focused) {
                draw_ring(renderer, theme, (line + offset).expand(2.0), viewport);
            }
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let state = tree.state.downcast_mut::<State>();
        let at = state.with_tip(self)?;
        let anchor = state.bounds_of(at)? + (layout.position() - Point::ORIGIN);
        let words = self.link(Some(at))?.tip?;
        anchor.intersects(viewport).then(|| state.tip.beside(anchor + translation, words))
    }
}

/// Whether a word has letters of two fonts there, such as a bold name with a comma after it.
fn meet_within_a_word<Message>(span: &ProseSpan<'_, Message>, next: &ProseSpan<'_, Message>) -> bool {
    let is_within = |sign: Option<char>| sign.is_some_and(|sign| !sign.is_whitespace());
    span.font != next.font && is_within(span.words.chars().next_back()) && is_within(next.words.chars().next())
}

/// Words in those bounds, of that size and with lines that high, perhaps in the middle.
fn text<T>(content: T, bounds: Size, (size, line, is_centred): (f32, f32, bool)) -> core_text::Text<T> {
    core_text::Text {
        content,
        bounds,
        size: size.into(),
        line_height: core_text::LineHeight::Relative(line),
        font: theme::REGULAR,
        align_x: if is_centred { core_text::Alignment::Center } else { core_text::Alignment::Default },
        align_y: alignment::Vertical::Top,
        shaping: core_text::Shaping::Advanced,
        wrapping: core_text::Wrapping::WordOrGlyph,
    }
}

fn draw_ground(renderer: &mut Renderer, theme: &Theme, line: Rectangle) {
    let bounds = Rectangle { y: line.y + 2.0, height: line.height - 4.0, ..line }.expand(iced::Padding::from([0, 2]));
    let border = border::rounded(3);
    renderer.fill_quad(renderer::Quad { bounds, border, ..renderer::Quad::default() }, theme::colours(theme).line);
}

/// Underlines part of a line: with dots, or throughout.
fn underline(renderer: &mut Renderer, line: Rectangle, size: f32, colour: Color, has_dots: bool) {
    let y = (line.center_y() + size * BELOW_MIDDLE).round();
    let mut dash = |x: f32, width: f32, height: f32| {
        let bounds = Rectangle { x, y, width, height };
        renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, colour);
    };
    if !has_dots {
        dash(line.x, line.width, 1.0);
        return;
    }
    let (mut x, end) = (line.x.round(), line.x + line.width);
    while x + 1.0 <= end {
        dash(x, DOT.min(end - x) - 0.5, 1.0);
        x += 2.0 * DOT;
    }
}

impl<'a, Message: Clone + 'a> From<Prose<'a, Message>> for Element<'a, Message> {
    fn from(mut prose: Prose<'a, Message>) -> Self {
        let nexts = prose.spans.iter().skip(1).map(Some).chain([None]);
        let shaped = prose.spans.iter().zip(nexts).map(|(span, next)| {
            let mut words = span.words.clone();
            if next.is_some_and(|next| meet_within_a_word(span, next)) {
                words.to_mut().push(JOINER);
            }
            CoreSpan::new(words).font(span.font).color_maybe(span.colour)
        });
        prose.shaped = shaped.collect();
        Element::new(prose)
    }
}
