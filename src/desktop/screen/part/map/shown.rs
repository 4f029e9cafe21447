//! A map as a page has it: read, laid out and drawn, each only when something has changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::drawing::{Drawing, StandingOut, draw};
use super::layout::{MapLayout, MapMarks, MapView, Target};
use super::reading::{MapReader, MapReading};
use super::traced::{TracedWay, Tracing};
use crate::desktop::language::Texts;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::MailMapReport;
use crate::rules::{Cvr, KlePlan, Priority, RuleBook};
use crate::store::PublicationNumber;

/// A map with what is pointed at and what is chosen.
#[derive(Debug, Default)]
pub(in crate::desktop::screen) struct ShownMap {
    reader: MapReader,
    pointed: Option<Target>,
    chosen: Option<Target>,
    /// The message whose way is lit.
    tracing: Option<Tracing>,
    shown: Option<Shown>,
    /// How often it has been laid out.
    layouts: u64,
}

/// What is drawn, and of what.
#[derive(Debug)]
struct Shown {
    layout: MapLayout,
    of: Of,
    drawing: Drawing,
    traced: Option<TracedWay>,
    drawn: Lit,
}

/// What a drawing depends on besides the layout.
#[derive(Debug, Clone, PartialEq)]
struct Lit {
    pointed: Option<Target>,
    chosen: Option<Target>,
    /// By which publication it is known whether a way is there.
    tracing: Option<(Tracing, PublicationNumber)>,
}

/// What the layout depends on besides the report and the view.
#[derive(Debug, Clone)]
struct Of {
    /// The draft; it is another value after each change.
    book: Arc<RuleBook>,
    authority: Cvr,
    language: &'static Texts,
    kle: Arc<KlePlan>,
}

impl ShownMap {
    /// Reads the map that is wanted now, unless it is known.
    pub fn follow(&mut self, scene: Scene<'_>) -> Action<MapReading> {
        self.reader.follow(scene)
    }

    pub fn take(&mut self, reading: MapReading) {
        self.reader.take(reading);
    }

    /// The map of the selected authority; `None` until it has been read.
    pub fn report(&self, scene: Scene<'_>) -> Option<&Arc<MailMapReport>> {
        self.reader.report(scene)
    }

    pub fn point(&mut self, spot: Option<usize>) {
        self.pointed = spot.and_then(|spot| self.target(spot));
    }

    /// Lights the way of a message, or no longer.
    pub fn trace(&mut self, tracing: Option<Tracing>) {
        self.tracing = tracing;
    }

    /// What there is of that way on the map as it is shown.
    pub fn traced(&self) -> Option<&TracedWay> {
        self.shown.as_ref()?.traced.as_ref()
    }

    pub fn chosen(&self) -> Option<Target> {
        self.chosen
    }

    /// Chooses something; what is chosen already is chosen no longer.
    pub fn choose(&mut self, target: Target) {
        self.chosen = Some(target).filter(|target| self.chosen != Some(*target));
    }

    pub fn choose_nothing(&mut self) {
        self.chosen = None;
    }

    /// Forgets what is pointed at and chosen: something else will be shown.
    pub fn reset(&mut self) {
        (self.pointed, self.chosen) = (None, None);
    }

    pub fn layout(&self) -> Option<&MapLayout> {
        self.shown.as_ref().map(|shown| &shown.layout)
    }

    /// Another number for each layout.
    pub fn version(&self) -> u64 {
        self.layouts
    }

    pub fn drawing(&self) -> Option<&Drawing> {
        self.shown.as_ref().map(|shown| &shown.drawing)
    }

    /// What is at a spot of the drawing.
    pub fn target(&self, spot: usize) -> Option<Target> {
        self.shown.as_ref()?.drawing.targets.get(spot).copied()
    }

    fn lit(&self, scene: Scene<'_>) -> Lit {
        let tracing = self.tracing.clone().map(|tracing| (tracing, scene.bench.published().number));
        Lit { pointed: self.pointed, chosen: self.chosen, tracing }
    }

    /// Lays it out and draws it as it is to be seen now, as far as that is not done.
    pub fn refresh(&mut self, view: MapView, scene: Scene<'_>) {
        let Some(report) = self.reader.report(scene).cloned() else { return };
        let (marks, lit) = (marks(scene), self.lit(scene));
        if let Some(shown) = self.shown.as_mut().filter(|shown| shown.is_of(&report, &view, &marks, scene)) {
            if shown.drawn != lit {
                (shown.drawing, shown.traced) = lit.draw(&shown.layout, scene);
                shown.drawn = lit;
            }
            return;
        }
        let layout = MapLayout::of(&report, view, marks, scene);
        if self.shown.as_ref().is_some_and(|shown| !shown.layout.has_same_nodes(&layout)) {
            self.reset();
        }
        self.layouts += 1;
        let lit = self.lit(scene);
        let (drawing, traced) = lit.draw(&layout, scene);
        let of = Of {
            book: Arc::clone(scene.bench.book()),
            authority: scene.authority.cvr,
            language: scene.t,
            kle: Arc::clone(scene.kle),
        };
        self.shown = Some(Shown { layout, of, drawing, traced, drawn: lit });
    }
}

impl Lit {
    fn draw(&self, layout: &MapLayout, scene: Scene<'_>) -> (Drawing, Option<TracedWay>) {
        let traced = self.tracing.as_ref().map(|(tracing, _)| TracedWay::of(tracing, layout, scene));
        let out = StandingOut { pointed: self.pointed, chosen: self.chosen, traced: traced.as_ref() };
        (draw(layout, out, scene), traced)
    }
}

impl Shown {
    fn is_of(&self, report: &Arc<MailMapReport>, view: &MapView, marks: &MapMarks, scene: Scene<'_>) -> bool {
        Arc::ptr_eq(&self.layout.report, report)
            && self.layout.view == *view
            && std::ptr::eq(self.of.language, scene.t)
            && Arc::ptr_eq(&self.of.kle, scene.kle)
            && self.layout.marks == *marks
            && Arc::ptr_eq(&self.of.book, scene.bench.book())
            && self.of.authority == scene.authority.cvr
    }
}

/// What is known of the draft's rules.
fn marks(scene: Scene<'_>) -> MapMarks {
    let never = scene.authority.rules.iter().filter(|rule| scene.never(rule).is_some());
    MapMarks { never: never.map(|rule| rule.priority).collect(), moving: moving(scene) }
}

/// The rules of the draft that decide mail which goes elsewhere by the publication on the window's day, as far as the proof
/// is known.
fn moving(scene: Scene<'_>) -> BTreeSet<Option<Priority>> {
    let (before, after) = (&scene.bench.published().book, scene.bench.book());
    let Some(Some(outlook)) = scene.foresight.of(before, after, scene.day()) else { return BTreeSet::new() };
    let day = scene.day();
    let is_then = |(from, to): &(Date, Option<Date>)| *from <= day && to.is_none_or(|to| day <= to);
    let lines = outlook.proof.iter().filter(|line| line.authority == scene.authority.cvr);
    let lines = lines.filter(|line| line.periods.iter().any(is_then));
    lines.flat_map(|line| &line.ways).filter_map(|(_, after)| after.as_ref()).map(|after| after.rule).collect()
}
