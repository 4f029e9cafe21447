//! The facts of the message as they are filled in.

use jiff::civil::Date;

use crate::desktop::language::format::date_text;
use crate::desktop::language::parse::{read_cvr, read_date};
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::screen::part::criteria::is_left_out;
use crate::desktop::screen::rules::{contact_group, contact_point_id, contact_point_text};
use crate::desktop::screen::scene::Scene;
use crate::rules::{
    AddressedContactPoint, Authority, Caseless, Cvr, Facts, LEFT_OUT, PostType, Sender, SenderKind, is_harmless_name,
    short_without_cpr,
};

/// The longest id or group that a field shows; no rule looks for a longer one.
const MAX_CHARACTERS: usize = 500;

/// A field with text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactField {
    SenderCvr,
    ContactPoint,
    Group,
    Kle,
    Form,
    Day,
}

impl FactField {
    pub const fn id(self) -> &'static str {
        match self {
            Self::SenderCvr => "try-sender-cvr",
            Self::ContactPoint => "try-contact-point",
            Self::Group => "try-group",
            Self::Kle => "try-kle",
            Self::Form => "try-form",
            Self::Day => "try-day",
        }
    }
}

/// Whom the message is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Recipient {
    /// The first number of the selected authority.
    #[default]
    Selected,
    /// As a message says it, or as it was chosen: a CVR number, or none.
    Number(Option<Cvr>),
}

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FactsForm {
    pub sender: SenderKind,
    pub sender_cvr: String,
    /// Whether the sender has a contact point of its own, as the message says it; `None` once the sender has been edited:
    /// then it follows from the kind of sender.
    own_contact_point: Option<bool>,
    pub recipient: Recipient,
    pub contact_point: String,
    pub group: String,
    /// `None` for one that no rule can look for.
    pub post_type: Option<PostType>,
    pub kle: String,
    pub form: String,
    pub day: String,
    pub origin: FactsOrigin,
}

impl Default for FactsForm {
    fn default() -> Self {
        Self {
            sender: SenderKind::Person,
            sender_cvr: String::new(),
            own_contact_point: None,
            recipient: Recipient::Selected,
            contact_point: String::new(),
            group: String::new(),
            post_type: Some(PostType::Unspecified),
            kle: String::new(),
            form: String::new(),
            day: String::new(),
            origin: FactsOrigin::Typed,
        }
    }
}

impl FactsForm {
    /// The form of a message.
    pub fn of(facts: &Facts, day: String, origin: FactsOrigin, scene: Scene<'_>) -> Self {
        let recipient = Recipient::Number(facts.recipient);
        let authority = recipient_authority(recipient, scene);
        let deciding = scene.bench.in_force().or(scene.bench.insight().distributor.as_ref());
        let by_sender = match facts.sender {
            Sender::Person => SenderKind::Person,
            Sender::Other => SenderKind::Other,
            Sender::Organisation(_) if facts.sender_has_contact_point => SenderKind::Authority,
            Sender::Organisation(_) => SenderKind::Company,
        };
        let point = facts.contact_point.as_ref();
        let id = point.and_then(|point| point.id.as_ref());
        let group = point.and_then(|point| point.group.as_ref());
        Self {
            sender: deciding.map_or(by_sender, |distributor| distributor.sender_kind(facts)),
            sender_cvr: match facts.sender {
                Sender::Organisation(Some(cvr)) => cvr.to_string(),
                _ => String::new(),
            },
            own_contact_point: Some(facts.sender_has_contact_point),
            recipient,
            contact_point: id.map(|id| shown_point(authority, id)).unwrap_or_default(),
            group: group.map(|name| shown_name(name, authority.names_contact_group(name))).unwrap_or_default(),
            post_type: facts.post_type,
            kle: facts.kle.map(|number| number.to_string()).unwrap_or_default(),
            form: facts.form.map(|number| number.to_string()).unwrap_or_default(),
            day,
            origin,
        }
    }

    pub fn text(&self, field: FactField) -> &str {
        match field {
            FactField::SenderCvr => &self.sender_cvr,
            FactField::ContactPoint => &self.contact_point,
            FactField::Group => &self.group,
            FactField::Kle => &self.kle,
            FactField::Form => &self.form,
            FactField::Day => &self.day,
        }
    }

    pub fn write(&mut self, field: FactField, text: String) {
        match field {
            FactField::SenderCvr => {
                self.own_contact_point = None;
                self.sender_cvr = text;
            }
            FactField::ContactPoint => self.contact_point = text,
            FactField::Group => self.group = text,
            FactField::Kle => self.kle = text,
            FactField::Form => self.form = text,
            FactField::Day => self.day = text,
        }
    }

    pub fn choose_sender(&mut self, sender: SenderKind) {
        (self.sender, self.own_contact_point) = (sender, None);
    }

    /// The day on which the message comes: the one that is shown unless the field has another date.
    pub fn day(&self, scene: Scene<'_>) -> Date {
        read_date(&self.day, scene.t, scene.today).ok().flatten().unwrap_or(scene.day())
    }

    pub fn set_day(&mut self, day: Date) {
        self.day = date_text(day);
    }

    /// The recipient's CVR number.
    pub fn recipient(&self, scene: Scene<'_>) -> Option<Cvr> {
        match self.recipient {
            Recipient::Selected => Some(scene.authority.cvr),
            Recipient::Number(number) => number,
        }
    }

    /// The authority that the message is for in the draft, or else the selected one.
    pub fn authority<'a>(&self, scene: Scene<'a>) -> &'a Authority {
        recipient_authority(self.recipient, scene)
    }

    pub fn has_contact_point(&self) -> bool {
        !self.contact_point.trim().is_empty()
    }

    /// Whether what may be a CPR number is left out.
    pub fn lacks_something(&self) -> bool {
        is_left_out(&self.contact_point) || is_left_out(&self.group)
    }

    /// Whether a person sends it, who has no CVR number.
    pub fn has_sender_cvr(&self) -> bool {
        matches!(self.sender, SenderKind::Company | SenderKind::Authority)
    }

    /// The facts. What is not yet a valid value counts as none, as it does in a message.
    pub fn facts(&self, scene: Scene<'_>) -> Facts {
        let authority = self.authority(scene);
        let group = self.group.trim();
        let point = self.has_contact_point().then(|| AddressedContactPoint {
            id: Some(contact_point_id(authority, self.contact_point.trim())),
            group: (!group.is_empty()).then(|| contact_group(authority, group)),
        });
        let facts = Facts {
            sender: match self.sender {
                SenderKind::Person => Sender::Person,
                SenderKind::Other => Sender::Other,
                SenderKind::Company | SenderKind::Authority => Sender::Organisation(read_cvr(&self.sender_cvr)),
            },
            sender_has_contact_point: false,
            recipient: self.recipient(scene),
            contact_point: point,
            kle: self.kle.trim().parse().ok(),
            form: self.form.trim().parse().ok(),
            post_type: self.post_type,
        };
        let own = self.own_contact_point.unwrap_or_else(|| {
            self.sender == SenderKind::Authority && counts_as(&facts, scene) != Some(SenderKind::Authority)
        });
        Facts { sender_has_contact_point: own, ..facts }
    }
}

/// What the sender counts as; by the draft, or by the publication while the draft contradicts itself.
pub(super) fn counts_as(facts: &Facts, scene: Scene<'_>) -> Option<SenderKind> {
    let deciding = scene.bench.insight().distributor.as_ref().or(scene.bench.in_force())?;
    Some(deciding.sender_kind(facts))
}

fn recipient_authority(recipient: Recipient, scene: Scene<'_>) -> &Authority {
    let Recipient::Number(Some(cvr)) = recipient else { return scene.authority };
    let authorities = &scene.bench.book().authorities;
    authorities.iter().find(|authority| authority.cvrs().any(|own| own == cvr)).unwrap_or(scene.authority)
}

/// A contact point by its title, or by its id if that certainly holds no CPR number.
fn shown_point(authority: &Authority, id: &Caseless) -> String {
    if authority.names_contact_point(id) { contact_point_text(authority, id) } else { shown_name(id, false) }
}

/// What a sender wrote, if it is listed or certainly holds no CPR number.
fn shown_name(name: &Caseless, is_listed: bool) -> String {
    let text = name.as_str();
    if is_listed || is_left_out(text) || is_harmless_name(text) {
        return short_without_cpr(text, MAX_CHARACTERS);
    }
    LEFT_OUT.to_owned()
}
