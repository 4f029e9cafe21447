//! What goes into a training package.

use std::path::PathBuf;

use iced::widget::{column, row};
use iced::{Element, Fill};

use crate::desktop::language::Texts;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::theme;
use crate::desktop::widget::{Choice, FIELD_SPACING, Field, choice_field, plain_button, switch, text_field};
use crate::training::{DisguiseChoices, MessagesToPack, PackageLimits, PackageOrder};

const NAME_FIELD: &str = "training-package-name";
const JOURNAL_FIELD: &str = "training-package-journal";
const MESSAGES_FIELD: &str = "training-package-messages";
const COUNT_FIELD: &str = "training-package-count";
const SEED_FIELD: &str = "training-package-seed";
const DIRECTORY_FIELD: &str = "training-package-directory";
const LESSON_FIELD: &str = "training-package-lesson";
/// How many days of the journal can go into it.
const DAYS: [u16; 4] = [0, 7, 30, 90];

#[derive(Debug)]
pub(super) struct PackageForm {
    name: String,
    days: u16,
    messages: Messages,
    count: String,
    seed: String,
    directory: String,
    lesson: String,
    choices: DisguiseChoices,
    /// Whether it was to be written with something wrong in it.
    is_checked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Messages {
    None,
    Made,
    Own,
}

#[derive(Debug, Clone)]
pub enum PackageFormMessage {
    Name(String),
    Days(u16),
    Messages(Messages),
    Count(String),
    Seed(String),
    Directory(String),
    Lesson(String),
    Renames(bool),
    ReplacesTexts(bool),
    KeepsNotes(bool),
    BrowseDirectory,
    BrowseLesson,
    Submit,
}

impl Default for PackageForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            days: 30,
            messages: Messages::Made,
            count: "20".to_owned(),
            seed: "1".to_owned(),
            directory: String::new(),
            lesson: String::new(),
            choices: DisguiseChoices::default(),
            is_checked: false,
        }
    }
}

impl PackageForm {
    pub fn update(&mut self, message: PackageFormMessage) {
        match message {
            PackageFormMessage::Name(text) => self.name = text.chars().take(PackageLimits::NAME).collect(),
            PackageFormMessage::Days(days) => self.days = days,
            PackageFormMessage::Messages(messages) => self.messages = messages,
            PackageFormMessage::Count(text) => self.count = text,
            PackageFormMessage::Seed(text) => self.seed = text,
            PackageFormMessage::Directory(text) => self.directory = text,
            PackageFormMessage::Lesson(text) => self.lesson = text,
            PackageFormMessage::Renames(renames) => self.choices.renames_authorities = renames,
            PackageFormMessage::ReplacesTexts(replaces) => self.choices.replaces_point_texts = replaces,
            PackageFormMessage::KeepsNotes(keeps) => self.choices.keeps_notes = keeps,
            PackageFormMessage::BrowseDirectory | PackageFormMessage::BrowseLesson | PackageFormMessage::Submit => {}
        }
    }

    fn count(&self) -> Option<u32> {
        let most = u32::try_from(PackageLimits::MESSAGES).unwrap_or(u32::MAX);
        self.count.trim().parse().ok().filter(|count| (1..=most).contains(count))
    }

    /// What is to be made, or the field that something is wrong in.
    pub fn read(&mut self) -> Result<PackageOrder, &'static str> {
        self.is_checked = true;
        let messages = match self.messages {
            Messages::None => MessagesToPack::None,
            Messages::Made => MessagesToPack::Made {
                count: self.count().ok_or(COUNT_FIELD)?,
                seed: self.seed.trim().parse().map_err(|_| SEED_FIELD)?,
            },
            Messages::Own if self.directory.trim().is_empty() => return Err(DIRECTORY_FIELD),
            Messages::Own => MessagesToPack::Directory(path_of(&self.directory)),
        };
        let lesson = Some(path_of(&self.lesson)).filter(|path| !path.as_os_str().is_empty());
        let order = PackageOrder { name: self.name.clone(), choices: self.choices, days: self.days, messages, lesson };
        self.is_checked = false;
        Ok(order)
    }

    pub fn view<'a>(&'a self, t: &'static Texts) -> Element<'a, PackageFormMessage> {
        let words = &t.training_packages;
        let name = text_field(
            Field::new(words.name),
            NAME_FIELD,
            words.name_example,
            &self.name,
            PackageFormMessage::Name,
            PackageFormMessage::Submit,
        );
        let days = DAYS.map(|days| Choice::new(days, (words.days)(days)));
        let about = Field::new(words.journal).hint(words.journal_hint.to_owned());
        let list_words = ("", choice_words(t));
        let days = choice_field(about, JOURNAL_FIELD, days, Some(&self.days), list_words, PackageFormMessage::Days);
        let lesson = text_field(
            Field::new(words.lesson).address(),
            LESSON_FIELD,
            words.lesson_example,
            &self.lesson,
            PackageFormMessage::Lesson,
            PackageFormMessage::Submit,
        );
        let switches = column![
            switch(words.rename, self.choices.renames_authorities, PackageFormMessage::Renames),
            switch(words.replace_texts, self.choices.replaces_point_texts, PackageFormMessage::ReplacesTexts),
            switch(words.keep_notes, self.choices.keeps_notes, PackageFormMessage::KeepsNotes),
        ];
        column![
            name,
            days,
            self.messages(t),
            beside_button(lesson, words.browse, PackageFormMessage::BrowseLesson),
            switches.spacing(4),
            explained(words.privacy, t.language),
        ]
        .spacing(FIELD_SPACING)
        .into()
    }

    fn messages<'a>(&'a self, t: &'static Texts) -> Element<'a, PackageFormMessage> {
        let words = &t.training_packages;
        let kinds = [
            (Messages::None, words.no_messages),
            (Messages::Made, words.made_messages),
            (Messages::Own, words.own_messages),
        ];
        let kinds = kinds.map(|(kind, words)| Choice::new(kind, words));
        let about = Field::new(words.messages);
        let list_words = ("", choice_words(t));
        let kinds =
            choice_field(about, MESSAGES_FIELD, kinds, Some(&self.messages), list_words, PackageFormMessage::Messages);
        let more = match self.messages {
            Messages::None => None,
            Messages::Made => Some(self.made(t)),
            Messages::Own => Some(self.own(t)),
        };
        column![kinds, more].spacing(FIELD_SPACING).into()
    }

    fn made<'a>(&'a self, t: &'static Texts) -> Element<'a, PackageFormMessage> {
        let words = &t.training_packages;
        let wrong = |is_wrong: bool, why: String| Some(why).filter(|_| self.is_checked && is_wrong);
        let count_error = wrong(self.count().is_none(), (words.count_error)(PackageLimits::MESSAGES));
        let seed_error = wrong(self.seed.trim().parse::<u64>().is_err(), words.seed_error.to_owned());
        let count = text_field(
            Field::new(words.count).error(count_error),
            COUNT_FIELD,
            "",
            &self.count,
            PackageFormMessage::Count,
            PackageFormMessage::Submit,
        );
        let seed = text_field(
            Field::new(words.seed).hint(words.seed_hint.to_owned()).error(seed_error),
            SEED_FIELD,
            "",
            &self.seed,
            PackageFormMessage::Seed,
            PackageFormMessage::Submit,
        );
        row![count, seed].spacing(12).into()
    }

    fn own<'a>(&'a self, t: &'static Texts) -> Element<'a, PackageFormMessage> {
        let words = &t.training_packages;
        let is_wrong = self.is_checked && self.directory.trim().is_empty();
        let error = is_wrong.then(|| words.directory_error.to_owned());
        let field = text_field(
            Field::new(words.directory).address().hint(words.own_messages_hint.to_owned()).error(error),
            DIRECTORY_FIELD,
            "",
            &self.directory,
            PackageFormMessage::Directory,
            PackageFormMessage::Submit,
        );
        beside_button(field, words.browse, PackageFormMessage::BrowseDirectory)
    }
}

fn path_of(text: &str) -> PathBuf {
    PathBuf::from(text.trim().trim_matches('"'))
}

/// A field, and below it a button that chooses for it.
fn beside_button<'a>(
    field: Element<'a, PackageFormMessage>,
    words: &'static str,
    message: PackageFormMessage,
) -> Element<'a, PackageFormMessage> {
    let button = plain_button(words).style(theme::secondary).on_press(message);
    column![iced::widget::container(field).width(Fill), button].spacing(6).into()
}
