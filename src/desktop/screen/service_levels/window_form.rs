//! The form of a service window.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, FillPortion};
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};
use lucide_icons::Icon;

use super::Message;
use crate::clock::{self, Showing};
use crate::desktop::language::format::date_text;
use crate::desktop::language::names::{danish_order, fagsystem_name};
use crate::desktop::language::parse::{read_date, read_time, understood};
use crate::desktop::screen::part::words::{choice_words, obstacles};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, FIELD_SPACING, Field, choice_field, editor_with, icon_button, labelled_button, one_line, plain_button,
    text_field,
};
use crate::service_level::{ServiceWindow, Span, WindowFault, WindowScope};

pub(super) const FROM_DAY: &str = "window-from";
const FROM_TIME: &str = "window-from-time";
const TO_DAY: &str = "window-to";
const TO_TIME: &str = "window-to-time";
const SCOPE: &str = "window-scope";
const NOTE: &str = "window-note";

#[derive(Debug, Clone)]
pub(super) struct WindowForm {
    /// The window that is being changed; `None` for a new one.
    earlier: Option<ServiceWindow>,
    /// A day and a time of day, at which it begins and at which it ends.
    from: [String; 2],
    until: [String; 2],
    scope: WindowScope,
    note: String,
    was_tried: bool,
    /// The store has no room for another one.
    is_refused: bool,
}

impl Default for WindowForm {
    fn default() -> Self {
        Self {
            earlier: None,
            from: Default::default(),
            until: Default::default(),
            scope: WindowScope::Router,
            note: String::new(),
            was_tried: false,
            is_refused: false,
        }
    }
}

#[derive(Debug, Clone)]
pub enum WindowMessage {
    FromDay(String),
    FromTime(String),
    UntilDay(String),
    UntilTime(String),
    Scope(WindowScope),
    Note(String),
}

impl From<&ServiceWindow> for WindowForm {
    /// To change a window.
    fn from(window: &ServiceWindow) -> Self {
        let [from, until] = [window.span.begin, window.span.end].map(|moment| {
            let shown = clock::in_denmark(moment);
            [date_text(shown.date()), shown.strftime("%H:%M").to_string()]
        });
        let (scope, note) = (window.scope.clone(), window.note.clone());
        Self { earlier: Some(window.clone()), from, until, scope, note, ..Self::default() }
    }
}

/// What was written into a day and a time of day, or what is wrong with either.
struct Moment {
    day: Result<Option<Date>, Option<String>>,
    time: Result<Option<jiff::civil::Time>, ()>,
    /// Midnight at the end of the day was written, as 24:00.
    is_end_of_day: bool,
}

impl Moment {
    fn read([day, time]: &[String; 2], scene: Scene<'_>) -> Self {
        let is_end_of_day = matches!(time.trim(), "24" | "24:00" | "24.00");
        let time = if is_end_of_day { Ok(Some(jiff::civil::Time::midnight())) } else { read_time(time) };
        Self { day: read_date(day, scene.t, scene.today), time, is_end_of_day }
    }

    /// What clocks show then.
    fn shown(&self) -> Option<DateTime> {
        let (Ok(Some(day)), Ok(Some(time))) = (&self.day, &self.time) else { return None };
        let day = if self.is_end_of_day { day.checked_add(1.day()).ok()? } else { *day };
        Some(DateTime::from_parts(day, *time))
    }

    /// `None` also for what clocks skip when they are put forward.
    fn moment(&self) -> Option<Timestamp> {
        let shown = self.shown()?;
        (clock::showing(shown) != Showing::Never).then(|| clock::moment(shown))
    }

    /// Of an hour that clocks show twice, which of them it is.
    fn reading(&self, scene: Scene<'_>) -> Option<String> {
        let is_twice = clock::showing(self.shown()?) == Showing::Twice;
        is_twice.then(|| scene.t.service_levels.shown_twice.to_owned())
    }

    fn day_error(&self, was_tried: bool, scene: Scene<'_>) -> Option<String> {
        match &self.day {
            Ok(Some(_)) if self.shown().is_some_and(|shown| clock::showing(shown) == Showing::Never) => {
                Some(scene.t.service_levels.never_shown.to_owned())
            }
            Err(error) => Some(error.clone().unwrap_or_else(|| scene.t.fields.not_a_date.to_owned())),
            Ok(None) if was_tried => Some(scene.t.fields.missing.to_owned()),
            Ok(_) => None,
        }
    }

    fn time_error(&self, was_tried: bool, scene: Scene<'_>) -> Option<String> {
        match &self.time {
            Err(()) => Some(scene.t.service_levels.not_a_time.to_owned()),
            Ok(None) if was_tried => Some(scene.t.fields.missing.to_owned()),
            Ok(_) => None,
        }
    }
}

impl WindowForm {
    pub fn is_changed(&self) -> bool {
        if let Some(earlier) = &self.earlier {
            let Self { from, until, scope, note, .. } = Self::from(earlier);
            return (&from, &until, &scope, &note) != (&self.from, &self.until, &self.scope, &self.note);
        }
        let texts = self.from.iter().chain(&self.until).chain([&self.note]);
        texts.into_iter().any(|text| !text.trim().is_empty())
    }

    pub fn is_refused(&mut self) {
        self.is_refused = true;
    }

    pub fn update(&mut self, message: WindowMessage) {
        match message {
            WindowMessage::FromDay(text) => {
                // Most windows end on the day on which they begin.
                if self.until[0].is_empty() || self.until[0] == self.from[0] {
                    self.until[0].clone_from(&text);
                }
                self.from[0] = text;
            }
            WindowMessage::FromTime(text) => self.from[1] = text,
            WindowMessage::UntilDay(text) => self.until[0] = text,
            WindowMessage::UntilTime(text) => self.until[1] = text,
            WindowMessage::Scope(scope) => self.scope = scope,
            WindowMessage::Note(text) => self.note = text,
        }
        self.is_refused = false;
    }

    /// What is wrong with the whole; `None` while a field is missing or wrong by itself.
    fn checked(&self, scene: Scene<'_>) -> Option<Result<ServiceWindow, WindowFault>> {
        if self.is_refused {
            return Some(Err(WindowFault::TooMany));
        }
        let [begin, end] = [&self.from, &self.until].map(|texts| Moment::read(texts, scene).moment());
        Some(ServiceWindow::new(Span::new(begin?, end?), self.scope.clone(), &self.note, scene.now))
    }

    /// The window, if it can be entered; otherwise what is missing is marked from now on.
    pub fn window(&mut self, scene: Scene<'_>) -> Option<ServiceWindow> {
        self.was_tried = true;
        let window = self.checked(scene)?.ok()?;
        Some(match &self.earlier {
            Some(earlier) => window.in_place_of(earlier),
            None => window,
        })
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.service_levels;
        let checked = self.checked(scene);
        let fault = checked.as_ref().and_then(|checked| checked.as_ref().err().copied());
        let is_of_note = matches!(fault, Some(WindowFault::NoteTooLong | WindowFault::NoteIsPersonal));
        let words = fault.map(|fault| (t.fault)(fault).to_owned());
        let (of_note, of_end) = if is_of_note { (words, None) } else { (None, words) };
        let close = icon_button(Icon::X, scene.t.close).on_press(Message::Leave);
        let (title, save) =
            if self.earlier.is_some() { (t.change_window, t.save_change) } else { (t.new_window, t.save_window) };
        let title = container(one_line(title).bold().size(theme::HEADING)).width(Fill);
        let from = self.moment_fields(&self.from, (t.from, FROM_DAY, FROM_TIME), None, scene);
        let until = self.moment_fields(&self.until, (t.until, TO_DAY, TO_TIME), of_end, scene);
        let on_note = |text| Message::Window(WindowMessage::Note(text));
        let note = Field::new(t.note).error(of_note).hint(t.note_hint.to_owned());
        let note = text_field(note, NOTE, "", &self.note, on_note, Message::Save);
        let content = column![row![title, close].align_y(Center), from, until, self.scope_field(scene), note];
        let save = labelled_button(Icon::Check, save).style(theme::primary);
        let save = save.on_press_maybe(self.is_changed().then_some(Message::Save));
        let cancel = plain_button(scene.t.cancel).style(theme::secondary).on_press(Message::Close);
        let [begin, end] = [&self.from, &self.until].map(|texts| Moment::read(texts, scene).moment());
        let lacking = [(begin, t.from), (end, t.until)];
        let lacking: Vec<_> =
            lacking.into_iter().filter(|(moment, _)| moment.is_none()).map(|(_, name)| name).collect();
        let lacking = if self.was_tried || self.is_changed() { lacking } else { Vec::new() };
        editor_with(content.spacing(FIELD_SPACING), obstacles(scene.t, &lacking), row![save, cancel])
    }

    fn moment_fields<'a>(
        &'a self,
        texts: &'a [String; 2],
        (label, day_field, time_field): (&'static str, &'static str, &'static str),
        error: Option<String>,
        scene: Scene<'a>,
    ) -> Element<'a, Message> {
        let t = &scene.t.service_levels;
        let is_from = day_field == FROM_DAY;
        let read = Moment::read(texts, scene);
        let day = Field::new(label)
            .error(read.day_error(self.was_tried, scene).or(error))
            .reading(read.reading(scene).or(read.day.clone().ok().and_then(|day| understood(&texts[0], day, scene.t))));
        let time = Field::new(t.clock).error(read.time_error(self.was_tried, scene));
        let on_day = move |text| {
            Message::Window(if is_from { WindowMessage::FromDay(text) } else { WindowMessage::UntilDay(text) })
        };
        let on_time = move |text| {
            Message::Window(if is_from { WindowMessage::FromTime(text) } else { WindowMessage::UntilTime(text) })
        };
        let placeholder = scene.t.fields.date_placeholder;
        let day = text_field(day, day_field, placeholder, &texts[0], on_day, Message::Save);
        let time = text_field(time, time_field, "22:00", &texts[1], on_time, Message::Save);
        row![container(day).width(FillPortion(5)), container(time).width(FillPortion(3))].spacing(10).into()
    }

    fn scope_field<'a>(&self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.service_levels;
        let mut choices = vec![Choice::new(WindowScope::Router, t.router), Choice::new(WindowScope::All, t.scope_all)];
        for authority in &scene.bench.published().book.authorities {
            let mut fagsystems: Vec<_> = authority.fagsystems.iter().collect();
            fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
            choices.extend(fagsystems.into_iter().map(|it| {
                Choice::new(WindowScope::Fagsystem(authority.cvr, it.id.clone()), fagsystem_name(authority, &it.id))
            }));
        }
        if let (WindowScope::Fagsystem(_, id), false) = (&self.scope, choices.iter().any(|it| it.value == self.scope)) {
            choices.push(Choice::new(self.scope.clone(), id.to_string()));
        }
        let on_choice = |scope| Message::Window(WindowMessage::Scope(scope));
        let words = (scene.t.fields.choose, choice_words(scene.t));
        choice_field(Field::new(t.scope), SCOPE, choices, Some(&self.scope), words, on_choice)
    }
}
