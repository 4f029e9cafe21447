//! *Kendte myndigheder*: senders that count as authorities besides our own.

use std::collections::HashMap;
use std::sync::Arc;

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::Message;
use super::known_form::{CVR_FIELD, KnownForm};
use super::known_message::KnownMessage;
use crate::desktop::language::names::danish_order;
use crate::desktop::model::page::Page;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, Scroll, TableRow, cell, empty, empty_with, header, labelled_button, one_line, search_field, status, table,
};
use crate::rules::{Criterion, Cvr, KnownAuthority, RuleBook};

pub(super) const SEARCH_FIELD: &str = "known-search";
const TABLE: &str = "known-authorities";
/// Below this width, in logical pixels, doubts are shown as an icon.
const NARROW: f32 = 560.0;

/// The state of the tab.
#[derive(Debug, Default)]
pub(super) struct KnownAuthorities {
    search: String,
    scroll: Scroll,
    form: Option<KnownForm>,
    listing: Listing,
}

/// The rows, computed when the draft or the search has changed.
#[derive(Debug, Default)]
struct Listing {
    of: Option<(Arc<RuleBook>, String)>,
    rows: Vec<KnownAuthority>,
    /// The number of rules that name each sender.
    rules: HashMap<Cvr, usize>,
}

impl KnownAuthorities {
    pub fn is_changed(&self) -> bool {
        self.form.as_ref().is_some_and(KnownForm::is_changed)
    }

    pub fn open_item(&self) -> Option<String> {
        let form = self.form.as_ref()?;
        Some(form.original_cvr().map(|cvr| cvr.to_string()).unwrap_or_default())
    }

    pub fn sight_hash(&self) -> u64 {
        self.scroll.sight_hash(&self.listing.rows, |row| row.cvr)
    }

    pub fn close(&mut self) {
        self.form = None;
    }

    pub fn refresh(&mut self, scene: Scene<'_>) {
        self.listing.refresh(scene.bench.book(), &self.search);
        // An unchanged form shows the current draft.
        if self.form.as_ref().is_some_and(|form| !form.is_changed() && form.is_overtaken(scene)) {
            self.reload(scene);
        }
    }

    fn reload(&mut self, scene: Scene<'_>) {
        if let Some(cvr) = self.form.as_ref().and_then(KnownForm::original_cvr) {
            self.choose(cvr, scene);
        }
    }

    pub fn count(&self, scene: Scene<'_>) -> String {
        scene.t.authorities.known_count(self.listing.rows.len(), scene.bench.book().known_authorities.len())
    }

    fn choose(&mut self, cvr: Cvr, scene: Scene<'_>) {
        let known = scene.bench.book().known_authorities.iter().find(|known| known.cvr == cvr);
        self.form = known.map(|known| KnownForm::of(Some(known)));
    }

    pub fn update(&mut self, message: KnownMessage, scene: Scene<'_>) -> Action<Message> {
        let leaves = matches!(message, KnownMessage::New | KnownMessage::Choose(_) | KnownMessage::Step(_));
        if leaves && self.is_changed() {
            return Action::warn_unsaved();
        }
        match message {
            KnownMessage::New => {
                self.form = Some(KnownForm::of(None));
                return Action::focus(CVR_FIELD);
            }
            KnownMessage::Choose(cvr) => self.choose(cvr, scene),
            KnownMessage::Reload => self.reload(scene),
            KnownMessage::Search(text) => {
                self.search = text;
                self.scroll = Scroll::default();
                return Action::scroll_to(TABLE, 0.0);
            }
            KnownMessage::Step(rows) => return self.step(rows, scene),
            KnownMessage::Scrolled(scroll) => self.scroll = scroll,
            KnownMessage::Import => return Action::show(Page::Files),
            KnownMessage::Remove => {
                let removed = self.form.as_ref().map(|form| form.remove(scene)).unwrap_or_default();
                if !removed.is_none() {
                    self.close();
                }
                return removed;
            }
            KnownMessage::Cvr(_) | KnownMessage::Name(_) | KnownMessage::Save => {
                return self.form.as_mut().map(|form| form.update(message, scene)).unwrap_or_default();
            }
        }
        Action::None
    }

    fn step(&mut self, rows: isize, scene: Scene<'_>) -> Action<Message> {
        let chosen = self.form.as_ref().and_then(KnownForm::original_cvr);
        let selected = self.listing.rows.iter().position(|known| Some(known.cvr) == chosen);
        let last = self.listing.rows.len().saturating_sub(1);
        let to = selected.map_or(0, |selected| selected.saturating_add_signed(rows)).min(last);
        if let Some(cvr) = self.listing.rows.get(to).map(|known| known.cvr) {
            self.choose(cvr, scene);
        }
        self.scroll.to_show(to).map(|y| Action::scroll_to(TABLE, y)).into()
    }

    pub fn editor<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        self.form.as_ref().map(|form| form.view(scene))
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>, width: f32) -> Element<'a, Message> {
        let a = &scene.t.authorities;
        let import = || {
            labelled_button(Icon::Download, a.import)
                .style(theme::secondary)
                .on_press(Message::Known(KnownMessage::Import))
        };
        let rows = &self.listing.rows;
        let is_narrow = width < NARROW;
        let columns = [
            Column::text(a.cvr, Length::Fixed(78.0)),
            Column::text(scene.t.fagsystems.name, FillPortion(4)),
            Column::number(scene.t.fagsystems.rules, Length::Fixed(52.0)),
            Column::text(a.check, Length::Fixed(if is_narrow { 64.0 } else { 190.0 })),
        ];
        let body: Element<'a, Message> = if scene.bench.book().known_authorities.is_empty() {
            return empty_with(Icon::Landmark, explained(a.none_known, scene.t.language), import());
        } else if rows.is_empty() {
            empty(Icon::SearchX, explained(a.none_found, scene.t.language))
        } else {
            let chosen = self.form.as_ref().and_then(KnownForm::original_cvr);
            let row = |at: usize| TableRow {
                cells: self.cells(&rows[at], scene, is_narrow),
                is_chosen: chosen == Some(rows[at].cvr),
                on_press: Some(Message::Known(KnownMessage::Choose(rows[at].cvr))),
            };
            table(
                TABLE,
                &columns,
                rows.len(),
                self.scroll,
                |scroll| Message::Known(KnownMessage::Scrolled(scroll)),
                row,
            )
        };
        let search =
            search_field(SEARCH_FIELD, a.search, &self.search, |text| Message::Known(KnownMessage::Search(text)));
        let tools = row![search.width(if is_narrow { 160 } else { 220 }), import()].spacing(8).align_y(Center).wrap();
        let head = container(column![explained(a.about_known, scene.t.language), tools].spacing(10)).padding([12, 20]);
        column![head, header(&columns), body].height(Fill).into()
    }

    fn cells<'a>(&self, known: &'a KnownAuthority, scene: Scene<'a>, is_narrow: bool) -> Vec<Element<'a, Message>> {
        let a = &scene.t.authorities;
        let rules = self.listing.rules.get(&known.cvr).copied().unwrap_or_default();
        let rules = if rules == 0 { cell("") } else { cell(rules.to_string()) };
        let doubt = if known.cvr.has_valid_check_digit() {
            cell("")
        } else {
            status(Icon::TriangleAlert, if is_narrow { "" } else { a.odd_check_digit }, theme::warning)
        };
        let name =
            if known.name.is_empty() { one_line(a.no_name).tone(theme::muted).into() } else { cell(&known.name) };
        vec![cell(known.cvr.to_string()), name, rules, doubt]
    }
}

impl Listing {
    fn refresh(&mut self, book: &Arc<RuleBook>, search: &str) {
        if self.of.as_ref().is_some_and(|(of, by)| Arc::ptr_eq(of, book) && by == search) {
            return;
        }
        let query = search.trim().to_lowercase();
        let fits = |known: &&KnownAuthority| {
            known.name.to_lowercase().contains(&query) || known.cvr.to_string().contains(&query)
        };
        self.rows = book.known_authorities.iter().filter(fits).cloned().collect();
        self.rows.sort_by(|one, other| {
            let named = one.name.is_empty().cmp(&other.name.is_empty());
            named.then_with(|| danish_order(&one.name, &other.name)).then_with(|| one.cvr.cmp(&other.cvr))
        });
        // An imported file may list a number more than once.
        self.rows.dedup_by_key(|known| known.cvr);
        self.rules.clear();
        for rule in book.authorities.iter().flat_map(|authority| &authority.rules) {
            if let Criterion::SenderCvr(cvr) = rule.criterion {
                *self.rules.entry(cvr).or_default() += 1;
            }
        }
        self.of = Some((Arc::clone(book), search.to_owned()));
    }
}
