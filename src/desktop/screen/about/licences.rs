//! The licences: a list that is searched, and the text of what is chosen.

use iced::widget::{column, container, row, scrollable, text};
use iced::{Element, Fill, FillPortion, Size};
use lucide_icons::Icon;

use super::{AboutScene, AboutScreen, Chosen, LIST, Message, SEARCH, TEXT};
use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, TableRow, cell, header, horizontal_line, labelled_button, note, one_line, search_field, table,
    vertical_line,
};
use crate::licences::{LicenceEntry, Licences};

/// From this width on the text stands beside the list.
const WIDE: f32 = 760.0;

pub(super) fn is_wide(size: Size) -> bool {
    size.width >= WIDE
}

/// The numbers of the entries that have every word of the query in their name, version or licence.
pub(super) fn matching(query: &str) -> Vec<usize> {
    let query = query.to_lowercase();
    let wanted: Vec<_> = query.split_whitespace().collect();
    let fits = |entry: &LicenceEntry| {
        let words = format!("{} {} {}", entry.name, entry.version, entry.licence).to_lowercase();
        wanted.iter().all(|wanted| words.contains(wanted))
    };
    let entries = Licences::of_program().entries().iter().enumerate();
    entries.filter(|(_, entry)| fits(entry)).map(|(number, _)| number).collect()
}

impl AboutScreen {
    pub(super) fn licences<'a>(&'a self, scene: AboutScene<'a>) -> Element<'a, Message> {
        match (is_wide(scene.size()), self.chosen) {
            (true, chosen) => {
                let chosen = container(chosen_text(scene.t, chosen, false)).width(FillPortion(5));
                row![container(self.list(scene.t)).width(FillPortion(6)), vertical_line(), chosen].into()
            }
            (false, None) => self.list(scene.t),
            (false, chosen) => chosen_text(scene.t, chosen, true),
        }
    }

    fn list(&self, t: &'static Texts) -> Element<'_, Message> {
        let a = &t.about;
        let entries = Licences::of_program().entries();
        let columns = [
            Column::text(a.name, FillPortion(5)),
            Column::text(a.version, FillPortion(3)),
            Column::text(a.licence, FillPortion(4)),
        ];
        let search = search_field(SEARCH, a.search, &self.query, Message::Query).width(Fill);
        let head = column![search, note((a.licences_about)(entries.len()))].spacing(8).padding([12, 16]);
        if self.found.is_empty() {
            return column![head, horizontal_line(), container(note(a.nothing_found)).padding([14, 16])].into();
        }
        let rows = table(LIST, &columns, self.found.len(), self.scroll, Message::Scrolled, |at| {
            let number = self.found[at];
            let entry = &entries[number];
            let chosen = Chosen::Entry(number);
            TableRow {
                cells: vec![cell(&entry.name), cell(&entry.version), cell(&entry.licence)],
                is_chosen: self.chosen == Some(chosen),
                on_press: Some(Message::Choose(chosen)),
            }
        });
        column![head, horizontal_line(), header(&columns), rows].into()
    }
}

fn chosen_text(t: &'static Texts, chosen: Option<Chosen>, has_way_back: bool) -> Element<'static, Message> {
    let (a, licences) = (&t.about, Licences::of_program());
    let Some((name, about, words)) = chosen.and_then(|chosen| whose(chosen, t, licences)) else {
        return container(note(a.nothing_chosen)).padding([16, 20]).into();
    };
    let back = has_way_back.then(|| {
        labelled_button(Icon::ArrowLeft, a.back).padding([4, 8]).style(theme::quiet).on_press(Message::BackToList)
    });
    let about = about.into_iter().map(|line| note(line).wrapping(text::Wrapping::WordOrGlyph).into());
    let head = column![back, one_line(name).bold().size(theme::HEADING), iced::widget::Column::with_children(about)];
    let words = text(refilled(&words)).size(theme::SMALL).wrapping(text::Wrapping::WordOrGlyph);
    let body = scrollable(container(words).padding([14, 20]).width(Fill)).id(TEXT);
    let body = body.width(Fill).height(Fill).style(theme::scrollbar);
    column![head.spacing(4).padding([12, 20]), horizontal_line(), body].into()
}

/// Lines from this length on were broken to fit, not to end.
const FULL_LINE: usize = 50;

/// The text with its lines as long as there is room for them: they were broken for another width.
fn refilled(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut was_full = false;
    for line in words.lines() {
        let content = line.trim();
        let begins = content.starts_with(|first: char| "(*-•─".contains(first) || first.is_ascii_digit())
            || content.starts_with("Copyright");
        let goes_on = was_full && !content.is_empty() && !begins;
        text.push_str(if text.is_empty() {
            ""
        } else if goes_on {
            " "
        } else {
            "\n"
        });
        text.push_str(content);
        was_full = content.chars().count() >= FULL_LINE;
    }
    text
}

/// The name of what is chosen, what is said of it, and the texts of its licences.
fn whose(chosen: Chosen, t: &'static Texts, licences: &'static Licences) -> Option<(String, Vec<String>, String)> {
    match chosen {
        Chosen::Program => {
            let name = format!("{} {}", t.window_title, env!("CARGO_PKG_VERSION"));
            Some((name, vec![env!("CARGO_PKG_LICENSE").to_owned()], licences.of_its_own().to_owned()))
        }
        Chosen::Entry(number) => {
            let entry = licences.entries().get(number)?;
            let mut about = vec![entry.licence.clone()];
            about.extend((!entry.authors.is_empty()).then(|| (t.about.made_by)(&entry.authors)));
            about.extend((!entry.address.is_empty()).then(|| entry.address.clone()));
            let words: Vec<_> = licences.texts(entry).collect();
            let name = format!("{} {}", entry.name, entry.version).trim_end().to_owned();
            Some((name, about, words.join("\n────────\n\n")))
        }
    }
}
