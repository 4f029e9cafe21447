use std::collections::HashSet;

use crate::rules::book::{Authority, ContactPoint, Criterion, CriterionKind};
use crate::rules::coverage::{Place, Values};
use crate::rules::facts::{AddressedContactPoint, Facts, PostType, Sender, SenderKind};
use crate::rules::values::{Caseless, Classification, Cvr, FormNumbers, KleNumbers, Number};

/// Ids of contact points that nobody has, to tell of messages to one that no rule names.
const MOST_STRANGERS: u32 = 1_000;
/// Where made-up CVR numbers begin.
const FIRST_MADE_UP: u32 = 10_000_000;
const LAST_MADE_UP: u32 = 99_999_999;

/// What a made-up message must say.
pub struct Made<'a> {
    /// It is to one of these.
    pub recipients: &'a [Cvr],
    pub kind: SenderKind,
    /// The sender, where it has to be that one.
    pub sender: Option<Cvr>,
    /// The facts that it must have, each from that place.
    pub facts: Vec<(CriterionKind, Place)>,
    pub values: &'a Values<'a>,
    /// Whose message it is, for contact points that exist.
    pub authority: &'a Authority,
    /// The numbers whose senders are authorities, before and after.
    pub known: [&'a HashSet<Cvr>; 2],
}

/// Makes up a message, as plain as one can be, that `will_do`: with the facts that it must have, the groups of its contact
/// point, and otherwise none that a rule looks at in a way that matters.
pub fn example(made: &Made<'_>, will_do: impl Fn(&Facts) -> bool) -> Facts {
    let mut candidates = made.candidates();
    let first = candidates.next();
    match first {
        Some(facts) if will_do(&facts) => facts,
        first => candidates
            .find(|facts| will_do(facts))
            .or(first)
            .unwrap_or_else(|| Facts::new(Sender::Person, made.authority.cvr)),
    }
}

impl Made<'_> {
    fn candidates(&self) -> impl Iterator<Item = Facts> + '_ {
        let (kle, form) =
            (self.number::<KleNumbers>(CriterionKind::Kle), self.number::<FormNumbers>(CriterionKind::Form));
        let senders = self.senders();
        let recipients = match self.value(CriterionKind::RecipientCvr) {
            Some(Criterion::RecipientCvr(cvr)) => vec![*cvr],
            _ => self.recipients.to_vec(),
        };
        recipients.into_iter().flat_map(move |recipient| {
            let senders = senders.clone();
            senders.into_iter().flat_map(move |(sender, sender_has_contact_point)| {
                self.addresses().map(move |(contact_point, post_type)| Facts {
                    sender,
                    sender_has_contact_point,
                    recipient: Some(recipient),
                    contact_point,
                    kle,
                    form,
                    post_type: Some(post_type),
                })
            })
        })
    }

    fn place(&self, kind: CriterionKind) -> Option<Place> {
        self.facts.iter().find(|(of, _)| *of == kind).map(|(_, place)| *place)
    }

    fn value(&self, kind: CriterionKind) -> Option<&Criterion> {
        match self.place(kind)? {
            Place::Point(number) => self.values.point(number),
            Place::Range(..) => None,
        }
    }

    fn number<C: Classification>(&self, kind: CriterionKind) -> Option<Number<C>> {
        match self.place(kind)? {
            Place::Range(leaf, _) => Number::of_lowest(self.values.first_number(kind, leaf)?),
            Place::Point(_) => None,
        }
    }

    /// The senders that it may have, and whether they have a contact point of their own.
    fn senders(&self) -> Vec<(Sender, bool)> {
        let is_known = |cvr: &Cvr| self.known.iter().all(|known| known.contains(cvr));
        if let Some(cvr) = self.sender {
            return vec![(Sender::Organisation(Some(cvr)), false)];
        }
        if let Some(Criterion::SenderCvr(cvr)) = self.value(CriterionKind::SenderCvr) {
            let has_point = self.kind == SenderKind::Authority && !is_known(cvr);
            return vec![(Sender::Organisation(Some(*cvr)), has_point)];
        }
        let stranger = (FIRST_MADE_UP..=LAST_MADE_UP).filter_map(Cvr::of_number).find(|cvr| {
            let is_new = self.known.iter().all(|known| !known.contains(cvr));
            is_new && cvr.has_valid_check_digit() && self.values.place(&Criterion::SenderCvr(*cvr)).is_none()
        });
        let strange = |has_point| (Sender::Organisation(stranger), has_point);
        match self.kind {
            SenderKind::Person => vec![(Sender::Person, false)],
            SenderKind::Company => vec![strange(false)],
            SenderKind::Authority => vec![strange(true)],
            SenderKind::Other => vec![(Sender::Other, false)],
        }
    }

    fn addresses(&self) -> impl Iterator<Item = (Option<AddressedContactPoint>, PostType)> + '_ {
        let id = match self.value(CriterionKind::ContactPoint) {
            Some(Criterion::ContactPoint(id)) => Some(id.clone()),
            _ => None,
        };
        let group = match self.value(CriterionKind::ContactGroup) {
            Some(Criterion::ContactGroup(name)) => Some(name.clone()),
            _ => None,
        };
        let without = match self.value(CriterionKind::NoContactPoint) {
            Some(Criterion::NoContactPoint(post_type)) => vec![*post_type],
            _ if id.is_some() || group.is_some() => Vec::new(),
            _ => vec![PostType::Unspecified, PostType::Company, PostType::Authority],
        };
        let may_have_one = self.place(CriterionKind::NoContactPoint).is_none();
        let listed = self.authority.contact_points.iter().filter({
            let group = group.clone();
            move |point| group.as_ref().is_none_or(|group| point.is_in(group))
        });
        let to: Box<dyn Iterator<Item = (Caseless, Option<&ContactPoint>)>> = if let Some(id) = id {
            let point = self.authority.contact_point(&id);
            Box::new(std::iter::once((id, point)))
        } else {
            let listed = listed.map(|point| (point.id.clone(), Some(point)));
            Box::new(listed.chain(self.strange_ids().map(|id| (id, None))))
        };
        let addressed = to.take_while(move |_| may_have_one).flat_map(move |(id, point)| {
            let groups = match (&group, point) {
                (Some(group), _) => vec![Some(group.clone())],
                (None, Some(point)) => point.named_groups().map(Option::<&Caseless>::cloned).collect(),
                (None, None) => vec![None],
            };
            groups
                .into_iter()
                .map(move |group| (Some(AddressedContactPoint { id: Some(id.clone()), group }), PostType::Unspecified))
        });
        without.into_iter().map(|post_type| (None, post_type)).chain(addressed)
    }

    /// Ids that no rule names.
    fn strange_ids(&self) -> impl Iterator<Item = Caseless> + '_ {
        let ids = (1..MOST_STRANGERS).map(|at| Caseless::new(&format!("00000000-0000-4000-8000-{at:012}")));
        ids.filter(|id| self.values.place(&Criterion::ContactPoint(id.clone())).is_none())
    }
}
