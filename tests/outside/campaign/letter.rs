use super::dice::Dice;
use crate::support::Memo;

/// The contact points that letters are addressed to.
pub const POINTS: [&str; 6] =
    ["byggesag", "dagtilbud", "affald", "borgerservice", "ansøgningsskema", "ukendt-for-alle-regler"];
/// Letters to this one are small, so that they may go to a fagsystem that takes nothing of what comes in chunks.
pub const POINT_OF_SMALL_LETTERS: usize = 4;
/// The KLE numbers that letters carry.
pub const NUMBERS: [&str; 3] = ["02.34.00", "27.36.04", "07.18.12"];
/// Who writes.
pub const SENDERS: [(&str, &str); 3] = [("2211771212", "CPR"), ("12345678", "CVR"), ("87654321", "CVR")];

/// More bytes than sockets buffer when nobody reads.
const HUGE: usize = 5_000_000;

/// A message of the campaign, always the same for a seed and a number.
#[derive(Debug, Clone)]
pub struct Letter {
    /// In lower case or in capitals; to the router that is the same.
    pub uuid: String,
    pub point: Option<usize>,
    pub kle: Option<usize>,
    pub sender: usize,
    /// Whether it is another message with the UUID of one, and what differs.
    pub reuse: Option<Reuse>,
    length: usize,
}

/// How a message with the UUID of another one differs from that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reuse {
    /// In what the rules and the journal know of it.
    OtherFacts,
    /// In its content alone, which is as long.
    OtherContent,
    /// In its content alone, which is longer.
    LongerContent,
    /// In how its UUID is written, and in its content.
    OtherCase,
}

impl Reuse {
    /// Each, in the order in which the messages are numbered.
    pub const ALL: [Self; 4] = [Self::OtherFacts, Self::OtherContent, Self::LongerContent, Self::OtherCase];
}

impl Letter {
    pub fn new(seed: u64, number: usize) -> Self {
        let mut dice = Dice::new(seed, "letter", &[number]);
        let bytes = (u128::from(dice.throw()) << 64 | u128::from(dice.throw())).to_be_bytes();
        let (start, more) = dice.weighed(&[(650, (1_500, 4_000)), (240, (6_000, 50_000)), (110, (60_000, 300_000))]);
        let length = start + dice.below(more);
        let length = if dice.one_in(150) { HUGE } else { length };
        let point = Some(dice.below(POINTS.len() + 2)).filter(|point| *point < POINTS.len());
        let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid().to_string();
        Self {
            uuid: if dice.one_in(6) { uuid.to_uppercase() } else { uuid },
            point,
            kle: Some(dice.below(NUMBERS.len() + 2)).filter(|kle| *kle < NUMBERS.len()),
            sender: dice.below(SENDERS.len()),
            reuse: None,
            length: if point == Some(POINT_OF_SMALL_LETTERS) { 1_500 + length % 20_000 } else { length },
        }
    }

    /// Another message with the same UUID.
    pub fn reused(&self, seed: u64, number: usize, reuse: Reuse) -> Self {
        let mut dice = Dice::new(seed, "reuse", &[number]);
        let mut other = Self { reuse: Some(reuse), ..self.clone() };
        match reuse {
            Reuse::OtherFacts => match dice.below(3) {
                0 => other.point = another(&mut dice, self.point, POINTS.len()),
                1 => other.kle = another(&mut dice, self.kle, NUMBERS.len()),
                _ => other.sender = (self.sender + 1 + dice.below(SENDERS.len() - 1)) % SENDERS.len(),
            },
            Reuse::OtherContent => {}
            Reuse::LongerContent => other.length += 1 + dice.below(2_000),
            Reuse::OtherCase => {
                let upper = self.uuid.to_uppercase();
                other.uuid = if self.uuid == upper { self.uuid.to_lowercase() } else { upper };
            }
        }
        other
    }

    /// The message, byte for byte.
    pub fn xml(&self) -> Vec<u8> {
        let memo = Memo {
            uuid: self.uuid.clone(),
            sender: Some(SENDERS[self.sender]),
            contact_point: self.point.map(|point| POINTS[point].to_owned()),
            ..Memo::new()
        };
        let [beginning, end] = memo.around_content();
        let mut beginning = String::from_utf8(beginning).unwrap();
        // This distinguishes letters with the same UUID from one another, as soon as it has come.
        let edition = format!("?>\n<!-- udgave {} -->\n", self.edition());
        beginning = beginning.replacen("?>\n", &edition, 1);
        if let Some(kle) = self.kle {
            let key = format!("<subjectKey>{}</subjectKey>", NUMBERS[kle]);
            let content = format!(r#"<KLEdata xmlns="http://kle-online.dk/">{key}</KLEdata>"#);
            let header_end = "</memo:MessageHeader>";
            let data = format!("<memo:ContentData>{content}</memo:ContentData>{header_end}");
            beginning = beginning.replace(header_end, &data);
        }
        let mut xml = beginning.into_bytes();
        xml.resize(self.length.max(xml.len()), b'A');
        xml.extend_from_slice(&end);
        xml
    }

    /// Whether it is larger than what sockets buffer when nobody reads.
    pub fn is_huge(&self) -> bool {
        self.length >= HUGE
    }

    /// Which of those with its UUID it is: 0 for the first.
    fn edition(&self) -> usize {
        self.reuse.and_then(|own| Reuse::ALL.iter().position(|it| *it == own)).map_or(0, |at| at + 1)
    }

    /// The UUID and the edition of the message that begins so; `None` while they cannot be seen.
    pub fn told_by(beginning: &[u8]) -> Option<(&str, Option<Reuse>)> {
        let after = |tag: &[u8]| Some(beginning.windows(tag.len()).position(|window| window == tag)? + tag.len());
        let uuid_start = after(b"messageUUID>")?;
        let uuid = str::from_utf8(beginning.get(uuid_start..uuid_start + 36)?).ok()?;
        let edition = after(b"<!-- udgave ").and_then(|start| char::from(*beginning.get(start)?).to_digit(10));
        let reuse = edition.and_then(|edition| Reuse::ALL.get((edition as usize).checked_sub(1)?)).copied();
        Some((uuid, reuse))
    }
}

/// Another choice than that one.
fn another(dice: &mut Dice, than: Option<usize>, count: usize) -> Option<usize> {
    let other = dice.below(count);
    if Some(other) == than { None } else { Some(other) }
}
