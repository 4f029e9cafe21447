//! Pictures for the outside: the button at a picture's upper right corner and the commands that copy or save it.

use iced::Element;
use iced::widget::{container, text, tooltip};
use jiff::civil::Date;
use lucide_icons::Icon;

use crate::desktop::language::format::date_text;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::command::Command;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::PictureFormat;
use crate::desktop::theme;
use crate::desktop::widget::{Choice, menu_button};
use crate::picture::{Caption, Look, Picture};

/// The width of a chart in a document, in logical pixels: it does not depend on the window.
pub(in crate::desktop) const DOCUMENT_WIDTH: f32 = 860.0;

/// What is done with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureWay {
    /// To the clipboard.
    Copy,
    /// To a file of that format.
    Save(PictureFormat),
}

impl PictureWay {
    const ALL: [Self; 3] = [Self::Copy, Self::Save(PictureFormat::Png), Self::Save(PictureFormat::Svg)];
}

/// A picture for the outside, with what is said around it.
#[derive(Debug)]
pub(in crate::desktop) struct Outgoing {
    name: String,
    picture: Picture,
    caption: Caption,
    authorities: String,
    day: Date,
}

impl Outgoing {
    /// A picture of the selected authority's rules on the window's day. `name` is the beginning of a file's name, such as the
    /// page's title; `title` says what the picture shows.
    pub fn new(name: &str, title: impl Into<String>, picture: Picture, scene: Scene<'_>) -> Self {
        Self {
            name: name.to_owned(),
            picture,
            caption: Caption { title: title.into(), ..Caption::default() },
            authorities: scene.authority.name.clone(),
            day: scene.day(),
        }
    }

    /// The same of these authorities.
    pub fn of(self, authorities: &[&str]) -> Self {
        Self { authorities: authorities.join(", "), ..self }
    }

    /// The same of another day; what has come is of today, whichever day's rules the window shows.
    pub fn on(self, day: Date) -> Self {
        Self { day, ..self }
    }

    /// The same with what its looks mean.
    pub fn with_key(mut self, key: impl IntoIterator<Item = (Look, String)>) -> Self {
        self.caption.key = key.into_iter().collect();
        self
    }

    /// The same with more words below it.
    pub fn with_notes(mut self, notes: impl IntoIterator<Item = String>) -> Self {
        self.caption.notes.extend(notes);
        self
    }

    /// Copies or saves it.
    pub fn go<Message>(self, way: PictureWay, scene: Scene<'_>) -> Action<Message> {
        let caption = Caption { about: self.about(scene), ..self.caption.clone() };
        let picture = self.picture.captioned(&caption);
        match way {
            PictureWay::Copy => Request::CopyPicture(picture).into(),
            PictureWay::Save(format) => Request::SavePicture(picture, format, self.file_name(scene)).into(),
        }
    }

    /// Of whom it is, and as of when.
    fn about(&self, scene: Scene<'_>) -> String {
        let t = &scene.t.pictures;
        let as_of = (self.day != scene.today).then(|| (t.as_of)(&date_text(self.day)));
        let parts = [Some(self.authorities.clone()), as_of, Some((t.drawn)(&date_text(scene.today)))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The file's name without its ending.
    fn file_name(&self, scene: Scene<'_>) -> String {
        let plain = |sign: char| if sign.is_alphanumeric() { sign } else { '-' };
        let name: String = self.name.chars().map(plain).flat_map(char::to_lowercase).collect();
        let as_of = if self.day == scene.today { String::new() } else { format!("-{}", self.day) };
        format!("{name}-{}{as_of}", scene.today)
    }
}

/// The button at a picture's upper right corner.
pub(in crate::desktop) fn picture_button<'a, Message: Clone + 'a>(
    scene: Scene<'a>,
    to_message: impl Fn(PictureWay) -> Message,
) -> Element<'a, Message> {
    let lines = PictureWay::ALL.map(|way| (Choice::new((), words(way, scene)).symbol(symbol(way)), to_message(way)));
    let about = container(text(scene.t.pictures.about).size(theme::SMALL)).padding([4, 8]).style(theme::toast);
    tooltip(menu_button(Icon::ImageDown, lines), about, tooltip::Position::Top).into()
}

/// The commands of the palette that copy and save a picture, where a screen shows it; `name` tells it from others.
pub(in crate::desktop) fn picture_commands<Message>(
    name: &str,
    scene: Scene<'_>,
    to_message: impl Fn(PictureWay) -> Message,
) -> Vec<Command<Message>> {
    let command = |way| {
        let keywords = "billede diagram graf kopiér gem eksportér png svg picture image chart copy save export";
        Command::new(symbol(way), format!("{}: {name}", words(way, scene)), keywords, to_message(way))
    };
    PictureWay::ALL.into_iter().map(command).collect()
}

fn words(way: PictureWay, scene: Scene<'_>) -> &'static str {
    let t = &scene.t.pictures;
    match way {
        PictureWay::Copy => t.copy,
        PictureWay::Save(PictureFormat::Png) => t.save_png,
        PictureWay::Save(PictureFormat::Svg) => t.save_svg,
    }
}

fn symbol(way: PictureWay) -> Icon {
    match way {
        PictureWay::Copy => Icon::Copy,
        PictureWay::Save(PictureFormat::Png) => Icon::FileImage,
        PictureWay::Save(PictureFormat::Svg) => Icon::FileCode,
    }
}
