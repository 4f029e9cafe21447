//! The guide: the pages, the way through them, and the search. It is shown over or beside the other screens, not in place of
//! one, so that closing it leads back to exactly where people were.

mod page;
mod results;
mod scrolling;

use iced::advanced::widget::operate;
use iced::widget::{column, container, operation, row, scrollable, space, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use self::scrolling::ToHeading;
pub(in crate::desktop) use self::scrolling::reveal_focused;
use super::action::{Action, Request};
use crate::LanguageChoice;
use crate::desktop::language::Texts;
use crate::desktop::model::preferences::ThemeChoice;
use crate::desktop::theme;
use crate::desktop::widget::{horizontal_line, icon_button, one_line, plain_button, search_field};
use crate::guide::{Found, GuidePage, Place, document, search};

/// The id of all of it: Tab stays within.
pub(in crate::desktop) const GUIDE: &str = "guide";
/// The id of the search field.
pub(in crate::desktop) const GUIDE_SEARCH: &str = "guide-search";
/// The id of what scrolls.
const PAGE: &str = "guide-page";
/// The places that people have been to; the oldest are forgotten.
const MOST_VISITS: usize = 100;
/// In narrower guides the search stands on a line of its own.
const CRAMPED: f32 = 640.0;
/// How far a key scrolls, in logical pixels.
const STEP: f32 = 60.0;
/// How much of what is in sight a longer step scrolls.
const PAGE_STEP: f32 = 0.85;

/// The guide while it is shown.
#[derive(Debug)]
pub(in crate::desktop) struct GuideScreen {
    /// The places that people have been to, and how far each was scrolled. There is always one.
    visits: Vec<Visit>,
    /// Which of them is shown.
    at: usize,
    query: String,
    found: Vec<Found>,
    /// The height of what is in sight, once it has been scrolled.
    height: f32,
}

#[derive(Debug, Clone)]
struct Visit {
    place: Place,
    scrolled: f32,
}

#[derive(Debug, Clone)]
pub enum Message {
    Open(Place),
    Back,
    Forward,
    Query(String),
    /// Open the first place that was found.
    OpenFirst,
    /// How far it is scrolled, and the height of what is in sight.
    Scrolled(f32, f32),
    Scroll(Stride),
    Search,
    Close,
    BeginTour,
}

/// How far a key scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stride {
    /// This many lines down; up if negative.
    Step(i8),
    /// This many times what is in sight.
    Page(i8),
    Top,
    End,
}

impl GuideScreen {
    pub fn open(place: Place) -> (Self, Task<Message>) {
        let to_place = to_place(&place);
        let visits = vec![Visit { place, scrolled: 0.0 }];
        (Self { visits, at: 0, query: String::new(), found: Vec::new(), height: 0.0 }, to_place)
    }

    /// The place that is shown, unless people search.
    pub fn place(&self) -> Option<&Place> {
        self.query.is_empty().then(|| &self.visit().place)
    }

    fn visit(&self) -> &Visit {
        &self.visits[self.at]
    }

    /// Whether Escape has something to leave before the guide itself.
    pub fn is_searching(&self) -> bool {
        !self.query.is_empty()
    }

    pub fn update(&mut self, message: Message, language: LanguageChoice) -> Action<Message> {
        match message {
            Message::Open(place) => return self.visit_place(place),
            Message::Back => return self.go_to(self.at.checked_sub(1)),
            Message::Forward => return self.go_to(Some(self.at + 1)),
            Message::Query(query) => {
                self.found = search(&query, language);
                self.query = query;
                return if self.query.is_empty() { self.back_to_visit() } else { scroll_to(0.0) };
            }
            Message::OpenFirst => {
                if let Some(found) = self.found.first() {
                    return self.visit_place(found.place.clone());
                }
            }
            Message::Scrolled(y, height) => {
                self.height = height;
                if self.query.is_empty() {
                    self.visits[self.at].scrolled = y;
                }
            }
            Message::Scroll(stride) => return Action::Run(self.scroll(stride)),
            Message::Search => return Action::focus(GUIDE_SEARCH),
            Message::Close => return Request::CloseGuide.into(),
            Message::BeginTour => return Request::BeginTour.into(),
        }
        Action::None
    }

    /// The window speaks another language now: the places are those with the same headings there.
    pub fn translate(&mut self, from: LanguageChoice, to: LanguageChoice) {
        for visit in &mut self.visits {
            let Some(anchor) = &visit.place.anchor else { continue };
            let page = visit.place.page;
            let number = document(page, from).headings().position(|(_, _, it)| it == anchor);
            let there = number.and_then(|number| document(page, to).headings().nth(number));
            visit.place.anchor = there.map(|(_, _, anchor)| anchor.to_owned());
        }
        self.found = search(&self.query, to);
    }

    fn visit_place(&mut self, place: Place) -> Action<Message> {
        (self.query, self.found) = (String::new(), Vec::new());
        let to_place = Action::Run(to_place(&place));
        if self.visit().place != place {
            self.visits.truncate(self.at + 1);
            self.visits.push(Visit { place, scrolled: 0.0 });
            if self.visits.len() > MOST_VISITS {
                self.visits.remove(0);
            }
            self.at = self.visits.len() - 1;
        }
        to_place
    }

    fn go_to(&mut self, at: Option<usize>) -> Action<Message> {
        let Some(at) = at.filter(|at| *at < self.visits.len()) else { return Action::None };
        (self.query, self.found) = (String::new(), Vec::new());
        self.at = at;
        self.back_to_visit()
    }

    fn back_to_visit(&self) -> Action<Message> {
        scroll_to(self.visit().scrolled)
    }

    fn scroll(&self, stride: Stride) -> Task<Message> {
        let by = |y: f32| operation::scroll_by(PAGE, operation::AbsoluteOffset { x: 0.0, y });
        match stride {
            Stride::Step(steps) => by(STEP * f32::from(steps)),
            Stride::Page(pages) => by(self.height.max(STEP) * PAGE_STEP * f32::from(pages)),
            Stride::Top => operation::scroll_to(PAGE, operation::AbsoluteOffset { x: None, y: Some(0.0) }),
            Stride::End => operation::snap_to_end(PAGE),
        }
    }

    /// Draws the guide so wide.
    pub fn view(&self, t: &'static Texts, choice: ThemeChoice, width: f32) -> Element<'_, Message> {
        let content = if self.is_searching() {
            results::results(t, &self.query, &self.found)
        } else {
            page::page(self.visit().place.page, t.language, &theme::theme(choice))
        };
        let body = scrollable(container(content).padding([18, 26]).width(Fill))
            .id(PAGE)
            .on_scroll(|seen| Message::Scrolled(seen.absolute_offset().y, seen.bounds().height))
            .width(Fill)
            .height(Fill)
            .style(theme::scrollbar);
        let content = column![self.head(t, width), horizontal_line(), body];
        container(content).id(GUIDE).width(width).height(Fill).style(theme::panel).into()
    }

    fn head(&self, t: &'static Texts, width: f32) -> Element<'_, Message> {
        let g = &t.guide;
        let can_go_on = self.at + 1 < self.visits.len();
        let search = search_field(GUIDE_SEARCH, g.search, &self.query, Message::Query).on_submit(Message::OpenFirst);
        let (beside, below) =
            if width < CRAMPED { (None, Some(search.width(Fill))) } else { (Some(search.width(Fill)), None) };
        let line = row![
            icon_button(Icon::ArrowLeft, g.back).on_press_maybe((self.at > 0).then_some(Message::Back)),
            icon_button(Icon::ArrowRight, g.forward).on_press_maybe(can_go_on.then_some(Message::Forward)),
            one_line(g.title).bold().size(theme::HEADING),
            space().width(8),
            beside.map_or_else(|| space().width(Fill).into(), Element::from),
            quiet(g.contents, Message::Open(Place::top(GuidePage::Contents))),
            quiet(g.glossary, Message::Open(Place::top(GuidePage::Glossary))),
            quiet(g.tour.begin, Message::BeginTour),
            icon_button(Icon::X, t.close).on_press(Message::Close),
        ];
        column![line.spacing(4).align_y(Center), below].spacing(8).padding([9, 14]).into()
    }
}

fn quiet(words: &'static str, message: Message) -> Element<'static, Message> {
    plain_button(words).padding([6, 8]).style(theme::quiet).on_press(message).into()
}

/// Scrolls to a place on the page that is shown.
fn to_place(place: &Place) -> Task<Message> {
    match &place.anchor {
        Some(anchor) => operate(ToHeading::new(PAGE, page::heading_id(anchor))),
        None => operation::scroll_to(PAGE, operation::AbsoluteOffset { x: None, y: Some(0.0) }),
    }
}

fn scroll_to(y: f32) -> Action<Message> {
    Action::scroll_to(PAGE, y)
}

/// What a heading looks like, by its level.
fn heading_size(level: u8) -> f32 {
    match level {
        1 => theme::TITLE,
        2 => 18.0,
        _ => 15.0,
    }
}

/// The heading of a part of the guide.
fn heading(words: &str, level: u8) -> iced::widget::Text<'_> {
    text(words).font(theme::SEMIBOLD).size(heading_size(level))
}
