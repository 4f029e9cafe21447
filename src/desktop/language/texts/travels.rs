//! The messages that travel over *Kort*.

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::Counted;
use crate::desktop::language::names::Names;
use crate::desktop::model::travels::{Counts, Fate, NoWay, Parcel};
use crate::rules::{Caseless, Criterion, CriterionKind, SenderKind};
use crate::store::{JournalRow, Outcome};
use jiff::civil::Date;

#[derive(Debug)]
pub(in crate::desktop) struct TravelTexts {
    pub live: &'static str,
    pub pause: &'static str,
    pub go_on: &'static str,
    pub next: &'static str,
    /// The same for the palette.
    pub live_on: &'static str,
    pub live_off: &'static str,
    pub pause_or_go_on: &'static str,
    pub next_travels: &'static str,
    pub none_yet: &'static str,
    /// Where nothing travels on this map whatever comes.
    pub other_day: fn(day: &str) -> String,
    /// The map is of the draft, and messages go by the publication.
    pub by_publication: fn(publication: i64) -> String,
    pub open: &'static str,
    pub fate: fn(Fate) -> &'static str,
    pub under_way: Counted,
    pub waiting: Counted,
    pub arrived: Counted,
    pub without_way: Counted,
    pub beyond: Counted,
    /// How many have just arrived at a fagsystem, in as few signs as can be.
    pub just_arrived: fn(count: &str) -> String,
    /// Several travel as one; what follows is about the latest.
    pub several: Counted,
    /// How somebody writes: to a contact point, and with a KLE number, as far as the message has them.
    pub wrote: fn(SenderKind, point: Option<&str>, kle: Option<&str>) -> String,
    /// A rule with what it looks at.
    pub by_rule: fn(rule: &str, looks_at: &str, fagsystem: &str) -> String,
    pub by_default: fn(fagsystem: &str) -> String,
    /// The router refused it.
    pub refused: fn(outcome: &str) -> String,
    /// What became of it, after the fagsystem's name.
    pub became: fn(&JournalRow, outcome: &str) -> String,
    pub no_way: fn(NoWay, day: &str) -> String,
}

/// What a sentence about a message needs besides the message.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct TravelNames<'a> {
    /// Of the authority that it was for; `None` where that is none of ours any more.
    pub names: Option<Names<'a>>,
    /// What the deciding rule looks at, where that is certain.
    pub criterion: Option<&'a Criterion>,
    pub element: fn(CriterionKind) -> &'static str,
    /// The word for its outcome.
    pub outcome: &'a str,
    /// The day that the map shows.
    pub day: Date,
}

impl TravelTexts {
    /// Why a message went where it did, in a sentence; and why it has no way on the map, if it has none.
    pub fn sentences(&self, parcel: &Parcel, no_way: Option<NoWay>, about: TravelNames<'_>) -> Vec<String> {
        let why = self.why(&parcel.row, about);
        let why = match parcel.count {
            0 | 1 => why,
            several => format!("{} {why}", self.several.of(several)),
        };
        let day = date_text(about.day);
        let no_way = no_way.map(|no_way| (self.no_way)(no_way, &day)).filter(|words| !words.is_empty());
        std::iter::once(why).chain(no_way).collect()
    }

    fn why(&self, row: &JournalRow, about: TravelNames<'_>) -> String {
        let point = row.contact_point.as_ref().map(|id| {
            let criterion = Criterion::ContactPoint(Caseless::new(id));
            about.names.and_then(|names| names.value(&criterion)).unwrap_or_else(|| id.clone())
        });
        let kle = row.kle.as_ref().map(|number| {
            let carried = about.names.map(|names| names.registers.carried_kle(number));
            carried.unwrap_or_else(|| format!("KLE {number}"))
        });
        let wrote = (self.wrote)(row.sender.unwrap_or(SenderKind::Other), point.as_deref(), kle.as_deref());
        let Some(id) = &row.fagsystem else { return format!("{wrote}: {}", (self.refused)(about.outcome)) };
        let fagsystem = about.names.map_or_else(|| id.to_string(), |names| names.fagsystem(id).to_owned());
        let decided = match row.priority {
            Some(rule) => {
                let element = row.element.map(about.element).unwrap_or_default();
                let value = about.criterion.zip(about.names).and_then(|(criterion, names)| names.value(criterion));
                let looks_at = match value {
                    Some(value) => format!("{element} {value}"),
                    None => element.to_owned(),
                };
                (self.by_rule)(&rule.to_string(), looks_at.trim(), &fagsystem)
            }
            None => (self.by_default)(&fagsystem),
        };
        format!("{wrote}: {decided}{}", (self.became)(row, about.outcome))
    }

    /// How many travel, wait and have arrived.
    pub fn counts(&self, under_way: u64, waiting: u64, counts: Counts) -> String {
        let always = [(&self.under_way, under_way), (&self.waiting, waiting), (&self.arrived, counts.arrived)];
        let at_times = [(&self.without_way, counts.without_way), (&self.beyond, counts.beyond)];
        let all = always.into_iter().chain(at_times.into_iter().filter(|(_, count)| *count > 0));
        all.map(|(words, count)| words.of(count)).collect::<Vec<_>>().join(" · ")
    }
}

/// Whether a fagsystem was not asked again, as it had accepted the message before.
pub(in crate::desktop) fn is_repeated(row: &JournalRow) -> bool {
    row.outcome == Outcome::Accepted && row.repeats.is_some()
}
