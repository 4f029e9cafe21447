//! *Ændringer*: the changes of the draft, each of which can be reverted on its own, and their publication.

mod findings;
mod guards;
mod replay;

use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Bottom, Center, Element, Fill, FillPortion, Padding};
use jiff::civil::Date;
use lucide_icons::Icon;

use self::findings::{FindingMessage, FindingsCard};
pub use self::guards::GuardsMessage;
use self::guards::{GuardsPanel, guards};
use self::replay::{ReplayCard, ReplayMessage};
use super::action::{Action, Request};
use super::command::Command;
use super::contract::Screen;
use super::part::difference::difference_symbol;
use super::part::in_clear::{InClear, question};
use super::part::picture_out::picture_commands;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::access_kind::AccessKind;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::theme;
use crate::desktop::widget::{
    EDITOR, Field, empty, heading, horizontal_line, icon, icon_button, labelled_button, list_head, note, one_line,
    plain_button, status, text_field, warning_line,
};
use crate::rules::{Cvr, Difference, Facts, NewAddress, RuleBook};
use crate::store::RouterSettings;

pub(in crate::desktop) const NOTE_FIELD: &str = "publication-note";
/// More new addresses than this are counted, not shown.
const MOST_ADDRESSES: usize = 20;
/// Narrower than this, the cards stand below each other.
const TWO_COLUMNS: f32 = 860.0;
/// The space between cards.
const GAP: f32 = 14.0;
/// The most height of the question, which stays visible below what scrolls.
const LONGEST_QUESTION: f32 = 240.0;
/// Below this height of the screen, only the note stays in sight, in logical pixels.
const LOW: f32 = 620.0;
/// More changes than this are counted, not shown: nobody reads them one by one.
const MOST_CHANGES: usize = 300;

/// The state of the screen.
#[derive(Debug, Default)]
pub(in crate::desktop) struct ChangesScreen {
    note: String,
    was_tried: bool,
    /// The fagsystems that mail would go to unencrypted, while confirmation is asked for.
    question: Option<Vec<InClear>>,
    replay: ReplayCard,
    findings: FindingsCard,
    guards: GuardsPanel,
}

#[derive(Debug, Clone)]
pub enum Message {
    Note(String),
    Publish,
    /// Confirmed: publish although mail would go unencrypted.
    PublishInClear,
    /// Not confirmed.
    DoNotPublish,
    /// Revert this change.
    Revert(Box<Difference>),
    /// Revert all changes.
    Drop,
    CarryOver,
    DismissConflicts,
    Replay(ReplayMessage),
    Finding(FindingMessage),
    /// Show this made-up message on *Prøv en meddelelse*, on that day.
    Try(Box<Facts>, Date),
    Guards(GuardsMessage),
}

impl ChangesScreen {
    /// Fills in the note, unless people have begun one.
    pub fn suggest_note(&mut self, note: String) {
        if self.note.trim().is_empty() {
            self.note = note;
        }
    }

    pub fn published(&mut self) {
        (self.note, self.was_tried, self.question) = (String::new(), false, None);
    }

    /// Publishes, unless a guard is broken and nobody has decided that it may be.
    fn publish(&mut self, scene: Scene<'_>) -> Action<Message> {
        match self.guards.decided(scene) {
            Ok(overruling) => Request::Publish(self.note.trim().to_owned(), overruling).into(),
            Err(lacking) => lacking,
        }
    }

    /// Whether the confirmation that is asked for is about the draft as it is now.
    fn asks(&self, scene: Scene<'_>) -> bool {
        self.question.as_ref().is_some_and(|question| *question == InClear::of(scene.bench.book()))
    }

    /// What the draft would do: the left column, from the top down.
    fn doings<'a>(&'a self, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
        vec![proof(scene), self.replay_card(scene)]
    }

    /// What stands beside it: the right column.
    fn contents<'a>(&'a self, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
        let findings = Some(card(self.findings.view(scene).map(Message::Finding)));
        let addresses = addresses(scene).map(card);
        let guards = guards(scene, Message::Guards).map(card);
        [guards, findings, addresses, changes(scene)].into_iter().flatten().collect()
    }

    fn replay_card<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let replay = self.replay.view(scene).map(Message::Replay);
        // The card says itself what a draft that is behind cannot tell.
        let against = (!scene.bench.is_behind()).then(|| {
            let effect = scene.effect_view(&scene.bench.published().book, scene.bench.book());
            column![horizontal_line(), text(scene.t.changes.effect).font(theme::SEMIBOLD), effect].spacing(6)
        });
        card(column![replay, against].spacing(12).into())
    }

    /// That the draft is behind, and the button that carries it over.
    fn behind(scene: Scene<'_>) -> Option<Element<'_, Message>> {
        let c = &scene.t.changes;
        scene.bench.is_behind().then(|| {
            let (base, newest) = (scene.bench.base().number.get(), scene.bench.published().number.get());
            let carry = plain_button(c.carry_over).style(theme::secondary).on_press(Message::CarryOver);
            card(column![warning_line((c.behind)(base, newest)), carry].spacing(10).into())
        })
    }

    /// Where a guard is broken: the box that lets it be, and why.
    fn overruling<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        self.guards.overruling(scene, Message::Guards, Message::Publish)
    }

    /// Why, and the button that publishes: below what scrolls, and always in sight.
    fn publishing<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, c) = (scene.t, &scene.t.changes);
        let is_behind = scene.bench.is_behind();
        let error = (self.was_tried && self.note.trim().is_empty()).then(|| c.note_missing.to_owned());
        let about = Field::new(c.note).error(error);
        let field = text_field(about, NOTE_FIELD, c.note_example, &self.note, Message::Note, Message::Publish);
        let is_asking = self.asks(scene);
        let asked = self.question.as_ref().filter(|_| is_asking).map(|fagsystems| {
            let publish = (!is_behind).then_some(Message::PublishInClear);
            question(fagsystems, t, publish, Message::DoNotPublish)
        });
        // The question stays visible however much there is above it.
        let asked = asked.map(|it| container(scrollable(it).style(theme::scrollbar)).max_height(LONGEST_QUESTION));
        let overruling = (!is_low(scene)).then(|| self.overruling(scene)).flatten();
        let publish = labelled_button(Icon::Rocket, c.publish).style(theme::primary);
        let can_publish = !is_behind && !is_asking && !self.guards.blocks(scene);
        let publish = publish.on_press_maybe(can_publish.then_some(Message::Publish));
        let line = row![container(field).width(Fill), publish].spacing(12).align_y(Bottom);
        // Leaves room for the field's error.
        let below = container(note((t.as_user)(scene.user))).width(Fill).align_right(Fill);
        let content = column![overruling, asked, line, below].spacing(8).padding(Padding::new(20.0).top(12).bottom(12));
        container(column![horizontal_line(), content]).width(Fill).style(theme::panel).into()
    }
}

/// A card of the page.
fn card(content: Element<'_, Message>) -> Element<'_, Message> {
    container(content).padding([14, 18]).width(Fill).style(theme::card).into()
}

impl Screen for ChangesScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::PencilLine;
    const KEYWORDS: &'static str = "kladde forskelle udgiv draft differences publish";

    fn title(t: &'static Texts) -> &'static str {
        t.changes.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Note(text) => self.note = text,
            Message::Publish => {
                self.was_tried = true;
                if self.note.trim().is_empty() {
                    return Action::focus(NOTE_FIELD);
                }
                let in_clear = InClear::of(scene.bench.book());
                if !in_clear.is_empty() && self.guards.decided::<Message>(scene).is_ok() {
                    self.question = Some(in_clear);
                    return Action::None;
                }
                return self.publish(scene);
            }
            // The draft has changed since the question, so the confirmation is not about it.
            Message::PublishInClear if !self.asks(scene) => self.question = None,
            Message::PublishInClear => {
                self.question = None;
                return self.publish(scene);
            }
            Message::DoNotPublish => self.question = None,
            Message::Revert(difference) => {
                let applied = scene.bench.book().apply(&[difference.reversed()]);
                return match applied.refused.into_iter().next() {
                    Some((_, obstacle)) => Action::warn((scene.t.changes.cannot_revert)(&obstacle)),
                    None => Action::edit(applied.book, DraftEdit::DifferenceReverted),
                };
            }
            Message::Drop => {
                return Action::edit(RuleBook::clone(&scene.bench.base().book), DraftEdit::DraftDropped);
            }
            Message::CarryOver => return Request::CarryOver.into(),
            Message::DismissConflicts => return Request::DismissConflicts.into(),
            Message::Finding(message) => return self.findings.update(message, scene),
            Message::Try(facts, day) => {
                return Request::TryMessage(facts, Some(day), FactsOrigin::Example).into();
            }
            Message::Replay(message) => return self.replay.update(message, scene).map(Message::Replay),
            Message::Guards(message) => return self.guards.update(message, scene),
        }
        Action::None
    }

    fn on_shown(&mut self, _: Scene<'_>) -> Action<Message> {
        self.replay.on_shown();
        Action::None
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        self.replay.refresh(scene);
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.replay.follow(scene).map(Message::Replay)
    }

    fn is_moving(&self) -> bool {
        self.replay.is_running()
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let c = &scene.t.changes;
        let differences = &scene.bench.insight().differences;
        let drop = (!differences.is_empty())
            .then(|| labelled_button(Icon::Undo2, c.drop_all).style(theme::secondary).on_press(Message::Drop));
        let base = scene.bench.base().number.get();
        let head = list_head(c.title, (c.count)(differences.len(), base), column![drop]);
        let head = column![head, others(scene)];
        let conflicts = conflicts(scene);
        if differences.is_empty() {
            let guards = guards(scene, Message::Guards).map(card);
            if conflicts.is_none() && guards.is_none() {
                return column![head, empty(Icon::PencilLine, explained(c.none, scene.t.language))].into();
            }
            let none = conflicts.is_none().then(|| explained(c.none, scene.t.language));
            let content = Column::new().push(conflicts).push(none).push(guards).spacing(GAP).max_width(620);
            return column![head, scrolling(content.padding([16, 20]).into())].into();
        }
        // In a low window it scrolls with the rest, so that the note and the button have room.
        let overruling = is_low(scene).then(|| self.overruling(scene)).flatten();
        let publishing = scene.other_day().map(|day| warning_line((scene.t.day.publishing)(&day)));
        let above =
            Column::new().push(publishing).push(Self::behind(scene)).push(conflicts).push(overruling).spacing(GAP);
        let [doings, contents] = [self.doings(scene), self.contents(scene)];
        let columns: Element<'a, Message> = if scene.size.width < TWO_COLUMNS {
            Column::with_children(doings).extend(contents).spacing(GAP).into()
        } else {
            let doings = Column::with_children(doings).spacing(GAP).width(FillPortion(5));
            row![doings, Column::with_children(contents).spacing(GAP).width(FillPortion(3))].spacing(GAP).into()
        };
        let body = scrolling(above.push(columns).padding([16, 20]).into());
        column![head, body, self.publishing(scene)].into()
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let c = &scene.t.changes;
        let keywords = "nulstil kassér kladde slet fortryd alt reset discard draft undo everything";
        let drop = Command::new(Icon::Undo2, c.drop_all, keywords, Message::Drop);
        let carry_over =
            Command::new(Icon::CornerDownRight, c.carry_over, "flet opdatér merge update", Message::CarryOver);
        let mut commands = Vec::new();
        commands.extend((!scene.bench.insight().differences.is_empty()).then_some(drop));
        commands.extend(scene.bench.is_behind().then_some(carry_over));
        commands
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        if !self.replay.has_picture(scene) {
            return Vec::new();
        }
        picture_commands(scene.t.replay.title, scene, |way| Message::Replay(ReplayMessage::PictureOut(way)))
    }
}

/// What the draft changes for all messages that there can be.
fn proof(scene: Scene<'_>) -> Element<'_, Message> {
    let t = &scene.t.proof;
    let published = scene.bench.published();
    let body = if scene.bench.is_behind() {
        note((t.behind)(published.number.get())).into()
    } else {
        scene.proof_view(&published.book, scene.bench.book(), Message::Try)
    };
    let head = row![heading(t.title), note((t.about)(scene.other_day().as_deref()))].spacing(14).align_y(Center);
    card(column![head, body].spacing(10).into())
}

fn is_low(scene: Scene<'_>) -> bool {
    scene.size.height < LOW
}

/// What scrolls between the head and the note.
fn scrolling(content: Element<'_, Message>) -> Element<'_, Message> {
    scrollable(content).id(EDITOR).style(theme::scrollbar).height(Fill).into()
}

/// All changes, by authority.
fn changes(scene: Scene<'_>) -> Option<Element<'_, Message>> {
    let differences = &scene.bench.insight().differences;
    let groups = grouped(differences).into_iter().map(|(cvr, differences)| group(cvr, &differences, scene));
    (!differences.is_empty()).then(|| card(Column::with_children(groups).spacing(18).into()))
}

/// The addresses that mail would go to for the first time, to be checked before publishing.
fn addresses(scene: Scene<'_>) -> Option<Element<'_, Message>> {
    let a = &scene.t.access;
    let new = scene.bench.book().new_addresses(&scene.bench.base().book);
    if new.is_empty() {
        return None;
    }
    let count = new.len();
    let lines = new.into_iter().take(MOST_ADDRESSES).map(|NewAddress { fagsystem, instead_of, .. }| {
        let endpoint = &fagsystem.endpoint;
        let way = match (endpoint.is_encrypted(), endpoint.is_loopback()) {
            (true, _) => status(Icon::Lock, a.encrypted, theme::good),
            (false, true) => status(Icon::Monitor, a.on_this_machine, theme::muted),
            (false, false) => status(Icon::LockOpen, a.unencrypted, theme::warning),
        };
        let address = text(endpoint.in_full()).wrapping(text::Wrapping::WordOrGlyph);
        let before =
            instead_of.map(|before| note((a.instead_of)(&before.in_full())).wrapping(text::Wrapping::WordOrGlyph));
        let access = status(Icon::KeyRound, (a.kind)(AccessKind::of(&fagsystem.access)), theme::muted);
        let name = one_line(fagsystem.name.as_str()).bold();
        let content = column![name, address, before, way, access].spacing(4);
        container(content).padding([8, 12]).width(Fill).style(theme::card).into()
    });
    let more = count.saturating_sub(MOST_ADDRESSES);
    let more = (more > 0).then(|| note((scene.t.changes.more)(more)));
    let title = text(a.new_addresses.of(count)).font(theme::SEMIBOLD);
    Some(column![title, column(lines).spacing(8), more].spacing(10).into())
}

/// The differences by authority, in the order in which they come.
pub(super) fn grouped(differences: &[Difference]) -> Vec<(Option<Cvr>, Vec<&Difference>)> {
    let mut groups: Vec<(Option<Cvr>, Vec<&Difference>)> = Vec::new();
    for difference in differences {
        match groups.iter_mut().find(|(cvr, _)| *cvr == difference.authority) {
            Some((_, group)) => group.push(difference),
            None => groups.push((difference.authority, vec![difference])),
        }
    }
    groups
}

fn group<'a>(cvr: Option<Cvr>, differences: &[&'a Difference], scene: Scene<'a>) -> Element<'a, Message> {
    let c = &scene.t.changes;
    let title = authority_name(cvr, [scene.bench.book(), &scene.bench.base().book], scene.t);
    let lines = differences.iter().take(MOST_CHANGES).map(|difference| {
        let revert = icon_button(Icon::Undo2, c.revert).on_press(Message::Revert(Box::new((*difference).clone())));
        let content = row![difference_symbol(difference), text(sentence(difference, scene)).width(Fill), revert];
        let content = column![content.spacing(12).align_y(Center), parts(difference, scene)].spacing(4);
        container(content).padding([4, 0]).width(Fill).into()
    });
    let more = differences.len().saturating_sub(MOST_CHANGES);
    let more = (more > 0).then(|| note((c.more)(more)));
    column![heading(title), column(lines).spacing(6), more].spacing(10).into()
}

/// What is added or removed with a whole authority.
fn parts<'a>(difference: &Difference, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let parts = difference.parts();
    let lines = parts.iter().take(MOST_CHANGES).map(|part| note(sentence(part, scene)).into());
    let more = parts.len().saturating_sub(MOST_CHANGES);
    let more = (more > 0).then(|| note((scene.t.changes.more)(more)));
    let content = column![column(lines).spacing(2), more].spacing(2).padding(Padding::ZERO.left(30));
    (!parts.is_empty()).then(|| content.into())
}

/// The name of an authority in the first of the books that has it; with its CVR number if the name is not unique.
pub(super) fn authority_name(cvr: Option<Cvr>, books: [&RuleBook; 2], t: &Texts) -> String {
    let named =
        cvr.and_then(|cvr| books.into_iter().flat_map(|book| &book.authorities).find(|authority| authority.cvr == cvr));
    match (named, cvr) {
        (Some(authority), _) => {
            let others = books.into_iter().flat_map(|book| &book.authorities).filter(|it| it.cvr != authority.cvr);
            let is_shared = others.into_iter().any(|other| other.name == authority.name);
            if is_shared { format!("{} (CVR {})", authority.name, authority.cvr) } else { authority.name.clone() }
        }
        (None, Some(cvr)) => cvr.to_string(),
        (None, None) => t.changes.everywhere.to_owned(),
    }
}

fn sentence(difference: &Difference, scene: Scene<'_>) -> String {
    scene.t.changes.sentence(scene.kle, [&scene.bench.base().book, scene.bench.book()], difference)
}

/// The changes that could not be applied to a newer publication. They stay listed until people dismiss them.
fn conflicts(scene: Scene<'_>) -> Option<Element<'_, Message>> {
    let c = &scene.t.changes;
    let left = scene.bench.conflicts();
    if left.is_empty() {
        return None;
    }
    let lines = left.iter().map(|(difference, obstacle)| {
        let words = column![text(sentence(difference, scene)), note((c.obstacle)(obstacle))].spacing(2);
        row![icon(Icon::TriangleAlert).style(theme::warning), words].spacing(10).into()
    });
    let forget = plain_button(c.forget).style(theme::secondary).on_press(Message::DismissConflicts);
    let content = column![heading(c.left_behind), column(lines).spacing(8), forget].spacing(10);
    Some(container(content).padding(14).width(Fill).style(theme::card).into())
}

/// Who else has the draft open.
fn others(scene: Scene<'_>) -> Option<Element<'_, Message>> {
    let words = || note((scene.t.people.others)(scene.others)).width(Fill);
    let line = || row![icon(Icon::Users).size(14).style(theme::muted), words()].spacing(8).align_y(Center);
    (!scene.others.is_empty()).then(|| container(line()).padding(Padding::new(10.0).horizontal(20)).into())
}
