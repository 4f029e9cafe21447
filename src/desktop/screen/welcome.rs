use iced::widget::{column, container, row, scrollable, text};
use iced::{Center, Element as View, Fill};
use lucide_icons::Icon;

use super::rules::read_cvr;
use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{Field, heading, icon, labelled_button, note, text_field};
use crate::rules::{Authority, Cvr, Endpoint, Fagsystem, FagsystemId, RuleBook};

const NAME_FIELD: &str = "authority-name";
const CVR_FIELD: &str = "authority-cvr";
const FAGSYSTEM_FIELD: &str = "first-fagsystem";
const ENDPOINT_FIELD: &str = "first-endpoint";

/// The first start, when nothing has been published: begin with the sample municipality, or with an authority of
/// one's own.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Screen {
    name: String,
    cvr: String,
    fagsystem: String,
    endpoint: String,
    was_tried: bool,
    is_beginning: bool,
}

#[derive(Debug, Clone)]
pub enum Message {
    BeginSample,
    Name(String),
    Cvr(String),
    Fagsystem(String),
    Endpoint(String),
    MakeAuthority,
}

/// What the screen wants done.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    None,
    BeginSample,
    Publish(RuleBook, String),
}

impl Screen {
    /// Something stood in the way; the buttons work again.
    pub fn failed(&mut self) {
        self.is_beginning = false;
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::BeginSample => {
                self.is_beginning = true;
                return Action::BeginSample;
            }
            Message::Name(text) => self.name = text,
            Message::Cvr(text) => self.cvr = text,
            Message::Fagsystem(text) => self.fagsystem = text,
            Message::Endpoint(text) => self.endpoint = text,
            Message::MakeAuthority => {
                self.was_tried = true;
                if let Some(authority) = self.read() {
                    let name = authority.name.clone();
                    let book = RuleBook { known_authorities: Vec::new(), authorities: vec![authority] };
                    return Action::Publish(book, name);
                }
            }
        }
        Action::None
    }

    /// The authority that the fields say, with one fagsystem, which is its default recipient.
    fn read(&self) -> Option<Authority> {
        let (name, fagsystem) = (self.name.trim(), self.fagsystem.trim());
        let cvr: Cvr = read_cvr(&self.cvr)?;
        let endpoint: Endpoint = self.endpoint.parse().ok()?;
        let id = FagsystemId::of_name(fagsystem)?;
        (!name.is_empty()).then(|| Authority {
            cvr,
            name: name.to_owned(),
            more_cvrs: Vec::new(),
            default_fagsystem: id.clone(),
            fagsystems: vec![Fagsystem::new(id, fagsystem, endpoint)],
            contact_points: Vec::new(),
            rules: Vec::new(),
        })
    }

    pub fn view(&self, t: &'static Texts) -> View<'_, Message> {
        let w = &t.welcome;
        let title = text(w.title).font(theme::SEMIBOLD).size(28);
        let cards = row![self.sample(t), self.own(t)].spacing(20);
        let content = column![title, text(w.about), cards, note(w.import)].spacing(20).max_width(900).padding(32);
        let content = container(content).width(Fill).align_x(Center);
        container(scrollable(content).style(theme::scrollbar)).center(Fill).into()
    }

    fn sample(&self, t: &'static Texts) -> View<'_, Message> {
        let w = &t.welcome;
        let begin = labelled_button(Icon::GraduationCap, w.begin_sample).style(theme::primary);
        let begin = begin.on_press_maybe((!self.is_beginning).then_some(Message::BeginSample));
        let points = w
            .sample_points
            .map(|point| row![icon(Icon::Check).size(15).style(theme::good), text(point)].spacing(10).into());
        let content =
            column![heading(w.sample), text(w.sample_about).style(theme::muted), column(points).spacing(8), begin];
        container(content.spacing(16)).padding(20).width(Fill).style(theme::card).into()
    }

    fn own(&self, t: &'static Texts) -> View<'_, Message> {
        let w = &t.welcome;
        let error = |value: &str, is_right: bool, words: &str| {
            if value.trim().is_empty() {
                self.was_tried.then(|| t.fields.missing.to_owned())
            } else {
                (!is_right).then(|| words.to_owned())
            }
        };
        let cvr = error(&self.cvr, read_cvr(&self.cvr).is_some(), t.fields.not_a_cvr);
        let is_endpoint = self.endpoint.parse::<Endpoint>().is_ok();
        let endpoint = error(&self.endpoint, is_endpoint, t.fagsystems.not_an_endpoint);
        let make = labelled_button(Icon::Plus, w.make).style(theme::secondary).on_press(Message::MakeAuthority);
        let field = |label, error, id, example: &str, value, message: fn(String) -> Message| {
            text_field(Field::new(label).error(error), id, example, value, message, Message::MakeAuthority)
        };
        let content = column![
            heading(w.own),
            field(w.name, error(&self.name, true, ""), NAME_FIELD, w.name_example, &self.name, Message::Name),
            field(w.cvr, cvr, CVR_FIELD, "12345674", &self.cvr, Message::Cvr),
            field(
                w.fagsystem,
                error(&self.fagsystem, true, ""),
                FAGSYSTEM_FIELD,
                "ESDH",
                &self.fagsystem,
                Message::Fagsystem
            ),
            field(
                t.fagsystems.endpoint,
                endpoint,
                ENDPOINT_FIELD,
                "https://esdh.example/postmodtag",
                &self.endpoint,
                Message::Endpoint
            ),
            make,
        ];
        container(content.spacing(14)).padding(20).width(Fill).style(theme::card).into()
    }
}
