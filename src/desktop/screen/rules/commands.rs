//! The commands of *Fordelingsregler* for the command palette, each with search words in both languages.

use iced::keyboard::key::Named;
use lucide_icons::Icon;

use super::column::ColumnKind;
use super::{ListKey, Message, RulesScreen};
use crate::desktop::screen::command::{Command, CommandStep, Shortcut, Standard};
use crate::desktop::screen::scene::Scene;

pub(super) fn commands(screen: &RulesScreen, scene: Scene<'_>) -> Vec<Command<Message>> {
    let (t, p) = (scene.t, &scene.t.palette);
    let save =
        || Command::new(Icon::Check, t.save, "gem bekræft ok store confirm", CommandStep::Standard(Standard::Save));
    let key = |key| Message::Key(key);
    let mut commands = vec![
        Command::new(
            Icon::Plus,
            t.rules.new,
            "opret tilføj lav regel create add make rule",
            CommandStep::Standard(Standard::New),
        ),
        Command::new(Icon::ListPlus, t.rules.new_above, "opret indsæt før insert before create", Message::NewAbove)
            .with_shortcut(Shortcut::ctrl_shift('n')),
    ];
    commands.extend(screen.has_something_to_save().then(save));
    commands.extend([
        Command::new(Icon::Search, t.rules.search, "find led efter look for", CommandStep::Standard(Standard::Search)),
        Command::new(Icon::SquarePen, p.open, "ret rediger ændr åbn vis edit change open show", key(ListKey::Open))
            .with_shortcut(Shortcut::named(Named::F2)),
        Command::new(Icon::Copy, t.rules.clone, "kopi dublér klon duplicate copy clone", Message::Clone)
            .with_shortcut(Shortcut::ctrl('d')),
        Command::new(
            Icon::ShieldPlus,
            t.guards.keep,
            "lav en vagt vagtmeddelelse bevar hold fast guard pin preserve",
            Message::Keep,
        ),
        Command::new(Icon::Trash2, t.rules.delete_chosen, "slet fjern kassér delete remove discard", Message::Delete)
            .with_shortcut(Shortcut::named(Named::Delete)),
        Command::new(
            Icon::PowerOff,
            t.rules.switch_off,
            "deaktivér pause inaktiv disable deactivate",
            Message::SwitchOn(false),
        ),
        Command::new(Icon::Power, t.rules.switch_on, "aktivér enable activate", Message::SwitchOn(true)),
        // With the keys, the move ends when Alt is released.
        Command::new(Icon::ArrowUp, p.move_up, "prioritet højere før raise priority earlier", key(ListKey::Nudge(-1)))
            .with_shortcut_sending(Shortcut::alt_named(Named::ArrowUp), key(ListKey::Move(-1))),
        Command::new(
            Icon::ArrowDown,
            p.move_down,
            "prioritet lavere efter lower priority later",
            key(ListKey::Nudge(1)),
        )
        .with_shortcut_sending(Shortcut::alt_named(Named::ArrowDown), key(ListKey::Move(1))),
        Command::new(Icon::ListChecks, p.choose_all, "markér alle alt select everything", key(ListKey::All))
            .with_shortcut(Shortcut::ctrl('a').unless_handled()),
        Command::new(
            Icon::ListOrdered,
            t.rules.spread,
            "omnummerér nummerér prioritet renumber numbers",
            Message::SpreadEvenly,
        ),
        Command::new(
            Icon::ArrowLeftRight,
            t.rules.switch.title,
            "udskift system flyt erstat fra dato replace system move from date",
            Message::BeginSwitch(None, None),
        ),
        Command::new(
            Icon::Columns3,
            t.rules.columns_button,
            "kolonne vis skjul bredde show hide columns",
            Message::ShowColumns(true),
        ),
        Command::new(
            Icon::FunnelX,
            t.rules.show_all,
            "nulstil ryd fjern filtre reset clear filters",
            Message::ClearFilters,
        ),
        Command::offer_filters(t),
        Command::new(
            Icon::BookmarkPlus,
            t.rules.save_filter,
            "husk filter bogmærke remember bookmark",
            Message::NameFilter(Some(String::new())),
        ),
        Command::new(
            Icon::Package,
            t.files.outgoing.make_package,
            "eksportér udtræk send kollega miljø export environment transport",
            Message::Pack,
        ),
    ]);
    commands
}

/// Commands that filter and sort the list.
pub(super) fn list_commands(screen: &RulesScreen, scene: Scene<'_>) -> Vec<Command<Message>> {
    let t = scene.t;
    let filters = screen
        .filters(scene)
        .map(|(name, message)| Command::new(Icon::Funnel, (t.palette.filter)(&name), "vis kun show only", message));
    let sorted = ColumnKind::ALL.into_iter().map(|kind| {
        let words = (t.palette.sort_by)(kind.title(t));
        Command::new(Icon::ArrowUpDown, words, "rækkefølge order", Message::Sort(kind))
    });
    filters.chain(sorted).collect()
}
