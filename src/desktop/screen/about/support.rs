//! The support file: what is in it and what is not, its contents to look at, and the button that saves it.

use iced::widget::{column, container, row, scrollable, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{AboutScene, AboutScreen, Message};
use crate::desktop::theme;
use crate::desktop::widget::{icon, labelled_button, note, warning_line};

/// The widest that lines are: longer ones are hard to read.
const WIDEST: f32 = 700.0;

impl AboutScreen {
    pub(super) fn support<'a>(&'a self, scene: AboutScene<'a>) -> Element<'a, Message> {
        let a = &scene.t.about;
        let point = |symbol, style: fn(&iced::Theme) -> text::Style, words| {
            row![icon(symbol).style(style), text(words)].spacing(10)
        };
        let closed = scene.services.is_err().then(|| warning_line(a.database_closed.to_owned()));
        let about = column![
            text(a.support_about),
            point(Icon::Check, theme::good, a.support_holds),
            point(Icon::X, theme::muted, a.support_lacks),
            closed,
        ];
        let about = about.spacing(12).max_width(WIDEST);
        let lines = match &self.support {
            None => column![about, self.error.is_none().then(|| note(a.gathering)), self.failed(scene)],
            Some(file) => {
                let save = labelled_button(Icon::Save, a.save).style(theme::primary).on_press(Message::Save);
                let (symbol, words) =
                    if self.shows_contents { (Icon::EyeOff, a.hide_contents) } else { (Icon::Eye, a.show_contents) };
                let show = labelled_button(symbol, words).style(theme::secondary);
                let show = show.on_press(Message::ShowContents(!self.shows_contents));
                let contents = self.shows_contents.then(|| {
                    let words = text(file.text()).font(theme::MONOSPACED).size(theme::SMALL);
                    let words = words.wrapping(text::Wrapping::WordOrGlyph);
                    container(words).padding([10, 12]).width(Fill).style(theme::code)
                });
                column![about, row![save, show].spacing(8).wrap(), self.done(scene), self.failed(scene), contents]
            }
        };
        scrollable(container(lines.spacing(16)).padding([20, 24]).width(Fill))
            .width(Fill)
            .height(Fill)
            .style(theme::scrollbar)
            .into()
    }

    /// That it is saved, or what can be done where no place was chosen.
    fn done<'a>(&'a self, scene: AboutScene<'a>) -> Option<Element<'a, Message>> {
        let (t, a) = (scene.t, &scene.t.about);
        if self.is_unplaced {
            let save = labelled_button(Icon::Folder, t.pictures.save_among_documents).style(theme::secondary);
            let words = row![icon(Icon::TriangleAlert).size(14).style(theme::warning), text(a.not_saved)].spacing(8);
            return Some(column![words, save.on_press(Message::SaveAmongDocuments)].spacing(8).into());
        }
        let path = self.saved.as_ref()?;
        let words = text((a.saved)(&path.display().to_string())).wrapping(text::Wrapping::WordOrGlyph);
        Some(row![icon(Icon::Check).size(14).style(theme::good), words].spacing(8).align_y(Center).into())
    }

    fn failed<'a>(&'a self, scene: AboutScene<'a>) -> Option<Element<'a, Message>> {
        self.error.as_ref().map(|error| text((scene.t.error)(error)).style(theme::bad).into())
    }
}
