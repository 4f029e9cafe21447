//! The commands of the screen for the palette.

use lucide_icons::Icon;

use super::story::Open;
use super::{Message, MessagesScreen, Period};
use crate::desktop::screen::command::{Command, CommandStep, Standard};
use crate::desktop::screen::scene::Scene;

impl MessagesScreen {
    /// What can be done on the screen, whatever is listed.
    pub(super) fn every_command(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let (t, m) = (scene.t, &scene.t.messages);
        let search = CommandStep::Standard(Standard::Search);
        let keywords = "eksport eksportér udskriv udtræk gem excel csv export print download save";
        let keep = format!("{} …", m.keeping.keep);
        let commands = [
            Command::new(Icon::Search, m.search, "find breve post led efter messages mail look for", search),
            Command::new(Icon::Download, m.export.button, keywords, Message::ShowExport),
            Command::new(
                Icon::FunnelX,
                m.show_all,
                "nulstil ryd fjern filtre reset clear filters",
                Message::ClearFilters,
            ),
            Command::offer_filters(t),
            Command::new(
                Icon::CalendarClock,
                keep,
                "opbevaring slet gammelt dage gemmes retention keep days",
                Message::ShowRetention,
            ),
        ];
        let facts = self.open.as_ref().and_then(Open::facts);
        let try_out = facts.map(|_| {
            let keywords = "prøv afprøv nu kladde try now draft";
            Command::new(Icon::FlaskConical, t.try_message.from_story, keywords, Message::TryOut)
        });
        let document = self.open.as_ref().map(|_| {
            let keywords = "historie pdf udskriv gem story print save";
            Command::new(
                Icon::FileText,
                format!("{}: {}", m.story.title, t.paper.document),
                keywords,
                Message::ShowPaper,
            )
        });
        let periods = Period::ALL.into_iter().map(|period| {
            let words = format!("{}: {}", m.title, (m.period)(period));
            Command::new(Icon::CalendarDays, words, "tid periode time period", Message::Period(period))
        });
        commands.into_iter().chain(try_out).chain(document).chain(periods).collect()
    }

    /// The filters that can be chosen.
    pub(super) fn filter_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let command = |(name, message): (String, Message)| {
            Command::new(Icon::Funnel, (scene.t.palette.filter)(&name), "vis kun show only", message)
        };
        self.choosable(scene).map(command).collect()
    }
}
