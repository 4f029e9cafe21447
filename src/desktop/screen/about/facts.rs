//! The program: its version, its schema, where its data are.

use std::sync::LazyLock;

use iced::widget::{Row, column, container, row, scrollable, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{AboutScene, AboutScreen, Chosen, Message};
use crate::desktop::theme;
use crate::desktop::widget::{horizontal_line, icon, labelled_button, large_icon, note, one_line};
use crate::policy::Listening;
use crate::store::Store;
use crate::support_file::operating_system;

/// The width of what a line is about.
const LABEL: f32 = 150.0;
/// The program's own licence, as SPDX names it.
const LICENCE: &str = env!("CARGO_PKG_LICENSE");

impl AboutScreen {
    pub(super) fn facts<'a>(&'a self, scene: AboutScene<'a>) -> Element<'a, Message> {
        static SYSTEM: LazyLock<String> = LazyLock::new(operating_system);
        let (t, a) = (scene.t, &scene.t.about);
        let name = column![
            one_line(t.window_title).bold().size(theme::TITLE),
            note(format!("{} {}", a.version, env!("CARGO_PKG_VERSION"))),
        ];
        let name = row![large_icon(Icon::Mails).style(theme::accent), name.spacing(2)].spacing(14).align_y(Center);
        let upgraded = scene
            .upgrade()
            .map(|upgrade| note((a.upgraded)(upgrade.from, upgrade.to, &upgrade.copy.display().to_string())));
        let schema = if scene.services.is_ok() { a.schema_of } else { a.schemas_up_to };
        let schema = schema(Store::SCHEMA);
        let folder =
            labelled_button(Icon::FolderOpen, a.open_folder).style(theme::secondary).on_press(Message::OpenFolder);
        let copy = labelled_button(Icon::Copy, a.copy_path).style(theme::secondary).on_press(Message::CopyPath);
        let copied = self
            .has_copied
            .then(|| row![icon(Icon::Check).size(14).style(theme::good), note(a.path_copied)].spacing(6));
        let error = self.error.as_ref().map(|error| text((t.error)(error)).style(theme::bad));
        let data = column![
            text(scene.data.display().to_string()).wrapping(text::Wrapping::WordOrGlyph),
            row![folder, copy, copied].spacing(8).align_y(Center).wrap(),
            error,
        ];
        let licence = labelled_button(Icon::Scale, a.read_licence).style(theme::secondary);
        let licence =
            row![text(LICENCE), licence.on_press(Message::Choose(Chosen::Program))].spacing(14).align_y(Center);
        let lines = column![
            name,
            horizontal_line(),
            line(a.schema, column![text(schema), upgraded].spacing(4)),
            line(a.data_directory, data.spacing(8)),
            line(a.system, text(SYSTEM.as_str())),
            line(a.licence, licence).align_y(Center),
            decided(scene),
            horizontal_line(),
            note(if scene.policy.updates_off { a.updates_decided } else { a.no_updates }),
        ];
        scrollable(container(lines.spacing(16)).padding([20, 24]).width(Fill))
            .width(Fill)
            .height(Fill)
            .style(theme::scrollbar)
            .into()
    }
}

/// What an administrator has decided; `None`: nothing.
fn decided(scene: AboutScene<'_>) -> Option<Row<'_, Message>> {
    let (a, policy) = (&scene.t.about, scene.policy);
    let listening = match policy.listening {
        Listening::Anywhere => None,
        Listening::ThisMachine => Some(a.decided_this_machine),
        Listening::Nowhere => Some(a.decided_nowhere),
    };
    let directory = policy.data_directory.is_some().then_some(a.decided_directory);
    let language = policy.language.is_some().then_some(a.decided_language);
    let decisions: Vec<_> = [directory, listening, language].into_iter().flatten().collect();
    let is_any = !decisions.is_empty();
    is_any.then(|| line(a.decided, column(decisions.into_iter().map(|words| text(words).into())).spacing(4)))
}

fn line<'a>(label: &'static str, value: impl Into<Element<'a, Message>>) -> Row<'a, Message> {
    row![container(one_line(label).tone(theme::muted)).width(LABEL), container(value).width(Fill)].spacing(12)
}
