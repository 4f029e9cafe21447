//! The commands of the palette and the keymap: those of the screens and those of the window itself.

use iced::keyboard::key::Named;
use jiff::civil::Date;
use lucide_icons::Icon;

use super::day_message::{BACK_TO_TODAY, DayMessage};
use super::help::HELP;
use super::message::Message;
use super::palette_state::PaletteLine;
use super::state::Desktop;
use super::tour_message::TourMessage;
use super::training_message::TrainingMessage;
use crate::desktop::language::Texts;
use crate::desktop::language::format::date_text;
use crate::desktop::model::page::Page;
use crate::desktop::screen::about::{self, AboutPart};
use crate::desktop::screen::command::{Command, CommandStep, Shortcut};
use crate::desktop::screen::guide;
use crate::desktop::screen::table::{icon_and_title, keywords};
use crate::guide::{GuidePage, Place};

/// Opens and closes the palette.
pub(super) const PALETTE: Shortcut = Shortcut::ctrl('k');
/// Second shortcuts for commands; the palette shows the first ones.
pub(super) const OTHER_KEYS: [(Shortcut, Message); 2] =
    [(Shortcut::ctrl('y'), Message::Redo), (Shortcut::ctrl('='), Message::Zoom(1))];

/// Every command that the palette offers now.
pub(super) fn lines(desktop: &Desktop, t: &'static Texts) -> Vec<PaletteLine> {
    let mut lines = Vec::new();
    for page in Page::ALL {
        lines.extend(of_page(desktop, page));
    }
    lines.extend(everywhere(desktop, t).into_iter().map(|command| PaletteLine { page: None, command }));
    let page = desktop.shared.page;
    let here = desktop.shared.scene().map(|scene| desktop.screens.get(page).list_commands(scene)).unwrap_or_default();
    lines.extend(
        here.into_iter().map(|command| PaletteLine { page: Some(page), command: command.map(Message::Screen) }),
    );
    lines
}

/// The commands of a screen that are offered from every screen.
pub(super) fn of_page(desktop: &Desktop, page: Page) -> impl Iterator<Item = PaletteLine> {
    let commands = desktop.shared.scene().map(|scene| desktop.screens.get(page).commands(scene)).unwrap_or_default();
    commands.into_iter().map(move |command| PaletteLine { page: Some(page), command: command.map(Message::Screen) })
}

/// The commands of the window itself.
pub(super) fn everywhere(desktop: &Desktop, t: &'static Texts) -> Vec<Command<Message>> {
    let p = &t.palette;
    let mut commands = vec![
        Command::new(
            Icon::Rocket,
            p.publish,
            "udgiv send i kraft sæt publicér gem deploy apply go live release",
            Message::PreparePublishing,
        )
        .with_shortcut(Shortcut::ctrl_named(Named::Enter)),
        Command::new(Icon::Undo2, t.take_back, "fortryd tilbage undo back revert", Message::Undo)
            .with_shortcut(Shortcut::ctrl('z')),
        Command::new(Icon::Redo2, t.redo, "gentag igen redo again", Message::Redo)
            .with_shortcut(Shortcut::ctrl_shift('z')),
    ];
    commands.extend(of_the_day(desktop, t));
    commands.extend(of_training(desktop, t));
    commands.extend(of_the_guide(t));
    commands.extend(of_the_program(t));
    for page in desktop.shared.pages() {
        let digit = DIGITS.into_iter().find(|(_, shown)| *shown == page).map(|(digit, _)| digit);
        let (symbol, title) = icon_and_title(page, t);
        let command = Command::new(symbol, (p.go_to)(title), keywords(page), CommandStep::Send(Message::Show(page)));
        commands.push(Command { shortcut: digit.map(Shortcut::ctrl), ..command });
    }
    if let Some(bench) = &desktop.shared.bench {
        let others = &bench.book().authorities;
        for authority in others.iter().filter(|_| others.len() > 1) {
            let words = (p.go_to)(&format!("{} (CVR {})", authority.name, authority.cvr));
            let keywords = "skift vælg myndighed kommune switch choose authority";
            commands.push(Command::new(Icon::Building2, words, keywords, Message::ChooseAuthority(authority.cvr)));
        }
    }
    if desktop.may_switch_language() {
        let keywords = "sprog dansk engelsk language danish english";
        commands.push(Command::new(Icon::Languages, t.other_language, keywords, Message::SwitchLanguage));
    }
    commands.extend([
        Command::new(Icon::ZoomIn, p.larger, "forstør zoom ind større tekst enlarge in bigger text", Message::Zoom(1))
            .with_shortcut(Shortcut::ctrl('+')),
        Command::new(Icon::ZoomOut, p.smaller, "formindsk zoom ud mindre tekst out shrink text", Message::Zoom(-1))
            .with_shortcut(Shortcut::ctrl('-')),
        Command::new(Icon::Scan, p.usual_size, "nulstil zoom normal reset", Message::Zoom(0))
            .with_shortcut(Shortcut::ctrl('0')),
        Command::new(
            Icon::SunMoon,
            p.other_theme,
            "tema lys lyst mørk mørkt farver nat theme light dark mode colours night",
            Message::SwitchTheme,
        ),
    ]);
    commands
}

/// The commands of training: in real data the one that opens it.
fn of_training(desktop: &Desktop, t: &'static Texts) -> Vec<Command<Message>> {
    let keywords = "øvelse øve træning kursus undervisning eksempel prøve training practice course sample";
    let command = |symbol, words, message| Command::new(symbol, words, keywords, Message::Training(message));
    if !desktop.shared.is_training() {
        return vec![command(Icon::GraduationCap, t.training.open, TrainingMessage::Open)];
    }
    let leave = desktop.left.as_ref().map(|_| command(Icon::LogOut, t.training.leave, TrainingMessage::Leave));
    std::iter::once(command(Icon::RotateCcw, t.training.reset_all, TrainingMessage::Reset)).chain(leave).collect()
}

/// The commands that say more.
fn of_the_guide(t: &'static Texts) -> [Command<Message>; 4] {
    let g = &t.guide;
    let open = |page| Message::Guide(guide::Message::Open(Place::top(page)));
    let keywords = "hjælp vejledning manual spørgsmål dokumentation skærm help guide question documentation screen";
    let words = "ordbog ord begreb forklaring betyder glossary word term meaning";
    let tour = "rundvisning rundtur første begynd tur tour first begin introduction";
    [
        Command::new(Icon::CircleQuestionMark, g.open, keywords, Message::Help).with_shortcut(HELP),
        Command::new(Icon::BookOpen, g.open_contents, keywords, open(GuidePage::Contents)),
        Command::new(Icon::BookA, g.glossary, words, open(GuidePage::Glossary)),
        Command::new(Icon::Signpost, g.tour.begin, tour, Message::Tour(TourMessage::Begin)),
    ]
}

/// The commands about the program itself.
fn of_the_program(t: &'static Texts) -> [Command<Message>; 3] {
    let a = &t.about;
    let open = |part| Message::About(about::Message::Open(part));
    [
        Command::new(
            Icon::Info,
            a.title,
            "version udgave skema datamappe styresystem opdatering about version schema data directory update",
            open(AboutPart::Program),
        ),
        Command::new(
            Icon::Scale,
            format!("{}: {}", a.title, a.licences),
            "licens licenser tredjepart ophavsret licence license third party copyright",
            open(AboutPart::Licences),
        ),
        Command::new(
            Icon::LifeBuoy,
            format!("{}: {}", a.title, a.support),
            "support hjælp fejlsøgning fil help troubleshooting file",
            open(AboutPart::Support),
        ),
    ]
}

/// The commands that choose the day whose rules are shown.
fn of_the_day(desktop: &Desktop, t: &'static Texts) -> Vec<Command<Message>> {
    let (d, (previous, next)) = (&t.day, desktop.neighbouring_changes());
    let look = |day| Message::Day(DayMessage::Look(day));
    let to = |words: &str, day: Date| format!("{words}: {}", date_text(day));
    let keywords = "dato dag tid fremtid pr kalender tidslinje skyder as of date day time future calendar slider";
    let mut commands = vec![
        Command::new(Icon::CalendarDays, d.look_elsewhere, keywords, Message::Day(DayMessage::Choose))
            .with_shortcut(Shortcut::ctrl('g')),
    ];
    commands.extend(desktop.shared.looked_at().map(|_| {
        Command::new(Icon::CalendarCheck, d.back, "dato dag nu date day now", look(None)).with_shortcut(BACK_TO_TODAY)
    }));
    commands.extend(next.map(|day| {
        let keywords = "dato dag begynder slutter udløber date day begins ends expires";
        Command::new(Icon::CalendarArrowUp, to(d.next, day), keywords, look(Some(day)))
            .with_shortcut(Shortcut::alt_named(Named::ArrowRight))
    }));
    commands.extend(previous.map(|day| {
        let keywords = "dato dag begyndte sluttede udløb date day began ended expired";
        Command::new(Icon::CalendarArrowDown, to(d.previous, day), keywords, look(Some(day)))
            .with_shortcut(Shortcut::alt_named(Named::ArrowLeft))
    }));
    commands
}

/// With Ctrl, these show pages. People have learnt them, so a new page among the others does not change them.
const DIGITS: [(char, Page); 9] = [
    ('1', Page::Overview),
    ('2', Page::Rules),
    ('3', Page::Fagsystems),
    ('4', Page::ContactPoints),
    ('5', Page::Authorities),
    ('6', Page::Kle),
    ('7', Page::Messages),
    ('8', Page::Router),
    ('9', Page::Changes),
];
