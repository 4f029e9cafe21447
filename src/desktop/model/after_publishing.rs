//! What stands out after a publication: each share since it beside the same share in the same hours of the days before.
//!
//! Two shares are told apart by the usual test of two proportions: the distance between them, in standard deviations of what
//! chance alone would make of it. So many shares are looked at, again and again, that only a distance which chance makes
//! once in some ten thousand times counts, and none that is too small to matter. Nothing is said of few messages.

use std::cmp::Reverse;

use super::names::{danish_order, fagsystem_name};
use crate::rules::{Authority, FagsystemId, RuleBook};
use crate::store::{AfterPublishing, BeforeAndAfter, FagsystemMail};

/// The fewest messages since the publication, and before it, of which a share is taken.
const LEAST_AFTER: u64 = 30;
const LEAST_BEFORE: u64 = 100;
/// The least distance in standard deviations.
const LEAST_DEVIATIONS: f64 = 4.0;
/// The least distance as a share.
const LEAST_DISTANCE: f64 = 0.05;

/// What a share says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is another than before, and somebody should look why.
    StandsOut,
    /// It is less than before, which is good.
    Better,
    /// Nothing can be told from chance.
    AsBefore,
    /// There are too few messages to say anything.
    TooFew,
}

/// What a share is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// An authority's mail, and what of it went to the default recipient. The authority's name where there are several.
    ByDefault(Option<String>),
    /// An authority's mail, and what of it went to the fagsystem of that name.
    Share(String),
    /// A fagsystem's mail, and what of it was not accepted when it first came.
    Refused(String),
}

/// A share before and after a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub what: Measured,
    /// The messages that count.
    pub part: BeforeAndAfter,
    /// The messages that it is a share of.
    pub whole: BeforeAndAfter,
}

impl Measure {
    /// Whether it is another than before.
    pub fn verdict(&self) -> Verdict {
        if self.whole.after < LEAST_AFTER || self.whole.before < LEAST_BEFORE {
            return Verdict::TooFew;
        }
        let distance = share(self.part.after, self.whole.after) - share(self.part.before, self.whole.before);
        if distance.abs() < LEAST_DISTANCE || self.deviations(distance).abs() < LEAST_DEVIATIONS {
            return Verdict::AsBefore;
        }
        // More or less to a fagsystem may both be wrong. Less to the default recipient, or fewer refusals, never are.
        match self.what {
            Measured::ByDefault(_) | Measured::Refused(_) if distance < 0.0 => Verdict::Better,
            _ => Verdict::StandsOut,
        }
    }

    /// The distance in standard deviations of what chance would make of it, if both shares were the same.
    #[expect(clippy::cast_precision_loss, reason = "so many messages do not come in a week")]
    fn deviations(&self, distance: f64) -> f64 {
        let (after, before) = (self.whole.after as f64, self.whole.before as f64);
        let both = share(self.part.after + self.part.before, self.whole.after + self.whole.before);
        let deviation = (both * (1.0 - both) * (1.0 / after + 1.0 / before)).sqrt();
        if deviation > 0.0 { distance / deviation } else { 0.0 }
    }

    fn is_of_nothing(&self) -> bool {
        let is_none = |it: BeforeAndAfter| it.before == 0 && it.after == 0;
        is_none(self.whole) || matches!(self.what, Measured::Share(_)) && is_none(self.part)
    }
}

#[expect(clippy::cast_precision_loss, reason = "so many messages do not come in a week")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

/// Every share of what came, what stands out first. The book gives the names.
pub fn measures(after: &AfterPublishing, book: &RuleBook) -> Vec<Measure> {
    let mut measures = Vec::new();
    for authority in &book.authorities {
        let mail = after.authorities.get(&authority.cvr).copied().unwrap_or_default();
        let name = (book.authorities.len() > 1).then(|| authority.name.clone());
        measures.push(Measure { what: Measured::ByDefault(name), part: mail.by_default, whole: mail.messages });
        for (id, own) in of_authority(after, authority) {
            let name = fagsystem_name(authority, id).to_owned();
            let share = Measure { what: Measured::Share(name.clone()), part: own.messages, whole: mail.messages };
            let refused = Measure { what: Measured::Refused(name), part: own.refused, whole: own.messages };
            measures.extend([share, refused]);
        }
    }
    measures.retain(|measure| !measure.is_of_nothing());
    measures.sort_by_key(Measure::verdict);
    measures
}

/// What each of an authority's fagsystems got, in the order of their names; also those that the book no longer knows.
fn of_authority<'a>(after: &'a AfterPublishing, authority: &Authority) -> Vec<(&'a FagsystemId, FagsystemMail)> {
    let own = after.fagsystems.iter().filter(|((of, _), _)| *of == authority.cvr);
    let mut own: Vec<_> = own.map(|((_, id), mail)| (id, *mail)).collect();
    own.sort_by(|(one, _), (other, _)| danish_order(fagsystem_name(authority, one), fagsystem_name(authority, other)));
    own
}

/// What a person should look at, refusals first.
pub fn standing_out(after: &AfterPublishing, book: &RuleBook) -> Vec<Measure> {
    let mut measures = measures(after, book);
    measures.retain(|measure| measure.verdict() == Verdict::StandsOut);
    measures.sort_by_key(|measure| Reverse(matches!(measure.what, Measured::Refused(_))));
    measures
}
