//! The goals of a lesson that is being written: what each asks for, and the form for it.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use super::Builder;
use super::edits::LessonEdit;
use super::goal_edit::{GoalEdit, GoalSort, NumberSort, fagsystem_of, word_of};
use crate::LanguageChoice;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, FIELD_SPACING, Field, choice_field, focus_button, icon, labelled_button, note, one_line, text_field,
};
use crate::rules::{Caseless, PostType};
use crate::training::{GoalFile, LessonFile, LettersFile, WishedAddress, Writer};

impl Builder {
    pub(super) fn goals_view<'a>(&'a self, file: &'a LessonFile, scene: Scene<'a>) -> Element<'a, LessonEdit> {
        let t = &scene.t.lessons.builder;
        let goals = file.goals.iter().enumerate().map(|(at, goal)| self.goal_view(at, goal, scene));
        let goals = Column::with_children(goals).spacing(10);
        let none = file.goals.is_empty().then(|| note(t.no_goals));
        let add = labelled_button(Icon::Plus, t.add_goal).style(theme::secondary).on_press(LessonEdit::AddGoal);
        column![note(t.goals_about), none, goals, row![add]].spacing(10).into()
    }

    fn goal_view<'a>(&'a self, at: usize, goal: &'a GoalFile, scene: Scene<'a>) -> Element<'a, LessonEdit> {
        let t = &scene.t.lessons.builder;
        let own = self.goal_words(goal, scene);
        let of = |text: &str, own: String| if text.trim().is_empty() { own } else { text.to_owned() };
        let words = match scene.t.language {
            LanguageChoice::Danish => of(&goal.text.danish, own.danish.clone()),
            LanguageChoice::English if goal.text.danish.trim().is_empty() => {
                of(&goal.text.english, own.english.clone())
            }
            LanguageChoice::English => of(&goal.text.english, goal.text.danish.clone()),
        };
        let is_open = self.open_goal == Some(at);
        let (symbol, open, next) =
            if is_open { (Icon::ChevronUp, t.close_goal, None) } else { (Icon::Pencil, t.edit_goal, Some(at)) };
        let open = labelled_button(symbol, open).style(theme::secondary).on_press(LessonEdit::OpenGoal(next));
        let remove = labelled_button(Icon::Trash2, t.remove_goal).style(theme::secondary);
        let remove = remove.on_press(LessonEdit::RemoveGoal(at));
        let buttons = Row::with_children([open.into(), remove.into()]).spacing(8).wrap().vertical_spacing(6);
        let (symbol, tone): (Icon, theme::Tone) = match self.goal_fault(at) {
            None => (Icon::Circle, theme::muted),
            Some(false) => (Icon::CircleCheck, theme::good),
            Some(true) => (Icon::CircleX, theme::bad),
        };
        let about = goal
            .letters
            .as_ref()
            .and_then(LettersFile::wish)
            .map(|wish| note(scene.t.made_mail.sentence(&wish, None, self.authority(scene))));
        let head =
            row![icon(symbol).size(17).style(tone), text(format!("{}. {words}", at + 1)).width(Fill)].spacing(10);
        let form = is_open.then(|| self.goal_form(at, goal, own, scene));
        let card = column![head, about, buttons, form].spacing(8).width(Fill);
        container(card).padding(12).width(Fill).style(theme::card).into()
    }

    fn goal_form<'a>(
        &'a self,
        at: usize,
        goal: &'a GoalFile,
        own: crate::training::InTwoLanguages,
        scene: Scene<'a>,
    ) -> Element<'a, LessonEdit> {
        let g = &scene.t.lessons.builder.goal;
        let sorts = [(GoalSort::Letters, g.letters), (GoalSort::Guard, g.guard), (GoalSort::Received, g.received)];
        let sort = GoalSort::of(goal);
        let sorts = sorts.map(|(known, words)| {
            let chip = focus_button(one_line(words).size(theme::SMALL)).padding([5, 12]);
            chip.style(theme::chip(known == sort)).on_press(GoalEdit::Sort(known)).into()
        });
        let sorts = Row::with_children(sorts).spacing(6).wrap().vertical_spacing(6);
        let asked: Option<Element<'a, GoalEdit>> = match sort {
            GoalSort::Letters => goal.letters.as_ref().map(|letters| self.letters_form(letters, goal, scene)),
            GoalSort::Received => goal.received.as_ref().map(|received| count_field(received.count, scene)),
            GoalSort::Guard | GoalSort::Question => None,
        };
        let texts = [
            (
                "lesson-builder-goal-da",
                g.text[0],
                own.danish,
                &goal.text.danish,
                GoalEdit::Danish as fn(String) -> GoalEdit,
            ),
            ("lesson-builder-goal-en", g.text[1], own.english, &goal.text.english, GoalEdit::English),
        ];
        let texts = texts.map(|(id, label, own, text, edit)| {
            text_field(Field::new(label), id, &own, text, edit, edit(text.clone()))
        });
        let fields = column![note(g.kind), sorts, self.fagsystem_field(goal, scene), asked];
        let fields = fields.push(Column::with_children(texts).spacing(FIELD_SPACING)).spacing(FIELD_SPACING);
        Element::from(container(fields).padding(iced::Padding::ZERO.top(6))).map(move |edit| LessonEdit::Goal(at, edit))
    }

    fn fagsystem_field<'a>(&'a self, goal: &GoalFile, scene: Scene<'a>) -> Element<'a, GoalEdit> {
        let g = &scene.t.lessons.builder.goal;
        let fagsystems = self.authority(scene).fagsystems.iter();
        let choices = fagsystems.map(|it| Choice::new(it.id.as_str().to_owned(), it.name.clone()).also(it.id.as_str()));
        let chosen = fagsystem_of(goal).map(str::to_owned);
        let words = (g.choose_fagsystem, choice_words(scene.t));
        let about = Field::new(g.fagsystem);
        choice_field(about, "lesson-builder-fagsystem", choices, chosen.as_ref(), words, GoalEdit::Fagsystem)
    }

    fn letters_form<'a>(
        &'a self,
        letters: &'a LettersFile,
        goal: &GoalFile,
        scene: Scene<'a>,
    ) -> Element<'a, GoalEdit> {
        let (f, mail) = (&scene.t.traffic.form, &scene.t.made_mail);
        let words = || ("", choice_words(scene.t));
        let writer = LettersFile::WRITERS.into_iter().find(|(word, _)| Some(*word) == letters.writer.as_deref());
        let writer = writer.map(|(_, writer)| writer);
        let writers = Writer::ALL.into_iter().map(|it| Choice::new(Some(it), (mail.writer)(it)));
        let writers = std::iter::once(Choice::new(None, f.any)).chain(writers);
        let writer = choice_field(
            Field::new(f.writer),
            "lesson-builder-writer",
            writers,
            Some(&writer),
            words(),
            GoalEdit::Writer,
        );
        let post_types = [PostType::Authority, PostType::Company, PostType::Unspecified];
        let post_type = post_types.into_iter().find(|it| Some(word_of(*it)) == letters.post_type.as_deref());
        let post_types = post_types.map(|it| Choice::new(Some(it), (scene.t.rules.post_type)(it)));
        let post_types = std::iter::once(Choice::new(None, f.any)).chain(post_types);
        let about = Field::new(f.post_type);
        let post_type =
            choice_field(about, "lesson-builder-post-type", post_types, Some(&post_type), words(), GoalEdit::PostType);
        let g = &scene.t.lessons.builder.goal;
        let day = goal.day.as_deref().unwrap_or_default().trim_start_matches('+').to_owned();
        let about = Field::new(g.day).hint(g.day_hint.to_owned());
        let day = text_field(about, "lesson-builder-day", "", &day, GoalEdit::Day, GoalEdit::Day(day.clone()));
        column![
            self.address_field(letters, scene),
            number_field(letters, scene),
            writer,
            post_type,
            row![count_field(letters.count.into(), scene), day].spacing(12),
        ]
        .spacing(FIELD_SPACING)
        .into()
    }

    fn address_field<'a>(&'a self, letters: &LettersFile, scene: Scene<'a>) -> Element<'a, GoalEdit> {
        let f = &scene.t.traffic.form;
        let authority = self.authority(scene);
        let chosen = match (&letters.contact_point, &letters.contact_group) {
            (Some(id), _) => Some(WishedAddress::ContactPoint(Caseless::new(id))),
            (None, Some(group)) => Some(WishedAddress::Group(Caseless::new(group))),
            (None, None) => letters.without.iter().any(|word| word == "kontaktpunkt").then_some(WishedAddress::Nowhere),
        };
        let mut groups: Vec<&Caseless> = Vec::new();
        for group in authority.contact_points.iter().flat_map(|point| &point.groups) {
            if !groups.contains(&&group.name) {
                groups.push(&group.name);
            }
        }
        let first = [Choice::new(None, f.any), Choice::new(Some(WishedAddress::Nowhere), f.nowhere)];
        let groups = groups
            .into_iter()
            .map(|name| Choice::new(Some(WishedAddress::Group(name.clone())), name.as_str()).under(f.groups));
        let points = authority.contact_points.iter().map(|point| {
            let title = if point.title.is_empty() { point.id.as_str() } else { &point.title };
            let address = WishedAddress::ContactPoint(point.id.clone());
            Choice::new(Some(address), title).under(f.points).also(point.id.as_str())
        });
        let choices = first.into_iter().chain(groups).chain(points);
        let words = ("", choice_words(scene.t));
        choice_field(Field::new(f.address), "lesson-builder-address", choices, Some(&chosen), words, GoalEdit::Address)
    }
}

fn count_field(count: u64, scene: Scene<'_>) -> Element<'_, GoalEdit> {
    let shown = if count == 0 { String::new() } else { count.to_string() };
    let about = Field::new(scene.t.lessons.builder.goal.count);
    text_field(about, "lesson-builder-count", "", &shown, GoalEdit::Count, GoalEdit::Count(shown.clone()))
}

fn number_field<'a>(letters: &'a LettersFile, scene: Scene<'a>) -> Element<'a, GoalEdit> {
    let f = &scene.t.traffic.form;
    let sort = NumberSort::of(letters);
    let sorts = [
        (NumberSort::Any, f.any),
        (NumberSort::Missing, f.no_number),
        (NumberSort::Kle, f.kle),
        (NumberSort::Form, f.form),
    ];
    let sorts = sorts.map(|(sort, words)| Choice::new(sort, words));
    let words = ("", choice_words(scene.t));
    let sorts =
        choice_field(Field::new(f.number), "lesson-builder-number", sorts, Some(&sort), words, GoalEdit::NumberSort);
    let (symbol, typed, wrong) = match (&letters.kle, &letters.form) {
        (Some(kle), _) => ("KLE", kle, f.not_kle),
        (None, Some(form)) => ("FORM", form, f.not_form),
        (None, None) => return sorts,
    };
    let about = Field::new(symbol).error(letters.wish().is_none().then(|| wrong.to_owned()));
    let number =
        text_field(about, "lesson-builder-number-value", "", typed, GoalEdit::Number, GoalEdit::Number(typed.clone()));
    column![sorts, number].spacing(FIELD_SPACING).into()
}
