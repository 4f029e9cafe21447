use super::dice::Dice;
use crate::support::Memo;

/// The contact points that letters are addressed to.
pub const POINTS: [&str; 5] = ["byggesag", "dagtilbud", "affald", "borgerservice", "ukendt-for-alle-regler"];
/// The KLE numbers that letters carry.
pub const NUMBERS: [&str; 3] = ["02.34.00", "27.36.04", "07.18.12"];
/// Who writes.
pub const SENDERS: [(&str, &str); 3] = [("2211771212", "CPR"), ("12345678", "CVR"), ("87654321", "CVR")];

/// A message of the campaign, always the same for a seed and a number.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Lower case.
    pub uuid: String,
    pub point: Option<usize>,
    pub kle: Option<usize>,
    pub sender: usize,
    length: usize,
}

impl Letter {
    pub fn new(seed: u64, number: usize) -> Self {
        let mut dice = Dice::new(seed, "letter", &[number]);
        let bytes = (u128::from(dice.throw()) << 64 | u128::from(dice.throw())).to_be_bytes();
        let (start, more) = dice.weighed(&[(700, (1_500, 4_000)), (250, (6_000, 50_000)), (40, (60_000, 500_000))]);
        let length = start + dice.below(more);
        Self {
            uuid: uuid::Builder::from_random_bytes(bytes).into_uuid().to_string(),
            point: Some(dice.below(POINTS.len() + 2)).filter(|point| *point < POINTS.len()),
            kle: Some(dice.below(NUMBERS.len() + 2)).filter(|kle| *kle < NUMBERS.len()),
            sender: dice.below(SENDERS.len()),
            // A few are larger than what sockets take in when nobody reads.
            length: if dice.one_in(150) { 5_000_000 } else { length },
        }
    }

    /// The message, byte for byte; the case of its UUID does not matter.
    pub fn xml(&self, in_capitals: bool) -> Vec<u8> {
        let memo = Memo {
            uuid: if in_capitals { self.uuid.to_uppercase() } else { self.uuid.clone() },
            sender: Some(SENDERS[self.sender]),
            contact_point: self.point.map(|point| POINTS[point].to_owned()),
            ..Memo::new()
        };
        let [beginning, end] = memo.around_content();
        let mut beginning = String::from_utf8(beginning).unwrap();
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
}
