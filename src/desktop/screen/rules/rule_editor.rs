//! The state of the rule editor: the form, its undo history, and an assessment of the rule.

use std::collections::HashMap;
use std::sync::Arc;

use super::form::{
    END_FIELD, FAGSYSTEM_FIELD, FROM_FIELD, PRIORITY_FIELD, RuleErrors, RuleForm, TO_FIELD, VALUE_FIELD,
};
use super::form_message::{End, FormMessage};
use super::number_tree::NumberTree;
use super::suggestions::Suggestion;
use crate::desktop::language::parse::read_date;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::scene::Scene;
use crate::desktop::widget::{CALENDAR, Calendar, CalendarMessage};
use crate::rules::{Catch, GroupFirst, GroupRules, Never, Priority, Renumbering, Review, Rule, RuleBook, RuleTrial};

#[derive(Debug, Clone)]
pub(super) struct RuleEditor {
    pub form: RuleForm,
    /// The form as opened, to see whether it has changed.
    opened: RuleForm,
    /// The form before each change, for undo.
    past: Vec<RuleForm>,
    /// The undone changes, for redo.
    future: Vec<RuleForm>,
    /// The kind of the last change: consecutive changes to one field are undone together.
    last_change: Option<std::mem::Discriminant<FormMessage>>,
    pub calendar: Option<(End, Calendar)>,
    pub shows_tree: bool,
    pub tree: NumberTree,
    pub assessment: Assessment,
}

/// What follows from the form, recomputed on every change.
#[derive(Debug, Clone)]
pub(super) struct Assessment {
    pub rule: Result<Rule, Box<RuleErrors>>,
    pub never: Option<Never>,
    /// The rules that could never match because of this one.
    pub shadowed: Vec<Priority>,
    /// The earlier rules that take what names a group of its contact point.
    pub groups_first: Vec<GroupFirst>,
    /// The recent messages it would have got; `None` if the journal has not been read yet, or the rule has expired.
    pub catch: Option<Catch>,
    /// The draft with the rule saved, where that would change it.
    pub preview: Option<Arc<RuleBook>>,
    pub suggestions: Vec<Suggestion>,
    /// The errors that prevent saving, including missing values before the first attempt.
    pub obstacles: RuleErrors,
}

impl Assessment {
    fn of(form: &RuleForm, scene: Scene<'_>) -> Self {
        let (rule, suggestions) = (form.read(scene), form.suggestions(scene));
        let Ok(read) = &rule else {
            let tried = RuleForm { was_tried: true, ..form.clone() };
            let obstacles = tried.read(scene).err().map(|errors| *errors).unwrap_or_default();
            return Self {
                rule,
                never: None,
                shadowed: Vec::new(),
                groups_first: Vec::new(),
                catch: None,
                preview: None,
                suggestions,
                obstacles,
            };
        };
        let others = OtherRules::of(form, read, scene);
        let (never, shadowed) = others.reachability(read, scene);
        let groups = GroupRules::of(scene.authority, &others.rules, scene.day());
        let groups_first = groups.before(others.earlier, read);
        let catch = others.catch(read, scene);
        let is_same = form.replaces().and_then(|number| scene.authority.rule(number)) == Some(read);
        let preview = (!is_same).then(|| Arc::new(saved(form, read, scene)));
        Self { rule, never, shadowed, groups_first, catch, preview, suggestions, obstacles: RuleErrors::default() }
    }

    /// The first rule that keeps this one from getting any messages; this one would have to come before it.
    pub fn first_blocking_rule(&self) -> Option<Priority> {
        let covered = self.never.as_ref().and_then(|never| never.by().first().copied());
        let first = covered.or_else(|| self.groups_first.iter().map(|it| it.rule).min());
        let takes_nothing = |catch: &&Catch| catch.count() == 0 && self.never.is_none();
        first.or_else(|| self.catch.as_ref().filter(takes_nothing)?.lost.keys().next().copied())
    }
}

/// The draft with the rule of a form saved.
fn saved(form: &RuleForm, rule: &Rule, scene: Scene<'_>) -> RuleBook {
    let (original, new) = (form.replaces(), Arc::new(rule.clone()));
    scene.with_authority(|authority| {
        // Remove it before renumbering: another rule may get its old number.
        authority.rules.retain(|other| Some(other.priority) != original);
        authority.renumber(&form.shifted);
        authority.rules.push(new);
        authority.rules.sort_by_key(|rule| rule.priority);
    })
}

/// The other rules of the draft, and the position of the edited one among them.
struct OtherRules<'a> {
    rules: Vec<&'a Rule>,
    /// The number of rules that come before it.
    earlier: usize,
    replaces: Option<Priority>,
}

impl<'a> OtherRules<'a> {
    fn of(form: &RuleForm, rule: &Rule, scene: Scene<'a>) -> Self {
        let replaces = form.replaces();
        let mut rules = scene.authority.rules_in_order();
        rules.retain(|other| Some(other.priority) != replaces);
        let shifted: HashMap<_, _> = form.shifted.0.iter().copied().collect();
        let number = |other: &Rule| shifted.get(&other.priority).copied().unwrap_or(other.priority);
        let earlier = rules.partition_point(|other| number(other) < rule.priority);
        Self { rules, earlier, replaces }
    }

    /// Why the rule can never match, if so, and which other rules could never match because of it.
    fn reachability(&self, rule: &Rule, scene: Scene<'_>) -> (Option<Never>, Vec<Priority>) {
        if !rule.active {
            return (None, Vec::new());
        }
        let authorities = scene.bench.book().authority_cvrs();
        let review = Review::new(scene.authority, &authorities, scene.day());
        let mut order = self.rules.clone();
        order.insert(self.earlier, rule);
        let mut with = review.never(&order);
        let own = with.remove(self.earlier);
        if with.iter().all(Option::is_none) {
            return (own, Vec::new());
        }
        let without = review.never(&self.rules);
        let verdicts = self.rules.iter().zip(with.iter().zip(&without));
        // Rules that could never match anyway are not affected by this one.
        let shadowed = verdicts.filter(|(_, (with, without))| with.is_some() && without.is_none());
        (own, shadowed.map(|(other, _)| other.priority).collect())
    }

    /// The recent messages it would have got.
    fn catch(&self, rule: &Rule, scene: Scene<'_>) -> Option<Catch> {
        let draft = scene.bench.insight().distributor.as_deref().filter(|_| scene.journal.since.is_some())?;
        let published = scene.bench.in_force()?;
        let before = self.rules.get(self.earlier).map(|rule| rule.priority);
        let (authority, replaces) = (scene.authority.cvr, self.replaces);
        let trial = RuleTrial { rule, authority, replaces, before, draft, published };
        trial.on(scene.journal.traffic.messages(), scene.day())
    }
}

impl RuleEditor {
    pub fn open(form: RuleForm, scene: Scene<'_>) -> Self {
        let assessment = Assessment::of(&form, scene);
        Self {
            opened: form.clone(),
            form,
            past: Vec::new(),
            future: Vec::new(),
            last_change: None,
            calendar: None,
            shows_tree: false,
            tree: NumberTree::default(),
            assessment,
        }
    }

    pub fn is_changed(&self) -> bool {
        RuleForm { was_tried: self.opened.was_tried, ..self.form.clone() } != self.opened
    }

    /// Whether saving would change the draft: a new rule that stands ready need not be touched first.
    pub fn has_something_to_save(&self) -> bool {
        self.form.original.is_none() || self.is_changed()
    }

    /// Updates the editor to the current draft. Entered changes are kept.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        let is_changed = self.is_changed();
        if let Some(rule) = self.form.replaces().and_then(|priority| scene.authority.rule(priority)) {
            if is_changed {
                self.form.find_room(scene);
            } else {
                self.form = RuleForm::of(rule, scene.authority);
                self.opened = self.form.clone();
            }
        } else if self.form.original.is_none() {
            self.form.find_room(scene);
            self.opened.find_room(scene);
        }
        self.tree.refresh(scene);
        self.assessment = Assessment::of(&self.form, scene);
    }

    /// Bases the form on the rule as it is in the draft now, and keeps the entered values. A deleted rule becomes a new
    /// one.
    pub fn keep_mine(&mut self, scene: Scene<'_>) {
        let rule = self.form.replaces().and_then(|number| scene.authority.rule(number));
        self.opened = rule.map_or_else(|| RuleForm::new(scene), |rule| RuleForm::of(rule, scene.authority));
        self.form.original = rule.cloned();
        self.assessment = Assessment::of(&self.form, scene);
    }

    /// Whether the rule has been deleted and the form has no changes to lose.
    pub fn is_gone(&self, scene: Scene<'_>) -> bool {
        let is_there = self.form.replaces().is_none_or(|priority| scene.authority.rule(priority).is_some());
        !is_there && !self.is_changed()
    }

    /// Follows the rules to their new numbers.
    pub fn renumber(&mut self, now: impl Fn(Priority) -> Option<Priority>) {
        for form in [&mut self.form, &mut self.opened].into_iter().chain(&mut self.past).chain(&mut self.future) {
            form.renumber(&now);
        }
    }

    /// Undoes the last change; returns whether there was one.
    pub fn undo(&mut self, scene: Scene<'_>) -> bool {
        let Some(before) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(&mut self.form, before));
        self.last_change = None;
        self.assessment = Assessment::of(&self.form, scene);
        true
    }

    /// Redoes the last undone change; returns whether there was one.
    pub fn redo(&mut self, scene: Scene<'_>) -> bool {
        let Some(after) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.form, after));
        self.last_change = None;
        self.assessment = Assessment::of(&self.form, scene);
        true
    }

    pub fn close_calendar(&mut self) -> bool {
        self.calendar.take().is_some()
    }

    pub fn update<Message: Send + 'static>(&mut self, message: FormMessage, scene: Scene<'_>) -> Action<Message> {
        let kind = std::mem::discriminant(&message);
        let before = self.form.clone();
        let mut action = Action::None;
        match message {
            FormMessage::Priority(text) => {
                self.form.priority = text;
                // A number entered by hand replaces the proposed position.
                self.form.above = None;
                self.form.shifted = Renumbering::default();
            }
            FormMessage::Segment(segment) => self.form.segment = segment,
            FormMessage::Element(element) => {
                // A value of one element is meaningless for another.
                if self.form.element != element {
                    self.form.value.clear();
                    self.form.value_end.clear();
                }
                self.form.element = element;
            }
            FormMessage::Value(text) => self.form.value = text,
            FormMessage::Pick(suggestion) => {
                self.form.pick(suggestion);
                let next = if self.form.fagsystem.is_none() { FAGSYSTEM_FIELD } else { PRIORITY_FIELD };
                action = Action::focus(next);
            }
            FormMessage::NextField => action = Action::focus(FAGSYSTEM_FIELD),
            FormMessage::ValueEnd(text) => self.form.value_end = text,
            FormMessage::PostType(post_type) => self.form.post_type = post_type,
            FormMessage::Fagsystem(id) => self.form.fagsystem = Some(id),
            FormMessage::From(text) => self.form.from = text,
            FormMessage::To(text) => self.form.to = text,
            FormMessage::Active(active) => self.form.active = active,
            FormMessage::Note(text) => self.form.note = text,
            FormMessage::Above(other) => {
                self.form.above = Some(other);
                self.form.find_room(scene);
            }
            FormMessage::ShowCalendar(end) => {
                self.show_calendar(end, scene);
                action = self.calendar.map(|_| Action::focus(CALENDAR)).into();
            }
            FormMessage::CloseCalendar => {
                action = self.calendar.take().map(|(end, _)| Action::focus(end.field())).into();
            }
            FormMessage::Calendar(message) => action = self.pick_day(message).map(Action::focus).into(),
            FormMessage::ShowTree(shows) => {
                self.shows_tree = shows;
                if shows {
                    action = self.tree.open(&self.form.value, scene);
                }
            }
            FormMessage::TreeScrolled(scroll) => self.tree.scroll = scroll,
            FormMessage::Unfold(number) => self.tree.toggle(number),
        }
        if before != self.form {
            if self.last_change != Some(kind) {
                self.past.push(before);
            }
            self.last_change = Some(kind);
            self.future.clear();
            self.assessment = Assessment::of(&self.form, scene);
        }
        action
    }

    fn show_calendar(&mut self, end: End, scene: Scene<'_>) {
        let is_open = matches!(self.calendar, Some((open, _)) if open == end);
        let text = if end == End::First { &self.form.from } else { &self.form.to };
        let day = read_date(text, scene.t, scene.today).ok().flatten().unwrap_or(scene.today);
        self.calendar = (!is_open).then(|| (end, Calendar::at(day)));
    }

    /// Returns the field to focus: closing the calendar removes the focus with it.
    fn pick_day(&mut self, message: CalendarMessage) -> Option<&'static str> {
        let (end, calendar) = self.calendar.as_mut()?;
        let text = crate::desktop::language::format::date_text(calendar.update(message)?);
        let field = end.field();
        match end {
            End::First => self.form.from = text,
            End::Last => self.form.to = text,
        }
        self.calendar = None;
        Some(field)
    }

    /// The draft with the rule saved in it, or `None` if the form has errors.
    pub fn draft_with_rule(&mut self, scene: Scene<'_>) -> Option<(RuleBook, DraftEdit, Rule)> {
        self.form.was_tried = true;
        self.assessment = Assessment::of(&self.form, scene);
        let rule = self.assessment.rule.clone().ok().filter(|_| !self.form.is_overtaken(scene.authority))?;
        let edit =
            self.form.replaces().map_or(DraftEdit::RuleAdded(rule.priority), |_| DraftEdit::RuleChanged(rule.priority));
        Some((saved(&self.form, &rule, scene), edit, rule))
    }

    pub fn first_invalid_field(&self) -> Option<&'static str> {
        let errors = self.assessment.rule.as_ref().err()?;
        let fields = [
            (&errors.value, VALUE_FIELD),
            (&errors.value_end, END_FIELD),
            (&errors.fagsystem, FAGSYSTEM_FIELD),
            (&errors.priority, PRIORITY_FIELD),
            (&errors.from, FROM_FIELD),
            (&errors.to, TO_FIELD),
        ];
        fields.into_iter().find(|(error, _)| error.is_some()).map(|(_, field)| field)
    }
}
