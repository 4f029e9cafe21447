//! A training package that was read, before training begins with it.

use std::path::Path;
use std::sync::Arc;

use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use crate::desktop::screen::scene::Scene;
use crate::desktop::service::ReadPackage;
use crate::desktop::theme;
use crate::desktop::widget::{heading, labelled_button, list_head, note, plain_button};
use crate::training::TrainingPackage;

#[derive(Debug, Clone)]
pub enum OpenedPackageMessage {
    Begin,
    Leave,
}

#[derive(Debug)]
pub(super) struct OpenedPackage(ReadPackage);

impl OpenedPackage {
    pub fn of(read: ReadPackage) -> Self {
        Self(read)
    }

    pub fn file(&self) -> Arc<[u8]> {
        Arc::clone(&self.0.file)
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, OpenedPackageMessage> {
        let t = &scene.t.training_packages;
        let is_training = scene.services.is_training();
        let package = &self.0.package;
        let (about, begin) = if is_training { (t.about_here, t.begin_here) } else { (t.about_real, t.begin_there) };
        let place = (is_training && (package.lesson.is_some() || !package.messages.is_empty()))
            .then(|| note((t.place)(&scene.data.join(Path::new("oevelse")).display().to_string())));
        let begin =
            labelled_button(Icon::GraduationCap, begin).style(theme::primary).on_press(OpenedPackageMessage::Begin);
        let leave = plain_button(t.leave).style(theme::secondary).on_press(OpenedPackageMessage::Leave);
        let content = column![
            heading(t.contents),
            contents(package, scene),
            text(about).style(theme::muted),
            place,
            row![begin, leave].spacing(8),
        ];
        let card = container(content.spacing(16)).padding(20).width(Fill).style(theme::card);
        let card = scrollable(container(card).padding(20)).style(theme::scrollbar).height(Fill);
        let title = (t.title)(&package.name);
        column![list_head(scene.t.files.title, title, column![]), card].width(Fill).height(Fill).into()
    }
}

/// What it holds, line by line.
fn contents<'a>(package: &'a TrainingPackage, scene: Scene<'a>) -> Element<'a, OpenedPackageMessage> {
    let t = &scene.t.training_packages;
    let names: Vec<_> = package.book.authorities.iter().map(|authority| authority.name.as_str()).collect();
    let rules: usize = package.book.authorities.iter().map(|authority| authority.rules.len()).sum();
    let mut lines = vec![names.join(", "), t.rule_count.of(rules)];
    if !package.calls.is_empty() {
        lines.push(format!("{}: {}", t.calls, (scene.t.number)(package.calls.len() as u64)));
    }
    if !package.messages.is_empty() {
        lines.push(t.message_count.of(package.messages.len()));
    }
    if package.lesson.is_some() {
        lines.push(t.has_lesson.to_owned());
    }
    let lines = lines.into_iter().map(|line| text(format!("• {line}")).wrapping(text::Wrapping::WordOrGlyph).into());
    Column::with_children(lines).spacing(4).into()
}
