//! The facts of a message as flat JSON: in guards, and by themselves.

use super::fault::{FileFaults, FileProblem};
use super::format::{FACTS, POST_TYPES_OF_MESSAGES, SENDER_TYPES, SenderType};
use super::reading::{Node, Object, Reading};
use crate::rules::{AddressedContactPoint, Cvr, Facts, PostType, Sender};
use crate::visible::visible_json;

/// Writes the facts of a message as one flat JSON object on one line, with every key.
///
/// [`read_facts`] reads the same facts from it, except for what no rule can look at: a group without a contact point's id,
/// and a contact point of a sender without a CVR number.
#[must_use]
pub fn write_facts(facts: &Facts) -> String {
    let text = serde_json::to_string(facts).expect("facts have only text keys, so they can always be printed as JSON");
    visible_json(&text).into_owned()
}

/// Reads the facts of a message from a flat JSON object. A key that is absent counts as `null`: then the message does not have
/// the fact.
///
/// ```
/// use postfordeler::exchange::{read_facts, write_facts};
/// use postfordeler::rules::Sender;
///
/// let facts = read_facts(br#"{"modtager": "11223344", "afsenderType": "person", "kle": "27.36"}"#)?;
/// assert_eq!(facts.sender, Sender::Person);
/// assert_eq!(read_facts(write_facts(&facts).as_bytes())?, facts);
///
/// let faults = read_facts(br#"{"kle": "27.3"}"#).unwrap_err();
/// assert!(faults.0[0].to_string().starts_with("kle: '27.3': a KLE number"));
/// # Ok::<(), postfordeler::exchange::FileFaults>(())
/// ```
///
/// # Errors
///
/// Every fault, each with its key.
pub fn read_facts(file: &[u8]) -> Result<Facts, FileFaults> {
    let mut reading = Reading::default();
    let facts = reading.file(file, Reading::facts);
    reading.concluded(facts)
}

impl Reading<'_> {
    pub(super) fn facts(&mut self, node: &Node<'_>) -> Option<Facts> {
        let object = self.shaped(node, &FACTS)?;
        let recipient = self.fact(&object, "modtager", Self::parsed);
        let sender = self.sender(&object);
        let point = self.fact(&object, "kontaktpunkt", Self::point_id);
        let group = self.fact(&object, "kontaktgruppe", Self::caseless);
        let post_type = self.fact(&object, "posttype", |this, node| this.choice(node, &POST_TYPES_OF_MESSAGES));
        let kle = self.fact(&object, "kle", Self::number);
        let form = self.fact(&object, "form", Self::number);
        let (sender, sender_has_contact_point) = sender?;
        let (point, group) = (point?, group?);
        Some(Facts {
            sender,
            sender_has_contact_point,
            recipient: recipient?,
            // A group counts only beside a contact point, as in a message.
            contact_point: point.map(|id| AddressedContactPoint { id: Some(id), group }),
            kle: kle?,
            form: form?,
            post_type: post_type?.unwrap_or(Some(PostType::Unspecified)),
        })
    }

    /// The sender, and whether it has a contact point of its own.
    fn sender(&mut self, facts: &Object<'_>) -> Option<(Sender, bool)> {
        let kind = self.fact(facts, "afsenderType", |this, node| this.choice(node, &SENDER_TYPES));
        let cvr: Option<Option<Cvr>> = self.fact(facts, "afsenderCvr", Self::parsed);
        let has_point = self.fact(facts, "afsenderKontaktpunkt", |this, node| this.switch(Some(node.clone())));
        let (kind, cvr, has_point) = (kind?, cvr?, has_point?.unwrap_or(false));
        if kind == Some(SenderType::Organisation) {
            return Some((Sender::Organisation(cvr), has_point));
        }
        for (key, is_there) in [("afsenderCvr", cvr.is_some()), ("afsenderKontaktpunkt", has_point)] {
            if is_there {
                let problem = match kind {
                    Some(_) => FileProblem::NotOfAPerson,
                    None => FileProblem::SenderTypeMissing,
                };
                self.fault::<()>(&facts.place.key(key), problem);
            }
        }
        let sender = if kind.is_some() { Sender::Person } else { Sender::Other };
        (cvr.is_none() && !has_point).then_some((sender, false))
    }

    /// A fact that the message may not have.
    #[expect(clippy::option_option, reason = "the outer one says that there is a fault, as everywhere here")]
    fn fact<'a, T>(
        &mut self,
        facts: &Object<'a>,
        key: &str,
        read: impl FnOnce(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<Option<T>> {
        facts.get(key).map_or(Some(None), |node| read(self, &node).map(Some))
    }
}
