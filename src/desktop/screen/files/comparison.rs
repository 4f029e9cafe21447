//! The comparison of imported files with the draft, before they are imported into it.

use std::collections::HashMap;
use std::sync::Arc;

use iced::widget::{Column, column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::differences::{change_line, differences_view};
use super::transfer::{TransferForm, TransferMessage};
use crate::desktop::language::Texts;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::found::gathered_by_cells;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    empty, heading, icon, labelled_button, list_head, note, plain_button, switch, warning_line,
};
use crate::exchange::{Arrival, ImportError, StructureArrival, TablesError};
use crate::rules::{Difference, KlePlan, RuleBook};

/// At most this many faults of a file are shown; the rest are counted.
const MOST_LINES: usize = 300;
const MOST_NOTICES: usize = 20;

/// What has been read from files, and the draft that it would make.
#[derive(Debug)]
pub(super) struct Comparison {
    arrival: Arrival,
    transfer: Option<TransferForm>,
    /// The draft after the import; `None` while a file is refused or the transfer form is incomplete.
    book: Option<Arc<RuleBook>>,
    differences: Vec<Difference>,
}

#[derive(Debug, Clone)]
pub enum ComparisonMessage {
    Transfer(TransferMessage),
    Import,
    ReadAgain,
    /// Whether contact points that are not in the files are removed.
    RemoveMissing(bool),
    Leave,
}

/// What follows from a message: whether the comparison stays open.
pub(super) enum Outcome {
    Open,
    Closed,
    Imported(Action<ComparisonMessage>),
}

impl Comparison {
    pub fn of(arrival: Arrival, scene: Scene<'_>) -> Self {
        let transfer = arrival.package.as_ref().map(|package| TransferForm::of(&package.authority, scene));
        let mut comparison = Self { arrival, transfer, book: None, differences: Vec::new() };
        comparison.compare(scene);
        comparison
    }

    fn compare(&mut self, scene: Scene<'_>) {
        let book = match (&self.transfer, &self.arrival.package) {
            _ if !self.arrival.refused.is_empty() => None,
            (Some(form), Some(package)) => {
                let ours = scene.bench.book().authority(form.authority);
                let merged =
                    form.read().zip(ours).map(|(transfer, ours)| ours.take_over(&package.authority, &transfer));
                let merged = merged.and_then(Result::ok);
                merged.map(|merged| scene.with(form.authority, |authority| *authority = merged))
            }
            _ => Some(self.arrival.book.clone()),
        };
        self.book = book.map(Arc::new);
        self.differences = self.book.as_ref().map(|book| self.arrival.base.compare(book)).unwrap_or_default();
    }

    /// The draft after the import, if that changes anything.
    pub fn preview(&self) -> Option<&Arc<RuleBook>> {
        self.book.as_ref().filter(|_| !self.differences.is_empty())
    }

    /// Whether the draft has changed since the comparison.
    fn is_overtaken(&self, scene: Scene<'_>) -> bool {
        !Arc::ptr_eq(scene.bench.book(), &self.arrival.base)
    }

    pub fn update(&mut self, message: ComparisonMessage, scene: Scene<'_>) -> Outcome {
        match message {
            ComparisonMessage::Leave => return Outcome::Closed,
            ComparisonMessage::ReadAgain | ComparisonMessage::RemoveMissing(_) => {}
            ComparisonMessage::Transfer(message) => {
                if let Some(form) = &mut self.transfer {
                    form.update(message);
                }
                self.compare(scene);
            }
            ComparisonMessage::Import => {
                if !self.can_be_imported(scene) {
                    return Outcome::Open;
                }
                let Some(book) = self.book.take() else { return Outcome::Open };
                let mut action = Action::None;
                if !self.differences.is_empty() {
                    let edit = DraftEdit::FilesImported(self.arrival.of_the_book.join(", "));
                    action = Action::edit(Arc::unwrap_or_clone(book), edit);
                }
                let other = self.arrival.authority.filter(|cvr| *cvr != scene.authority.cvr);
                let kle = self.new_kle(scene).map(|plan| Request::SaveKlePlan(Some(Arc::clone(plan))).into());
                action = action.then(other.map(|cvr| Request::ChooseAuthority(cvr).into())).then(kle);
                return Outcome::Imported(action);
            }
        }
        Outcome::Open
    }

    fn can_be_imported(&self, scene: Scene<'_>) -> bool {
        let brings = !self.differences.is_empty() || self.new_kle(scene).is_some();
        self.book.is_some() && brings && !self.is_overtaken(scene)
    }

    /// The KLE plan in the files, if it differs from the one in use.
    fn new_kle(&self, scene: Scene<'_>) -> Option<&Arc<KlePlan>> {
        self.arrival.kle.as_ref().filter(|plan| *plan != scene.kle)
    }

    fn names(&self) -> String {
        self.arrival.names.join(", ")
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, ComparisonMessage> {
        let t = &scene.t.files.comparison;
        let is_overtaken = self.is_overtaken(scene);
        let new_kle = self.new_kle(scene).filter(|_| self.book.is_some());
        let take_in = labelled_button(Icon::Check, t.take_in).style(theme::primary);
        let take_in = take_in.on_press_maybe(self.can_be_imported(scene).then_some(ComparisonMessage::Import));
        let leave = plain_button(t.leave).style(theme::secondary).on_press(ComparisonMessage::Leave);
        let again = plain_button(t.read_again).style(theme::secondary).on_press(ComparisonMessage::ReadAgain);
        let buttons = row![again, leave, take_in].spacing(8);
        let count = if self.arrival.refused.is_empty() && self.book.is_some() {
            t.count.of(self.differences.len())
        } else {
            String::new()
        };
        let title = if self.arrival.refused.is_empty() { t.title } else { t.refused };
        let head = list_head(title(&self.names()), count, buttons);
        let overtaken = is_overtaken.then(|| warning_line(t.overtaken.to_owned()));
        let summaries = self.arrival.summaries.iter().map(|summary| note(t.summary(summary)).into());
        let kle = new_kle.map(|plan| {
            let words = t.kle(scene.kle.change_to(plan));
            change_line(icon(Icon::FolderTree).style(theme::accent), words)
        });
        let body: Element<'a, ComparisonMessage> = if self.arrival.refused.is_empty() {
            column![
                self.transfer.as_ref().map(|form| {
                    let package = self.arrival.package.as_ref();
                    form.view(package, scene).map(ComparisonMessage::Transfer)
                }),
                self.structure(scene),
                findings(&self.arrival, scene.t),
                self.effect(scene),
                kle,
                self.changes(scene),
            ]
            .spacing(18)
            .into()
        } else {
            refusals(&self.arrival.refused, scene.t)
        };
        let summaries = Column::with_children(summaries).spacing(2);
        let content = column![overtaken, summaries, self.notices(scene.t), body].spacing(16).padding([16, 20]);
        let content = scrollable(content.width(Fill)).style(theme::scrollbar).height(Fill);
        column![head, content].width(Fill).height(Fill).into()
    }

    /// The notices about what was read.
    fn notices(&self, t: &'static Texts) -> Option<Element<'_, ComparisonMessage>> {
        let notices = &self.arrival.notices;
        if notices.is_empty() {
            return None;
        }
        let lines = notices.iter().take(MOST_NOTICES).map(|it| warning_line(t.files.comparison.notice(&it.notice)));
        let more = notices.len().saturating_sub(MOST_NOTICES);
        let more = (more > 0).then(|| note((t.files.comparison.more)(more)));
        Some(column![Column::with_children(lines).spacing(6), more].spacing(6).into())
    }

    /// The choice to remove contact points that are missing in the files, with a warning when they are another organisation's.
    fn structure<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, ComparisonMessage>> {
        let t = &scene.t.files.comparison;
        let StructureArrival { structure, removes_missing, .. } = self.arrival.structure.as_ref()?;
        let other = other_organisation_warning(&self.arrival, scene.t);
        let remove = switch(t.remove_missing, *removes_missing, ComparisonMessage::RemoveMissing);
        let hint = note(t.remove_missing_hint.of(structure.missing));
        let content = column![other, column![remove, hint].spacing(2)].spacing(10);
        Some(container(content).padding(12).width(Fill).style(theme::card).into())
    }

    /// Where past messages would have gone after the import.
    fn effect<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, ComparisonMessage>> {
        let book = self.preview().filter(|_| !self.is_overtaken(scene))?;
        let title = text(scene.t.changes.effect).font(theme::SEMIBOLD);
        Some(column![title, scene.effect_view(&self.arrival.base, book)].spacing(6).into())
    }

    fn changes<'a>(&'a self, scene: Scene<'a>) -> Element<'a, ComparisonMessage> {
        let t = &scene.t.files.comparison;
        let Some(book) = &self.book else { return space().into() };
        if self.differences.is_empty() {
            if self.new_kle(scene).is_some() {
                return space().into();
            }
            return container(empty(Icon::CircleCheck, explained(t.nothing, scene.t.language))).height(220).into();
        }
        differences_view(&self.differences, &self.arrival.base, book, scene)
    }
}

/// A warning if a contact structure belongs to another organisation than the authority.
pub(in crate::desktop) fn other_organisation_warning<'a, Message: 'a>(
    arrival: &Arrival,
    t: &'static Texts,
) -> Option<Element<'a, Message>> {
    let (organisation, authority) = arrival.stranger()?;
    Some(warning_line((t.files.comparison.other_organisation)(organisation, authority)))
}

/// The findings of the analysis that the import would add.
pub(in crate::desktop) fn findings<'a, Message: 'a>(
    arrival: &Arrival,
    t: &'static Texts,
) -> Option<Element<'a, Message>> {
    if arrival.findings.is_empty() {
        return None;
    }
    let nobody = || arrival.book.authorities.first();
    let found = gathered_by_cells(arrival.findings.iter().filter_map(|(cvr, finding)| {
        let authority = cvr.and_then(|cvr| arrival.book.authority(cvr)).or_else(nobody)?;
        let cell = arrival.cell_of(finding).map(|(_, cell)| cell.to_string());
        Some((t.changes.finding(authority, &finding.kind), cell, finding))
    }));
    let count = found.len();
    let lines = Column::with_children(found.into_iter().take(MOST_NOTICES).map(|found| found.view(t))).spacing(6);
    let more = count.saturating_sub(MOST_NOTICES);
    let more = (more > 0).then(|| note((t.files.comparison.more)(more)));
    Some(column![text(t.changes.found.of(count)).font(theme::SEMIBOLD), lines, more].spacing(6).into())
}

/// The files that are refused, with their faults.
pub(in crate::desktop) fn refusals<'a, Message: 'a>(
    refused: &'a [(String, ImportError)],
    t: &'static Texts,
) -> Element<'a, Message> {
    let files = refused.iter().map(|(name, refusal)| {
        let words = t.files.comparison.refusal(refusal);
        let head = row![icon(Icon::FileX).style(theme::bad), heading(name)].spacing(10).align_y(Center);
        let lines = alike(faults(refusal, t));
        let more = lines.len().saturating_sub(MOST_LINES);
        let more = (more > 0).then(|| note((t.files.comparison.more)(more)));
        let lines = lines.into_iter().take(MOST_LINES).map(|(places, words)| {
            let place = places.join(", ");
            let place = container(text(place).font(theme::SEMIBOLD).wrapping(text::Wrapping::WordOrGlyph)).width(260);
            row![place, text(words).width(Fill)].spacing(12).into()
        });
        let content = column![head, text(words), Column::with_children(lines).spacing(8), more].spacing(10);
        container(content).padding(14).width(Fill).style(theme::card).into()
    });
    let files = Column::with_children(files).spacing(12);
    column![text(t.files.comparison.changes_nothing).style(theme::muted), files].spacing(12).into()
}

/// Groups faults with the same words, each group with all its places, in the order of the first place.
fn alike(faults: Vec<(String, String)>) -> Vec<(Vec<String>, String)> {
    let mut lines: Vec<(Vec<String>, String)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (place, words) in faults {
        let at = *known.entry(words.clone()).or_insert(lines.len());
        match lines.get_mut(at) {
            Some((places, _)) => places.push(place),
            None => lines.push((vec![place], words)),
        }
    }
    lines
}

/// The faults of a file, each with its place.
fn faults(refusal: &ImportError, t: &'static Texts) -> Vec<(String, String)> {
    match refusal {
        ImportError::Tables(TablesError::Faults(faults)) => {
            let faults = faults.iter();
            faults.map(|it| (it.place.to_string(), (t.files.comparison.cell_problem)(&it.problem))).collect()
        }
        ImportError::File(faults) => {
            let faults = faults.0.iter();
            faults.map(|it| (it.place.to_string(), (t.files.comparison.file_problem)(&it.problem))).collect()
        }
        _ => Vec::new(),
    }
}
