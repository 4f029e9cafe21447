//! A lesson that was recorded, while it is written.

use iced::widget::{Column, Row, column, container, row, text, text_editor};
use iced::{Element, Fill};
use lucide_icons::Icon;

use super::recording::{ask, differences, framed};
use super::{Builder, BuilderMessage, LessonEdit, TITLE_FIELD, id_of};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::LessonDraft;
use crate::desktop::theme;
use crate::desktop::widget::{
    FIELD_SPACING, Field, field, group, heading, icon_button, labelled_button, note, text_field,
};
use crate::rules::FagsystemId;
use crate::training::{LessonFile, PracticeMood};

const TITLES: [&str; 2] = [TITLE_FIELD, "lesson-builder-title-en"];
const TEXTS: [&str; 2] = ["lesson-builder-text", "lesson-builder-text-en"];
/// The height of a field for a text of several lines, in logical pixels.
const TEXT_HEIGHT: f32 = 110.0;
/// Where the screen is narrower than this, both languages stand below each other.
const ROOMY: f32 = 1_050.0;

impl Builder {
    pub(super) fn writing_view<'a>(&'a self, draft: &'a LessonDraft, scene: Scene<'a>) -> Element<'a, BuilderMessage> {
        let (t, file) = (&scene.t.lessons.builder, &draft.file);
        let discard = labelled_button(Icon::Trash2, t.discard).style(theme::secondary);
        let discard = discard.on_press(BuilderMessage::AskToForget(true));
        let asked = self.asks.then(|| ask([t.really_discard, t.yes_discard, t.keep]));
        let parts = column![
            heading(t.title).size(theme::TITLE),
            group(t.texts, self.texts_view(file, scene).map(BuilderMessage::Edit)),
            group(t.goals, self.goals_view(file, scene).map(BuilderMessage::Edit)),
            group(t.solution, self.solution_view(scene)),
            group(t.start, self.start_view(file, scene)),
            group(t.check, self.proof_view(scene).map(BuilderMessage::Saving)),
            row![discard],
            asked,
        ];
        framed(parts.spacing(22))
    }

    fn texts_view<'a>(&'a self, file: &'a LessonFile, scene: Scene<'a>) -> Element<'a, LessonEdit> {
        let t = &scene.t.lessons.builder;
        let titles = [&file.title.danish, &file.title.english];
        let titles = [0, 1].map(|language| {
            let (title, english_as) = (titles[language], if language == 1 { file.title.danish.as_str() } else { "" });
            let message = move |text| LessonEdit::Title(language, text);
            text_field(
                Field::new(t.title_field[language]),
                TITLES[language],
                english_as,
                title,
                message,
                message(title.clone()),
            )
        });
        let texts = [0, 1].map(|language| {
            let editor = text_editor(&self.texts[language])
                .id(TEXTS[language])
                .height(TEXT_HEIGHT)
                .padding([6, 9])
                .size(theme::BODY)
                .style(theme::text_area)
                .on_action(move |action| LessonEdit::Text(language, action));
            field(Field::new(t.text_field[language]), editor)
        });
        let id = text_field(
            Field::new(t.id).hint(t.id_hint.to_owned()),
            "lesson-builder-id",
            &id_of(&file.title.danish),
            &file.id,
            LessonEdit::Id,
            LessonEdit::Id(file.id.clone()),
        );
        let add = labelled_button(Icon::Plus, t.add_hint).style(theme::secondary).on_press(LessonEdit::AddHint);
        column![both(titles, scene), both(texts, scene), id, hints_view(file, scene), row![add], note(t.as_in_danish),]
            .spacing(FIELD_SPACING)
            .into()
    }

    fn solution_view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, BuilderMessage> {
        let t = &scene.t.lessons.builder;
        let rules = self.draft.as_ref().map_or(0, |draft| draft.file.par);
        let changes: Element<'a, BuilderMessage> = match &self.books {
            Some([start, solution]) => {
                let found = start.compare(solution);
                if found.is_empty() {
                    text(scene.t.lessons.nothing_to_change).into()
                } else {
                    differences(&found, [start, solution], scene)
                }
            }
            None => text(scene.t.lessons.nothing_to_change).into(),
        };
        let retake = labelled_button(Icon::RotateCcw, t.retake).style(theme::secondary);
        let retake = row![retake.on_press(BuilderMessage::Retake)];
        column![changes, text((t.par)(&scene.t.lessons.rules.of(rules))), retake].spacing(10).into()
    }

    fn start_view<'a>(&'a self, file: &'a LessonFile, scene: Scene<'a>) -> Element<'a, BuilderMessage> {
        let t = &scene.t.lessons.builder;
        let authority = self.books.as_ref().and_then(|[start, _]| start.authorities.first());
        let rules = authority.map_or(0, |authority| authority.rules.iter().filter(|rule| rule.active).count());
        let moods = file.start.moods.iter().filter_map(|(id, word)| {
            let (id, mood) = (FagsystemId::new(id)?, PracticeMood::from_word(word)?);
            let name = authority.map_or(id.as_str(), |authority| fagsystem_name(authority, &id));
            Some(text((t.fagsystem_answers)(name, (scene.t.practice.mood)(mood))).into())
        });
        let rules: Element<'a, BuilderMessage> = text(scene.t.lessons.rules.of(rules)).into();
        Column::with_children(std::iter::once(rules).chain(moods)).spacing(6).into()
    }
}

/// The hints, each with a button that removes it.
fn hints_view<'a>(file: &'a LessonFile, scene: Scene<'a>) -> Element<'a, LessonEdit> {
    let t = &scene.t.lessons.builder;
    let hints = file.hints.iter().enumerate().map(|(at, hint)| {
        let words = [&hint.danish, &hint.english];
        let fields = [0, 1].map(|language| {
            let message = move |text| LessonEdit::Hint(at, language, text);
            let id = format!("lesson-builder-hint-{at}-{language}");
            let words = words[language];
            text_field(Field::new(t.hint_field[language]), id, "", words, message, message(words.clone()))
        });
        let remove = icon_button(Icon::Trash2, t.remove_hint).on_press(LessonEdit::RemoveHint(at));
        let number = column![text(format!("{}.", at + 1)), remove].spacing(4);
        row![number.width(30), Column::with_children(fields).spacing(FIELD_SPACING).width(Fill)].spacing(8).into()
    });
    Column::with_children(hints).spacing(FIELD_SPACING).into()
}

/// Both languages of a text, beside each other where there is room.
fn both<'a>(fields: [Element<'a, LessonEdit>; 2], scene: Scene<'a>) -> Element<'a, LessonEdit> {
    let fields = fields.map(|field| container(field).width(Fill).into());
    if scene.size.width < ROOMY {
        Column::with_children(fields).spacing(FIELD_SPACING).into()
    } else {
        Row::with_children(fields).spacing(12).into()
    }
}
