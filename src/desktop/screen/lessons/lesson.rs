//! A lesson, open to be solved.

use iced::widget::{Column, Row, column, container, row, scrollable, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{LessonsScreen, Message, Pane};
use crate::clock;
use crate::desktop::language::format::date_text;
use crate::desktop::screen::part::difference::difference_symbol;
use crate::desktop::screen::part::explained::{explained, with_words};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{group, heading, icon, labelled_button, note, plain_button, status, warning_line};
use crate::training::{GoalKind, Lesson};

const LESSON: &str = "lesson";
/// Text is no wider than this, so that it can be read.
const WIDEST: f32 = 760.0;

impl LessonsScreen {
    pub(super) fn lesson_view<'a>(
        &'a self,
        number: usize,
        lesson: &'a Lesson,
        scene: Scene<'a>,
    ) -> Element<'a, Message> {
        let t = &scene.t.lessons;
        let is_playing = self.playing().is_some();
        let state = self.now.as_ref().map(|now| {
            let (symbol, words, tone) = Self::state(lesson, now, scene);
            status(symbol, words, tone)
        });
        let title = column![
            note((t.number)(number)),
            row![heading(lesson.title.of(scene.t.language)).size(theme::TITLE).width(Fill), state]
                .spacing(12)
                .align_y(Center),
        ];
        let words = lesson.text(scene.t.language, scene.today);
        let words = Column::with_children(words.split("\n\n").map(|part| with_words(part, scene.t.language).into()))
            .spacing(10);
        let parts = column![
            title.spacing(2),
            words,
            self.buttons(is_playing, scene),
            self.other_day(is_playing, scene),
            self.verdict(lesson, scene),
            group(t.goals, self.goals(lesson, is_playing, scene)),
            Self::unpublished(is_playing, scene),
            text(Self::par(lesson, is_playing, scene)),
            self.hints(lesson, scene),
            self.solution(lesson, scene),
        ];
        let parts = container(parts.spacing(16)).padding(24).max_width(WIDEST);
        scrollable(parts).id(LESSON).width(Fill).height(Fill).style(theme::scrollbar).into()
    }

    fn buttons<'a>(&'a self, is_playing: bool, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.lessons;
        if !is_playing {
            let begin = labelled_button(Icon::Play, t.begin).style(theme::primary).on_press(Message::Begin);
            return column![row![begin], explained(t.begin_about, scene.t.language)].spacing(8).into();
        }
        let words = if self.is_checking { t.checking } else { t.check };
        let check = labelled_button(Icon::ListChecks, words).style(theme::primary);
        let check = check.on_press_maybe((!self.is_checking).then_some(Message::Check));
        let anew = labelled_button(Icon::RotateCcw, t.begin_anew).style(theme::secondary).on_press(Message::Begin);
        let end = labelled_button(Icon::LogOut, t.end).style(theme::quiet).on_press(Message::End);
        Row::with_children([check.into(), anew.into(), end.into()]).spacing(8).wrap().vertical_spacing(8).into()
    }

    fn other_day<'a>(&'a self, is_playing: bool, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let begun = self.now.as_ref().filter(|_| is_playing)?.under_way.as_ref()?.begun_at.map(clock::day_of)?;
        (begun != scene.today).then(|| warning_line((scene.t.lessons.other_day)(&date_text(begun))))
    }

    /// What the draft has that is not published, which a check does not look at.
    fn unpublished(is_playing: bool, scene: Scene<'_>) -> Option<Element<'_, Message>> {
        let t = &scene.t.lessons;
        let changes = scene.bench.insight().differences.len();
        (is_playing && changes > 0).then(|| {
            let words = warning_line((t.unpublished)(&t.changes.of(changes)));
            let publish = plain_button(t.publish).style(theme::secondary).on_press(Message::ShowChanges);
            row![container(words).width(Fill), publish].spacing(12).align_y(Center).into()
        })
    }

    fn par(lesson: &Lesson, is_playing: bool, scene: Scene<'_>) -> String {
        let t = &scene.t.lessons;
        let par = t.rules.of(lesson.par);
        if !is_playing {
            return (t.par_alone)(&par);
        }
        let authority = scene.bench.published().book.authorities.first();
        let have = authority.map_or(0, |authority| authority.rules.iter().filter(|rule| rule.active).count());
        (t.par)(&par, &t.rules.of(have))
    }

    fn verdict<'a>(&'a self, lesson: &'a Lesson, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let (t, verdict) = (&scene.t.lessons, self.shown_verdict(lesson, scene)?);
        let (symbol, words, tone): (_, _, theme::Tone) = if verdict.is_within_par() {
            (Icon::Trophy, t.solved_within.to_owned(), theme::good)
        } else if verdict.is_solved() {
            let words = (t.solved)(&t.rules.of(verdict.par), &t.rules.of(verdict.rules));
            (Icon::CircleCheck, words, theme::good)
        } else {
            let reached = (0..lesson.goals.len()).filter(|goal| verdict.reaches(*goal)).count();
            (Icon::CircleX, (t.reached)(reached, lesson.goals.len()), theme::bad)
        };
        let next = self.after(lesson).filter(|_| verdict.is_solved()).map(|next| {
            let words = (t.next)(next.title.of(scene.t.language));
            let show = Message::Show(Pane::Lesson(next.id.clone()));
            labelled_button(Icon::ArrowRight, words).style(theme::primary).on_press(show)
        });
        let line = row![icon(symbol).style(tone), text(words).font(theme::SEMIBOLD).width(Fill)];
        let line = column![line.spacing(10).align_y(Center), next].spacing(10);
        Some(container(line).padding(12).width(Fill).style(theme::card).into())
    }

    /// The next lesson in the list.
    fn after(&self, lesson: &Lesson) -> Option<&Lesson> {
        let lessons = &self.now.as_ref()?.lessons;
        lessons.iter().skip_while(|it| it.id != lesson.id).nth(1)
    }

    fn hints<'a>(&'a self, lesson: &'a Lesson, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let t = &scene.t.lessons;
        let (shown, of) = (self.hints_shown(lesson), lesson.hints.len());
        let lines = (1..).zip(lesson.hints.iter().take(shown)).map(|(number, hint)| {
            row![text((t.hint)(number)), text(hint.of(scene.t.language).to_owned()).width(Fill)].spacing(4).into()
        });
        let more: Element<'a, Message> = if shown < of {
            let words = (t.more_hints)(shown + 1, of);
            labelled_button(Icon::Lightbulb, words).style(theme::secondary).on_press(Message::Hint).into()
        } else {
            let is_later = self.playing().as_ref() == Some(&lesson.id) && !self.offers_solution(lesson);
            column![note(t.no_more_hints), is_later.then(|| note(t.solution_later))].spacing(4).into()
        };
        (of > 0).then(|| group(t.hints, Column::with_children(lines).push(more).spacing(10)))
    }

    fn solution<'a>(&'a self, lesson: &'a Lesson, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let t = &scene.t.lessons;
        if !self.offers_solution(lesson) {
            return None;
        }
        let asked = self.solution.as_ref().filter(|(id, _)| *id == lesson.id).map(|(_, is_meant)| *is_meant);
        let content = match asked {
            None => {
                let show = labelled_button(Icon::Eye, t.show_solution).style(theme::secondary);
                column![row![show.on_press(Message::AskForSolution)]]
            }
            Some(false) => {
                let yes = labelled_button(Icon::Eye, t.yes_show).style(theme::primary).on_press(Message::ShowSolution);
                let no = plain_button(t.no_show).style(theme::secondary).on_press(Message::LeaveSolution);
                column![text(t.really_show), row![yes, no].spacing(8)].spacing(10)
            }
            Some(true) => Column::with_children(steps(lesson, scene)).spacing(8),
        };
        Some(group(t.solution, content))
    }
}

/// What the lesson's own solution does, a line each.
fn steps<'a>(lesson: &Lesson, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
    let (t, language) = (&scene.t.lessons, scene.t.language);
    let mut steps: Vec<Element<'a, Message>> = Vec::new();
    let practice = scene.services.practice_address().unwrap_or(([127, 0, 0, 1], 1).into());
    if let Ok(before) = lesson.begin(practice, scene.today)
        && let Ok(after) = lesson.solution.apply(&before, scene.today)
    {
        for difference in before.compare(&after) {
            let words = scene.t.changes.sentence(scene.kle, [&before, &after], &difference);
            steps.push(row![difference_symbol(&difference), text(words).width(Fill)].spacing(8).into());
        }
    }
    if steps.is_empty() {
        steps.push(text(t.nothing_to_change).into());
    }
    for goal in &lesson.goals {
        if let GoalKind::Question { choices, right } = &goal.kind
            && let Some(choice) = choices.get(*right)
        {
            let question = lesson.goal_text(goal, language, scene.today);
            steps.push(text((t.solution_answer)(&question, choice.of(language))).into());
        }
    }
    steps
}
