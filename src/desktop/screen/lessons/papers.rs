//! The certificate and the sheet of the room, and a lesson that is taken in from a file.

use std::sync::Arc;

use iced::widget::{column, container, row, scrollable, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{LessonsScreen, Message, PATH_FIELD, Pane};
use crate::desktop::model::room::Room;
use crate::desktop::printed::{LessonPapers, Maker, certificate, room_sheet};
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::document_view::document_view;
use crate::desktop::screen::part::paper::PaperMessage;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Field, heading, labelled_button, plain_button, text_field};

const PREVIEW: &str = "lesson-paper";
/// The document is no wider than this, as on paper.
const PAPER_WIDTH: f32 = 820.0;
/// Where the screen is narrower than this, the buttons stand below each other.
const ROOMY: f32 = 1000.0;

impl LessonsScreen {
    /// Makes the document that is shown, if one is.
    pub(super) fn make(&mut self, scene: Scene<'_>) {
        let Some(now) = &self.now else { return };
        let papers = LessonPapers {
            t: scene.t,
            lessons: &now.lessons,
            progress: &now.progress,
            maker: Maker { user: scene.user, now: scene.now },
        };
        let document = match &self.pane {
            Some(Pane::Certificate) => Some(certificate(&now.learner, &papers)),
            Some(Pane::Room) => {
                let room = Room::of(&now.progress, &now.gathered);
                let sheet = room_sheet(&room, &papers);
                self.room.learn(room);
                Some(sheet)
            }
            _ => None,
        };
        self.document = document.map(Arc::new);
    }

    pub(super) fn use_paper(&mut self, message: PaperMessage, scene: Scene<'_>) -> Action<Message> {
        if matches!(message, PaperMessage::Write | PaperMessage::Print) {
            // Made anew, so that it says when, and in the language of now.
            self.make(scene);
        }
        let p = &scene.t.lessons.papers;
        let name = if self.pane == Some(Pane::Room) { p.room_file } else { p.certificate_file };
        let name = format!("{name}-{}", scene.today);
        let document = || self.document.clone();
        self.paper.update(message, document, &name, scene).map(Message::Paper)
    }

    pub(super) fn paper_view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let is_narrow = scene.size.width < ROOMY;
        let buttons = container(self.paper.buttons(is_narrow, scene).map(Message::Paper)).padding([14, 20]);
        let form = self.paper.form(is_narrow, scene).map(|form| container(form.map(Message::Paper)).padding([0, 20]));
        let document = self.document.as_ref().map(|document| {
            let paper = container(document_view(document, scene.t)).padding(28).max_width(PAPER_WIDTH);
            container(paper.width(Fill).style(theme::card)).center_x(Fill).padding(20)
        });
        let document = scrollable(column![document]).id(PREVIEW).width(Fill).height(Fill).style(theme::scrollbar);
        column![buttons, form, document].width(Fill).height(Fill).into()
    }

    pub(super) fn take_in_view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.lessons;
        let error = self.path_error.as_ref().map(|error| (scene.t.error)(error));
        let about = Field::new(scene.t.paper.file).address().error(error);
        let path = text_field(about, PATH_FIELD, "", &self.path, Message::Path, Message::Take);
        let browse = plain_button(scene.t.paper.browse).style(theme::secondary).on_press(Message::Browse);
        let take = labelled_button(Icon::FolderOpen, t.take).style(theme::primary);
        let take = take.on_press_maybe((!self.path.trim().is_empty()).then_some(Message::Take));
        let parts = column![
            heading(t.take_in).size(theme::TITLE),
            text(t.take_in_about),
            path,
            container(row![take, browse].spacing(8).align_y(Center)).padding(iced::Padding::ZERO.top(40)),
        ];
        let parts = container(parts.spacing(14)).padding(24).max_width(760);
        scrollable(parts).width(Fill).height(Fill).style(theme::scrollbar).into()
    }
}
