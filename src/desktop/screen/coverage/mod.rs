//! *Dækning*: who gets mail by its KLE or FORM number, as areas of the plan.

mod drawing;
mod legend;
mod paint;
mod panel;
mod view;

use std::sync::Arc;

use iced::Element;
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;

use self::drawing::{Drawing, draw};
use self::paint::Look;
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Standard};
use super::contract::Screen;
use super::part::picture_out::{Outgoing, PictureWay, picture_commands};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::coverage::{CoverageQuestion, ShownPlan};
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::picture::Picture;
use crate::rules::{Criterion, Part, PlanTree, Priority};
use crate::store::RouterSettings;

/// *Dækning*.
#[derive(Debug)]
pub(in crate::desktop) struct CoverageScreen {
    plan: ShownPlan,
    is_by_mail: bool,
    /// The part that is looked into, by what a rule for it looks for.
    within: Option<Criterion>,
    chosen: Option<Criterion>,
    /// The part that the mouse or the keys are at.
    pointed: Option<usize>,
    /// What was asked last and answered; without a tree where it could not be worked out.
    answer: Option<(CoverageQuestion, Option<Arc<PlanTree>>)>,
    under_way: Option<CoverageQuestion>,
    drawn: Option<Drawn>,
}

/// A drawing, and what it was made of.
#[derive(Debug)]
struct Drawn {
    tree: Arc<PlanTree>,
    look: Look,
    t: &'static Texts,
    drawing: Drawing,
}

#[derive(Debug, Clone)]
pub enum Message {
    Worked(Result<Arc<PlanTree>, Error>),
    Show(ShownPlan),
    SizeByMail(bool),
    Point(Option<usize>),
    Press(usize),
    /// Choose a part in the list, and show it in the picture.
    Find(Criterion),
    LookInto(Option<Criterion>),
    Up,
    Close,
    NewRule(Criterion),
    OpenRule(Priority),
    ShowPage(Page),
    PictureOut(PictureWay),
}

impl CoverageScreen {
    fn question(&self, scene: Scene<'_>) -> CoverageQuestion {
        CoverageQuestion {
            book: Arc::clone(scene.bench.book()),
            authority: scene.authority.cvr,
            day: scene.day(),
            plan: self.plan,
            kle: Arc::clone(scene.kle),
            traffic: Arc::clone(&scene.journal.traffic),
        }
    }

    /// What is known of the shown plan of the selected authority; it may be a moment older than the draft.
    fn tree(&self, scene: Scene<'_>) -> Option<&Arc<PlanTree>> {
        let is_shown =
            |question: &CoverageQuestion| question.plan == self.plan && question.authority == scene.authority.cvr;
        self.answer.as_ref().filter(|(question, _)| is_shown(question)).and_then(|(_, tree)| tree.as_ref())
    }

    fn chosen_part<'t>(&self, tree: &'t PlanTree) -> Option<&'t Part> {
        self.chosen.as_ref().and_then(|chosen| tree.find(chosen)).map(|at| &tree.parts[at])
    }

    fn look(&self, tree: &PlanTree, scene: Scene<'_>) -> Look {
        let find = |criterion: &Option<Criterion>| criterion.as_ref().and_then(|criterion| tree.find(criterion));
        Look {
            size: view::picture_size(self, tree, scene),
            within: find(&self.within).filter(|at| !tree.parts[*at].below.is_empty()),
            is_by_mail: self.is_by_mail,
            chosen: find(&self.chosen),
        }
    }

    /// The part of a spot of the picture.
    fn part_at(&self, spot: usize) -> Option<(&PlanTree, usize)> {
        let drawn = self.drawn.as_ref()?;
        Some((&*drawn.tree, *drawn.drawing.parts.get(spot)?))
    }

    /// Looks one level further in, and chooses what was pressed.
    fn press(&mut self, spot: usize) {
        let Some((tree, pressed)) = self.part_at(spot) else { return };
        let within = self.drawn.as_ref().and_then(|drawn| drawn.look.within);
        let shown = tree.upwards(pressed).find(|part| tree.parts[*part].above == within);
        let looked_into = shown.map(|part| &tree.parts[part]).filter(|part| !part.below.is_empty());
        let chosen = tree.parts[pressed].criterion.clone();
        if let Some(criterion) = looked_into.map(|part| part.criterion.clone()) {
            self.within = Some(criterion);
        }
        (self.chosen, self.pointed) = (Some(chosen), None);
    }

    /// Chooses a part, and looks into the one that it belongs to.
    fn find(&mut self, criterion: Criterion, scene: Scene<'_>) {
        let Some(tree) = self.tree(scene) else { return };
        let above = tree.find(&criterion).and_then(|at| tree.parts[at].above);
        self.within = above.map(|above| tree.parts[above].criterion.clone());
        (self.chosen, self.pointed) = (Some(criterion), None);
    }

    fn up(&mut self, scene: Scene<'_>) {
        let Some(tree) = self.tree(scene).map(Arc::clone) else { return };
        let within = self.within.as_ref().and_then(|within| tree.find(within));
        let above = within.and_then(|at| tree.parts[at].above);
        self.within = above.map(|above| tree.parts[above].criterion.clone());
        self.chosen = within.map(|at| tree.parts[at].criterion.clone());
        self.pointed = None;
    }

    /// The picture for a document.
    fn outgoing(&self, scene: Scene<'_>) -> Option<Outgoing> {
        let t = &scene.t.coverage;
        let drawn = self.drawn.as_ref()?;
        let picture = draw(&drawn.tree, Look { chosen: None, ..drawn.look }, scene.t, scene.names()).picture;
        let title = format!("{}: {}", t.title, (t.plan)(self.plan));
        // Whose colours are which stands in the picture itself.
        Some(Outgoing::new(t.title, title, Picture::clone(&picture), scene))
    }

    fn show(&mut self, plan: ShownPlan) {
        if self.plan != plan {
            (self.plan, self.within, self.chosen, self.pointed) = (plan, None, None, None);
        }
    }
}

impl Screen for CoverageScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::LayoutDashboard;
    const KEYWORDS: &'static str = "kle form huller udækket opsamling emner serviceområder treemap hvem tager coverage gaps \
                                    uncovered topics areas who takes";

    fn title(t: &'static Texts) -> &'static str {
        t.coverage.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self {
            plan: ShownPlan::default(),
            is_by_mail: true,
            within: None,
            chosen: None,
            pointed: None,
            answer: None,
            under_way: None,
            drawn: None,
        }
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Worked(worked) => {
                let (tree, error) = match worked {
                    Ok(tree) => (Some(tree), None),
                    Err(error) => (None, Some(error)),
                };
                // A question without an answer is not asked again and again.
                if let Some(question) = self.under_way.take() {
                    self.answer = Some((question, tree));
                }
                return error.map(Action::show_error).unwrap_or_default();
            }
            Message::Show(plan) => self.show(plan),
            Message::SizeByMail(is_by_mail) => self.is_by_mail = is_by_mail,
            Message::Point(spot) => self.pointed = spot,
            Message::Press(spot) => self.press(spot),
            Message::Find(criterion) => self.find(criterion, scene),
            Message::LookInto(within) => (self.within, self.pointed) = (within, None),
            Message::Up => self.up(scene),
            Message::Close => self.chosen = None,
            Message::NewRule(criterion) => return Request::BeginRule(Some(scene.authority.cvr), criterion).into(),
            Message::OpenRule(priority) => return Request::ShowRule(priority).into(),
            Message::ShowPage(page) => return Action::show(page),
            Message::PictureOut(way) => return self.outgoing(scene).map(|outgoing| outgoing.go(way, scene)).into(),
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        view::view(self, scene)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if scene.page != Page::Coverage {
            return;
        }
        let Some(tree) = self.tree(scene).map(Arc::clone) else {
            self.drawn = None;
            return;
        };
        let look = self.look(&tree, scene);
        let is_drawn = self.drawn.as_ref().is_some_and(|drawn| {
            Arc::ptr_eq(&drawn.tree, &tree) && drawn.look == look && std::ptr::eq(drawn.t, scene.t)
        });
        if !is_drawn {
            let drawing = draw(&tree, look, scene.t, scene.names());
            self.drawn = Some(Drawn { tree, look, t: scene.t, drawing });
        }
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        let question = self.question(scene);
        let is_known = self.answer.as_ref().is_some_and(|(known, _)| known.is(&question));
        if is_known || self.under_way.is_some() {
            return Action::None;
        }
        self.under_way = Some(question.clone());
        scene.serve(move |services| services.coverage(question), |worked| Message::Worked(worked.map(Arc::new)))
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::New => self.chosen.clone().map(|chosen| Action::Send(Message::NewRule(chosen))),
            Standard::Leave if self.within.is_some() => Some(Action::Send(Message::Up)),
            Standard::Leave => Some(Action::Send(Message::Close)),
            Standard::Save | Standard::Search | Standard::Discard => None,
        }
    }

    fn close_authority(&mut self) {
        (self.within, self.chosen, self.pointed, self.drawn) = (None, None, None, None);
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        picture_commands(scene.t.coverage.title, scene, Message::PictureOut)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.coverage;
        ShownPlan::ALL
            .map(|plan| {
                let words = format!("{}: {}", t.title, (t.plan)(plan));
                let steps = vec![CommandStep::Show(Page::Coverage), CommandStep::Send(Message::Show(plan))];
                Command::with_steps(Self::SYMBOL, words, Self::KEYWORDS, steps)
            })
            .into()
    }
}

/// The messages of keys that the picture has no use for itself.
fn key_message(key: &Key, modifiers: Modifiers) -> Option<Message> {
    match key {
        Key::Named(Named::Backspace) if modifiers.is_empty() => Some(Message::Up),
        _ => None,
    }
}
