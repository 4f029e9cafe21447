//! What can be done: on each screen, and everywhere.

use iced::keyboard::key::Named;
use lucide_icons::Icon;

use super::message::Message;
use super::palette::Line;
use super::state::Desktop;
use crate::desktop::language::Texts;
use crate::desktop::model::page::Page;
use crate::desktop::screen::command::{Command, Deed, Shortcut};
use crate::desktop::screen::table::{also, sign};

/// The keys that open the palette.
pub(super) const PALETTE: Shortcut = Shortcut::ctrl('k');
/// Keys for what other keys do too, which the palette shows.
pub(super) const OTHER_KEYS: [(Shortcut, Message); 2] =
    [(Shortcut::ctrl('y'), Message::Redo), (Shortcut::ctrl('='), Message::Zoom(1))];

/// Everything that can be done.
pub(super) fn lines(desktop: &Desktop, t: &'static Texts) -> Vec<Line> {
    let mut lines = Vec::new();
    for page in Page::ALL {
        lines.extend(of_page(desktop, page));
    }
    lines.extend(everywhere(desktop, t).into_iter().map(|command| Line { page: None, command }));
    let page = desktop.shared.page;
    let here = desktop.shared.scene().map(|scene| desktop.screens.of(page).list_commands(scene)).unwrap_or_default();
    lines.extend(here.into_iter().map(|command| Line { page: Some(page), command: command.map(Message::Screen) }));
    lines
}

/// What can be done on a page, and from everywhere.
pub(super) fn of_page(desktop: &Desktop, page: Page) -> impl Iterator<Item = Line> {
    let commands = desktop.shared.scene().map(|scene| desktop.screens.of(page).commands(scene)).unwrap_or_default();
    commands.into_iter().map(move |command| Line { page: Some(page), command: command.map(Message::Screen) })
}

/// What can be done wherever one is.
pub(super) fn everywhere(desktop: &Desktop, t: &'static Texts) -> Vec<Command<Message>> {
    let p = &t.palette;
    let mut commands = vec![
        Command::new(
            Icon::Rocket,
            p.publish,
            "udgiv send i kraft sæt publicér gem deploy apply go live release",
            Message::PreparePublishing,
        )
        .by(Shortcut::ctrl_named(Named::Enter)),
        Command::new(Icon::Undo2, t.take_back, "fortryd tilbage undo back revert", Message::Undo)
            .by(Shortcut::ctrl('z')),
        Command::new(Icon::Redo2, t.redo, "gentag igen redo again", Message::Redo).by(Shortcut::ctrl_shift('z')),
    ];
    for (page, digit) in Page::ALL.into_iter().zip(DIGITS.into_iter().map(Some).chain(std::iter::repeat(None))) {
        let (symbol, title) = sign(page, t);
        let command = Command::new(symbol, (p.go_to)(title), also(page), Deed::Own(Message::Show(page)));
        commands.push(Command { shortcut: digit.map(Shortcut::ctrl), ..command });
    }
    if let Some(bench) = &desktop.shared.bench {
        let others = &bench.book().authorities;
        for authority in others.iter().filter(|_| others.len() > 1) {
            let words = (p.go_to)(&format!("{} (CVR {})", authority.name, authority.cvr));
            let also = "skift vælg myndighed kommune switch choose authority";
            commands.push(Command::new(Icon::Building2, words, also, Message::ChooseAuthority(authority.cvr)));
        }
    }
    commands.extend([
        Command::new(Icon::ZoomIn, p.larger, "forstør zoom ind større tekst enlarge in bigger text", Message::Zoom(1))
            .by(Shortcut::ctrl('+')),
        Command::new(Icon::ZoomOut, p.smaller, "formindsk zoom ud mindre tekst out shrink text", Message::Zoom(-1))
            .by(Shortcut::ctrl('-')),
        Command::new(Icon::Scan, p.usual_size, "nulstil zoom normal reset", Message::Zoom(0)).by(Shortcut::ctrl('0')),
        Command::new(
            Icon::Languages,
            t.other_language,
            "sprog dansk engelsk language danish english",
            Message::SwitchLanguage,
        ),
        Command::new(
            Icon::SunMoon,
            p.other_theme,
            "tema lys lyst mørk mørkt farver nat theme light dark mode colours night",
            Message::SwitchTheme,
        ),
    ]);
    commands
}

/// The keys, with Ctrl, for the first pages.
const DIGITS: [char; 9] = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
