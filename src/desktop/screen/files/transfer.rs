//! The form that maps what a package of another environment refers to onto the fagsystems and contact points here.

use std::collections::HashMap;

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion};
use lucide_icons::Icon;

use crate::desktop::language::names::danish_order;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, ChoiceWords, FIELD_SPACING, Field, choice_list, heading, icon, note, one_line, switch, text_field,
};
use crate::exchange::Package;
use crate::rules::{Authority, Caseless, ContactPoint, Cvr, Endpoint, Fagsystem, FagsystemId, Target, Transfer};

/// Below this width the two sides of a line are above each other.
const WIDE: f32 = 760.0;
/// A list offers at most this many contact points. Where there are more, it offers those that share a word with the
/// package's.
const MOST_CHOICES: usize = 60;
/// At most this many contact points are shown; the others keep what was suggested for them.
const MOST_POINTS: usize = 100;

/// The state of the form.
#[derive(Debug)]
pub(super) struct TransferForm {
    /// The authority that the rules are imported into, whichever is selected meanwhile.
    pub authority: Cvr,
    name: String,
    fagsystems: Vec<FagsystemLine>,
    points: Vec<PointLine>,
    removes_others: bool,
}

#[derive(Debug)]
struct FagsystemLine {
    theirs: Fagsystem,
    chosen: Option<Here<FagsystemId>>,
    choices: Vec<Choice<Here<FagsystemId>>>,
    /// For a new fagsystem.
    id: String,
    endpoint: String,
}

#[derive(Debug)]
struct PointLine {
    id: Caseless,
    title: String,
    chosen: Here<Caseless>,
    choices: Vec<Choice<Here<Caseless>>>,
    new: Target<Caseless, ContactPoint>,
}

/// What something in the package is mapped to.
#[derive(Debug, Clone, PartialEq)]
pub enum Here<Id> {
    Present(Id),
    New,
}

impl<Id> Here<Id> {
    fn id(&self) -> Option<&Id> {
        match self {
            Self::Present(id) => Some(id),
            Self::New => None,
        }
    }
}

#[derive(Debug, Clone)]
pub enum TransferMessage {
    /// The choice for the fagsystem at this index.
    Fagsystem(usize, Here<FagsystemId>),
    Id(usize, String),
    Endpoint(usize, String),
    Point(usize, Here<Caseless>),
    RemoveOthers(bool),
}

impl TransferForm {
    pub fn of(theirs: &Authority, scene: Scene<'_>) -> Self {
        let (ours, t) = (scene.authority, &scene.t.files.transfer);
        let suggested = ours.suggest_transfer(theirs);
        let mut fagsystem_choices: Vec<_> = ours
            .fagsystems
            .iter()
            .map(|it| Choice::new(Here::Present(it.id.clone()), with_id(&it.name, it.id.as_str())))
            .collect();
        fagsystem_choices.sort_by(|one, other| danish_order(one.name(), other.name()));
        fagsystem_choices.push(Choice::new(Here::New, t.new_fagsystem));
        let needed = |id: &FagsystemId| theirs.rules.iter().any(|rule| rule.fagsystem == *id);
        let fagsystems = theirs.fagsystems.iter().filter(|it| needed(&it.id)).map(|it| {
            let chosen = match suggested.fagsystems.get(&it.id) {
                Some(Target::Present(id)) => Some(Here::Present(id.clone())),
                _ => None,
            };
            let choices = fagsystem_choices.clone();
            FagsystemLine { theirs: it.clone(), chosen, choices, id: it.id.to_string(), endpoint: String::new() }
        });
        let known = KnownPoints::of(ours, t.new_point);
        let points = theirs.contact_points.iter().filter_map(|it| {
            let target = suggested.contact_points.get(&it.id)?;
            let chosen = match target {
                Target::Present(id) => Here::Present(id.clone()),
                Target::New(_) => Here::New,
            };
            let choices = known.choices(&it.title, chosen.id());
            let (title, new) = (it.title.clone(), Target::New(it.clone()));
            Some(PointLine { id: it.id.clone(), title, chosen, choices, new })
        });
        Self {
            authority: ours.cvr,
            name: ours.name.clone(),
            fagsystems: fagsystems.collect(),
            points: points.collect(),
            removes_others: false,
        }
    }

    pub fn update(&mut self, message: TransferMessage) {
        match message {
            TransferMessage::Fagsystem(at, here) => self.fagsystem(at, |line| line.chosen = Some(here)),
            TransferMessage::Id(at, text) => self.fagsystem(at, |line| line.id = text),
            TransferMessage::Endpoint(at, text) => self.fagsystem(at, |line| line.endpoint = text),
            TransferMessage::Point(at, here) => {
                if let Some(line) = self.points.get_mut(at) {
                    line.chosen = here;
                }
            }
            TransferMessage::RemoveOthers(removes) => self.removes_others = removes,
        }
    }

    fn fagsystem(&mut self, at: usize, change: impl FnOnce(&mut FagsystemLine)) {
        if let Some(line) = self.fagsystems.get_mut(at) {
            change(line);
        }
    }

    /// Whether another new fagsystem would have the same id.
    fn shares_its_id(&self, at: usize) -> bool {
        let own = &self.fagsystems[at];
        let others = self.fagsystems.iter().enumerate().filter(|(other, line)| *other != at && line.is_new());
        own.is_new() && others.into_iter().any(|(_, line)| line.new_id() == own.new_id())
    }

    /// The mapping; `None` while it is incomplete.
    pub fn read(&self) -> Option<Transfer> {
        if (0..self.fagsystems.len()).any(|at| self.shares_its_id(at)) {
            return None;
        }
        let fagsystems: Option<HashMap<_, _>> =
            self.fagsystems.iter().map(|line| Some((line.theirs.id.clone(), line.read()?))).collect();
        let contact_points = self.points.iter().map(|line| {
            let target = line.chosen.id().cloned().map_or_else(|| line.new.clone(), Target::Present);
            (line.id.clone(), target)
        });
        Some(Transfer {
            fagsystems: fagsystems?,
            contact_points: contact_points.collect(),
            removes_others: self.removes_others,
        })
    }

    pub fn view<'a>(&'a self, package: Option<&'a Package>, scene: Scene<'a>) -> Element<'a, TransferMessage> {
        let t = &scene.t.files.transfer;
        let about =
            package.map(|it| text(t.about(&it.environment, it.authority.rules.len(), &self.name)).style(theme::muted));
        let is_wide = scene.size.width >= WIDE;
        let head =
            is_wide.then(|| row![note(t.there).width(FillPortion(1)), note(t.here).width(FillPortion(1))].spacing(32));
        let lines = self.fagsystems.iter().enumerate();
        let fagsystems = lines.map(|(at, line)| line.view(at, self.shares_its_id(at), is_wide, scene));
        let points = (!self.points.is_empty()).then(|| {
            let lines = self
                .points
                .iter()
                .enumerate()
                .take(MOST_POINTS)
                .map(|(at, line)| line.view(at, is_wide, choice_words(scene.t)));
            let more = self.points.len().saturating_sub(MOST_POINTS);
            let more = (more > 0).then(|| note((scene.t.files.comparison.more)(more)));
            let title = text(t.contact_points).font(theme::SEMIBOLD);
            column![title, Column::with_children(lines).spacing(8), more].spacing(8)
        });
        let replace = switch(t.replace_all, self.removes_others, TransferMessage::RemoveOthers);
        let incomplete = self.read().is_none().then(|| note(t.incomplete));
        let content = column![
            column![heading(t.title), about].spacing(4),
            head,
            text(t.fagsystems).font(theme::SEMIBOLD),
            Column::with_children(fagsystems).spacing(8),
            points,
            column![replace, note(t.replace_all_hint)].spacing(2),
            incomplete,
        ];
        container(content.spacing(12)).padding(16).width(Fill).style(theme::card).into()
    }
}

/// The contact points here that can be chosen.
struct KnownPoints {
    new: Choice<Here<Caseless>>,
    /// In Danish order, each with the words of its title.
    points: Vec<(Choice<Here<Caseless>>, Vec<String>)>,
}

impl KnownPoints {
    fn of(ours: &Authority, new: &str) -> Self {
        let choice = |it: &ContactPoint| Choice::new(Here::Present(it.id.clone()), with_id(&it.title, it.id.as_str()));
        let mut points: Vec<_> = ours.contact_points.iter().map(|it| (choice(it), words_of(&it.title))).collect();
        points.sort_by(|(one, _), (other, _)| danish_order(one.name(), other.name()));
        Self { new: Choice::new(Here::New, new), points }
    }

    /// The choices for a contact point with this title, among them the suggested one.
    fn choices(&self, title: &str, suggested: Option<&Caseless>) -> Vec<Choice<Here<Caseless>>> {
        let words = words_of(title);
        let are_few = self.points.len() <= MOST_CHOICES;
        let fits = |(choice, own): &&(Choice<Here<Caseless>>, Vec<String>)| {
            are_few || choice.value.id() == suggested || own.iter().any(|word| words.contains(word))
        };
        let points = self.points.iter().filter(fits).map(|(choice, _)| choice);
        // The suggested one comes first, so that the limit never cuts it off.
        let first = points.clone().filter(|choice| choice.value.id() == suggested);
        let others = points.filter(|choice| choice.value.id() != suggested).take(MOST_CHOICES);
        std::iter::once(&self.new).chain(first).chain(others).cloned().collect()
    }
}

fn words_of(title: &str) -> Vec<String> {
    const SHORTEST: usize = 3;
    let words = title.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.chars().count() >= SHORTEST).collect()
}

impl FagsystemLine {
    fn read(&self) -> Option<Target<FagsystemId, Fagsystem>> {
        if let Here::Present(id) = self.chosen.as_ref()? {
            return Some(Target::Present(id.clone()));
        }
        let (id, endpoint) = (self.new_id()?, self.endpoint.parse::<Endpoint>().ok()?);
        Some(Target::New(Fagsystem { id, endpoint, ..self.theirs.clone() }))
    }

    /// The id of the new fagsystem; `None` when it is invalid or in use.
    fn new_id(&self) -> Option<FagsystemId> {
        FagsystemId::new(&self.id).filter(|id| self.choices.iter().all(|choice| choice.value.id() != Some(id)))
    }

    fn is_new(&self) -> bool {
        self.chosen == Some(Here::New)
    }

    fn view<'a>(&'a self, at: usize, is_shared: bool, is_wide: bool, scene: Scene<'a>) -> Element<'a, TransferMessage> {
        let t = &scene.t.files.transfer;
        let name = one_line(with_id(&self.theirs.name, self.theirs.id.as_str())).bold();
        let there =
            column![name, note(self.theirs.endpoint.in_full()).wrapping(text::Wrapping::WordOrGlyph)].spacing(2);
        let list =
            choice_list(self.choices.clone(), self.chosen.as_ref(), (t.choose, choice_words(scene.t)), move |here| {
                TransferMessage::Fagsystem(at, here)
            });
        let new = self.is_new().then(|| {
            let id_error = (is_shared || self.new_id().is_none()).then(|| scene.t.fagsystems.id_taken.to_owned());
            let wrong = self.endpoint.parse::<Endpoint>().err().filter(|_| !self.endpoint.trim().is_empty());
            let endpoint_error = wrong.map(|error| (scene.t.fagsystems.not_an_endpoint)(error).to_owned());
            let submit = TransferMessage::Endpoint(at, self.endpoint.clone());
            let id = Field::new(t.id).error(id_error);
            let endpoint = Field::new(t.endpoint).address().error(endpoint_error).hint(t.endpoint_hint.to_owned());
            column![
                text_field(
                    id,
                    format!("transfer-id-{at}"),
                    "",
                    &self.id,
                    move |text| TransferMessage::Id(at, text),
                    submit.clone()
                ),
                text_field(
                    endpoint,
                    format!("transfer-endpoint-{at}"),
                    "https://",
                    &self.endpoint,
                    move |text| TransferMessage::Endpoint(at, text),
                    submit
                ),
            ]
            .spacing(FIELD_SPACING)
        });
        line(there.into(), column![list.id(format!("transfer-fagsystem-{at}")), new].spacing(8).into(), is_wide)
    }
}

impl PointLine {
    fn view(&self, at: usize, is_wide: bool, words: ChoiceWords) -> Element<'_, TransferMessage> {
        let there = one_line(with_id(&self.title, self.id.as_str()));
        let list = choice_list(self.choices.clone(), Some(&self.chosen), ("", words), move |here| {
            TransferMessage::Point(at, here)
        });
        line(there.into(), list.id(format!("transfer-point-{at}")).into(), is_wide)
    }
}

fn line<'a>(
    there: Element<'a, TransferMessage>,
    here: Element<'a, TransferMessage>,
    is_wide: bool,
) -> Element<'a, TransferMessage> {
    if is_wide {
        let there = container(there).width(FillPortion(1));
        row![there, icon(Icon::ArrowRight).style(theme::muted), container(here).width(FillPortion(1))]
            .spacing(8)
            .align_y(Center)
            .into()
    } else {
        column![there, here].spacing(4).into()
    }
}

fn with_id(name: &str, id: &str) -> String {
    if name.is_empty() { id.to_owned() } else { format!("{name} ({id})") }
}
